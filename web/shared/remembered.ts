/** A choice of the user that outlasts the visit; undefined where the browser allows no storage. */
export function remembered(name: string): string | undefined {
  try {
    return localStorage.getItem(`shelfwright-${name}`) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Forgets the choice if it is undefined. */
export function remember(name: string, choice: string | undefined): void {
  try {
    if (choice === undefined) localStorage.removeItem(`shelfwright-${name}`);
    else localStorage.setItem(`shelfwright-${name}`, choice);
  } catch {
    // The choice then lasts until the page is loaded again.
  }
}
