// The address of the page. Python would leave an entry in the browser's history with every change.

/**
 * Keep a value in the address, in place of the one that is there.
 * @param {string} name nothing happens when empty
 * @param {string | null} value null takes the name away
 */
export function keepInAddress(name, value) {
  const address = new URL(window.location.href);
  if (!name || address.searchParams.get(name) === value) return;
  if (value === null) address.searchParams.delete(name);
  else address.searchParams.set(name, value);
  history.replaceState(history.state, "", address);
}
