import { deskPath, goTo } from '../address.js';

interface Props {
  readonly view: string;
  readonly page: number;
  readonly pages: number;
}

/** The pages of a list; the page is in the address. */
export function Pager({ view, page, pages }: Props) {
  if (pages <= 1) return null;
  const open = (next: number) => goTo(deskPath('cleanup', { view, page: String(next) }));
  return (
    <span class="pager">
      <button type="button" class="button small" disabled={page <= 1} onClick={() => open(page - 1)}>
        Previous
      </button>
      <span class="about">
        Page {page.toLocaleString()} of {pages.toLocaleString()}
      </span>
      <button type="button" class="button small" disabled={page >= pages} onClick={() => open(page + 1)}>
        Next
      </button>
    </span>
  );
}

/** The page that the address names. */
export function pageIn(parameters: URLSearchParams): number {
  const page = Number(parameters.get('page') ?? 1);
  return Number.isInteger(page) && page > 0 ? page : 1;
}
