// An address that changes within a page replaces the one before; only another page is an entry in the history, and the
// page that is left keeps its settings in its own. On a phone the list of pages, which lies over the page, goes away
// once one is chosen; Tab leads into what a button has opened, and the focus does not get lost with a button that goes;
// a decimal comma is read as one. A link waits until the text of the field that it is clicked from has been sent.
import { mount } from "../lib/mounting.js";
import { finishNumber, readComma } from "./decimal_comma.js";
import { keepFocus } from "./lost_focus.js";
import { leadTab } from "./popovers.js";
import { holdLinksAfterFields } from "./unsent_text.js";

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
  holdLinksAfterFields();
  document.addEventListener("click", closeMenu);
  document.addEventListener("keydown", leadTab, { capture: true });
  document.addEventListener("keydown", keepFocus, { capture: true });
  document.addEventListener("beforeinput", readComma, { capture: true });
  for (const event of ["keydown", "focusout"]) document.addEventListener(event, finishNumber, { capture: true });
  let left = ""; // address at the click that leads elsewhere: Streamlit empties it before it goes
  document.addEventListener(
    "click",
    (event) => {
      const link = event.target instanceof Element && event.target.closest("a");
      left = link && !isSamePage(link.href, window.location.href) ? window.location.href : "";
    },
    { capture: true },
  );
  const push = history.pushState.bind(history);
  history.pushState = (state, unused, address) => {
    if (isSamePage(address, window.location.href)) history.replaceState(state, unused, address);
    else {
      if (left && isSamePage(left, window.location.href)) history.replaceState(history.state, "", left);
      left = "";
      push(state, unused, address);
    }
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
