import type { ComponentChildren } from 'preact';

/** Around a table that may be wider than the page: it scrolls by itself, by keyboard too. */
export function TableFrame({
  label,
  children,
}: {
  readonly label: string;
  readonly children: ComponentChildren;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolls by keyboard
    <section class="table-frame" tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}
