// The address of the page. Python would leave an entry in the browser's history with every change.

/**
 * Keep a value in the address, in place of the one that is there.
 * @param {string} name nothing happens when empty
 * @param {string | null} value null takes the name away
 */
export function keepInAddress(name, value) {
  if (name) keepAllInAddress({ [name]: value });
}

/**
 * Keep several values in the address at once: browsers allow few changes a second.
 * @param {Record<string, string | null>} values null takes a name away
 */
export function keepAllInAddress(values) {
  const address = new URL(window.location.href);
  const changed = Object.entries(values).filter(([name, value]) => address.searchParams.get(name) !== value);
  if (!changed.length) return;
  for (const [name, value] of changed) {
    if (value === null) address.searchParams.delete(name);
    else address.searchParams.set(name, value);
  }
  history.replaceState(history.state, "", address);
}
