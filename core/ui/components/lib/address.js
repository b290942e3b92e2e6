// The address of the page. Python would leave an entry in the browser's history with every change.

const AGAIN = 2000; // ms until what was refused is tried once more

/** @typedef {Record<string, string | null>} Values null takes a name away */

/** @type {{ page: string, values: Values, timer: ReturnType<typeof setTimeout> } | null} what is not written yet */
let refused = null;

/**
 * Whether the address has a value of this name.
 * @param {string} name
 */
export function isInAddress(name) {
  return new URL(window.location.href).searchParams.has(name);
}

/**
 * Keep a value in the address, in place of the one that is there.
 * @param {string} name nothing happens when empty
 * @param {string | null} value null takes the name away
 */
export function keepInAddress(name, value) {
  if (name) keepAllInAddress({ [name]: value });
}

/**
 * Keep several values in the address at once: browsers allow few changes a second, and what one refuses comes later.
 * @param {Values} values
 */
export function keepAllInAddress(values) {
  const address = new URL(window.location.href);
  const page = address.pathname;
  const wanted = refused?.page === page ? { ...refused.values, ...values } : values;
  clearTimeout(refused?.timer);
  refused = null;
  const changed = Object.entries(wanted).filter(([name, value]) => address.searchParams.get(name) !== value);
  if (!changed.length) return;
  for (const [name, value] of changed) {
    if (value === null) address.searchParams.delete(name);
    else address.searchParams.set(name, value);
  }
  try {
    history.replaceState(history.state, "", address);
  } catch { // Safari and Firefox do not wait, as others do, but throw an error
    refused = { page, values: wanted, timer: setTimeout(keepAllInAddress, AGAIN, {}) };
  }
}
