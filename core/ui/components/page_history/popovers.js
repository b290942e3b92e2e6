// Tab leads into what a button has opened, and out of it again: Streamlit lays it at the end of the page, so that Tab
// went on below it, through all the rest of the page.

const OPENED = "[data-testid=stPopoverButton][aria-expanded=true]";
const BODY = "[data-testid=stPopoverBody]";
const REACHED = "a[href], button, input, select, textarea, summary, [tabindex]";

/**
 * Where Tab leads; null where the browser knows that by itself.
 * @template {HTMLElement & { type?: string, name?: string }} Stop
 * @param {Stop | null} now what has the focus
 * @param {Stop} button that has opened something
 * @param {Stop[]} within what it has opened, in order
 * @param {boolean} backwards
 * @returns {Stop | null}
 */
export function nextStop(now, button, within, backwards) {
  const [first, last] = [within[0], within[within.length - 1]];
  if (!first || !now) return null;
  if (now === button) return backwards ? null : first;
  const end = backwards ? first : last;
  // Of radio buttons only the chosen one is a stop.
  const radios = end.type === "radio" && now.type === "radio" && end.name === now.name;
  const group = end.closest?.("[role=radiogroup]");
  const sameGroup = radios || (group && group === now.closest?.("[role=radiogroup]"));
  return now === end || sameGroup ? button : null;
}

/**
 * All that Tab reaches, in components too.
 * @param {ParentNode} box
 * @returns {HTMLElement[]}
 */
export function stopsIn(box) {
  /** @type {HTMLElement[]} */
  const all = Array.from(box.querySelectorAll("*"));
  return all.flatMap((one) => {
    if (one.shadowRoot) return stopsIn(one.shadowRoot);
    const here = one.matches(REACHED) && one.tabIndex >= 0 && !("disabled" in one && one.disabled);
    return here && one.getClientRects().length ? [one] : [];
  });
}

/** @param {KeyboardEvent} event */
export function leadTab(event) {
  if (event.key !== "Tab" || event.ctrlKey || event.metaKey || event.altKey) return;
  /** @type {HTMLElement | null} */
  const button = document.querySelector(OPENED);
  const body = document.querySelector(BODY);
  if (!button || !body) return;
  const now = /** @type {HTMLElement} */ (event.composedPath()[0]);
  const stop = nextStop(now, button, stopsIn(body), event.shiftKey);
  if (!stop) return;
  stop.focus();
  // From the button the browser itself goes on to what follows it.
  if (stop !== button || event.shiftKey) event.preventDefault();
}
