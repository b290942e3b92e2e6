// An address that changes within a page replaces the one before; only another page is an entry in the history.
import { mount } from "../lib/mounting.js";

const KEPT = Symbol.for("playground-page-history");

/**
 * Whether an address is on the page that is shown.
 * @param {string | URL | null | undefined} address
 * @param {string} shown the address of the page that is shown
 */
export function isSamePage(address, shown) {
  const here = new URL(shown);
  return new URL(address ?? shown, here).pathname === here.pathname;
}

function keepRule() {
  const marked = /** @type {History & { [KEPT]?: boolean }} */ (history);
  if (marked[KEPT]) return;
  marked[KEPT] = true;
  const push = history.pushState.bind(history);
  history.pushState = (state, unused, address) => {
    if (isSamePage(address, window.location.href)) history.replaceState(state, unused, address);
    else push(state, unused, address);
  };
}

export default mount("page-history", () => ({ update: keepRule }));
