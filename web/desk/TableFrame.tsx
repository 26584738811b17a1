import type { ComponentChildren } from 'preact';

type Props = { readonly children: ComponentChildren } & (
  | { readonly label: string }
  /** The id of the heading that names the table. */
  | { readonly labelledBy: string }
);

/** Around a table that may be wider than the page: it scrolls by itself, by keyboard too. */
export function TableFrame({ children, ...name }: Props) {
  const named = 'label' in name ? { 'aria-label': name.label } : { 'aria-labelledby': name.labelledBy };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolls by keyboard
    <section class="table-frame" tabIndex={0} {...named}>
      {children}
    </section>
  );
}
