// An address that changes within a page replaces the one before; only another page is an entry in the history. And on a
// phone the list of pages, which lies over the page, goes away once one is chosen.
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
  document.addEventListener("click", closeMenu);
  const push = history.pushState.bind(history);
  history.pushState = (state, unused, address) => {
    if (isSamePage(address, window.location.href)) history.replaceState(state, unused, address);
    else push(state, unused, address);
  };
}

/** @param {MouseEvent} event */
function closeMenu(event) {
  const link = event.target instanceof Element && event.target.closest("[data-testid=stSidebarNavLink]");
  if (!link || !matchMedia("(max-width: 768px)").matches) return;
  /** @type {HTMLButtonElement | null} */
  const close = document.querySelector("[data-testid=stSidebarCollapseButton] button");
  setTimeout(() => close?.click());
}

export default mount("page-history", () => ({ update: keepRule }));
