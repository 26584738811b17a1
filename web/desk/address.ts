import { useEffect, useState } from 'preact/hooks';

const BASE = '/desk';
/** Listeners of this page; the browser itself reports only the back and forward buttons. */
const changed = new EventTarget();

export interface DeskAddress {
  /** Empty on /desk itself. */
  readonly section: string;
  readonly parameters: URLSearchParams;
}

/** `/desk/review?field=brand` */
export function deskPath(section: string, parameters: Readonly<Record<string, string>> = {}): string {
  const query = new URLSearchParams(parameters);
  return `${BASE}/${section}${query.size === 0 ? '' : `?${query}`}`;
}

/** Goes to a path of the desk without loading the page again. */
export function goTo(path: string, { replace = false } = {}): void {
  if (replace) history.replaceState(null, '', path);
  else history.pushState(null, '', path);
  changed.dispatchEvent(new Event('change'));
}

/** Where the desk is; a component that uses this renders again when it changes. */
export function useDeskAddress(): DeskAddress {
  const [href, setHref] = useState(location.href);
  useEffect(() => {
    const read = () => setHref(location.href);
    window.addEventListener('popstate', read);
    changed.addEventListener('change', read);
    return () => {
      window.removeEventListener('popstate', read);
      changed.removeEventListener('change', read);
    };
  }, []);
  const { pathname, searchParams } = new URL(href);
  return { section: pathname.slice(BASE.length + 1).split('/')[0] ?? '', parameters: searchParams };
}
