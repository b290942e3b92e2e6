// Files of networks, fetched once for all live views of a tab.
import { fetchPatiently } from "../lib/patient_fetch.js";

const MOST = 4; // kept in the tab; the browser's cache has the others

/** @type {Map<string, Promise<ArrayBuffer>>} */
const files = new Map();

/**
 * @param {string} address relative to any page of the app
 * @returns {Promise<ArrayBuffer>}
 */
export function fetchNetwork(address) {
  const known = files.get(address);
  if (known) return known;
  const file = fetchPatiently(address);
  file.catch(() => files.delete(address)); // another try with the next run
  files.set(address, file);
  if (files.size > MOST) files.delete(/** @type {string} */ (files.keys().next().value));
  return file;
}
