/** A click that follows a link within the page. Other buttons and keys still open a new tab or copy the address. */
export function followed(go: () => void) {
  return (event: MouseEvent): void => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go();
  };
}
