import type { ComponentChildren } from 'preact';
import { followed } from '../shared/followed.js';
import { goTo } from './address.js';

interface Props {
  /** From `deskPath`. */
  readonly to: string;
  readonly class?: string;
  readonly current?: boolean;
  readonly children: ComponentChildren;
}

/** A link within the desk, followed without loading the page again. */
export function DeskLink({ to, class: name, current = false, children }: Props) {
  return (
    <a href={to} class={name} aria-current={current ? 'page' : undefined} onClick={followed(() => goTo(to))}>
      {children}
    </a>
  );
}
