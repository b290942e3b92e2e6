// A button that vanishes, or is disabled, by its own click takes the focus of the keyboard with it: it fell to the
// beginning of the page, and a screen reader said nothing. The focus goes to what stands in its place.
import { stopsIn } from "./popovers.js";

const ROW = "[data-testid=stHorizontalBlock]";
const HELP = "[aria-label=Help], [aria-label^='Help for']"; // what explains a button is no place to go on from
const PATIENCE = 60000; // ms in which an answer comes, where a class keeps a slow server busy too
const LOOKS = 100; // ms between two looks
const CALM = 3; // looks without a script that runs, before a button that has gone is taken for gone

/** @type {ReturnType<typeof setInterval> | undefined} */
let watch;

/**
 * What gets the focus after `lost` has gone: what now follows the nearest stop before it that is still there. That is
 * what came in its place, or else what followed it.
 * @param {string[]} before names of all stops in order when it was pressed
 * @param {string} lost one of them
 * @param {string[]} now names of all stops
 * @returns {number} its place among those of now, -1 where there is none
 */
export function inItsPlace(before, lost, now) {
  for (let k = before.indexOf(lost) - 1; k >= 0; k--) {
    const place = now.indexOf(before[k]);
    if (place >= 0) return Math.min(place + 1, now.length - 1);
  }
  const next = before.slice(before.indexOf(lost) + 1).find((stop) => now.includes(stop));
  return next === undefined ? -1 : now.indexOf(next);
}

/** @param {ParentNode} box */
const placesIn = (box) => stopsIn(box).filter((one) => !one.matches(HELP));

/** The class by which Streamlit marks a control's own key. @param {Element} stop */
function keyOf(stop) {
  const marked = stop.closest("[class*='st-key-']");
  return marked ? [...marked.classList].find((name) => name.startsWith("st-key-")) : undefined;
}

/**
 * A name for each stop by which it is known again: Streamlit makes many of them anew with an answer.
 * @param {HTMLElement[]} stops
 */
function namesOf(stops) {
  /** @type {Map<string, number>} */ const seen = new Map();
  return stops.map((stop) => {
    const name = `${keyOf(stop)} ${stop.tagName} ${stop.getAttribute("aria-label") ?? stop.textContent?.slice(0, 40)}`;
    seen.set(name, (seen.get(name) ?? 0) + 1);
    return `${name} ${seen.get(name)}`;
  });
}

/** What has the focus, in a component too; null where nothing has it. */
function focused() {
  let now = document.activeElement;
  while (now?.shadowRoot?.activeElement) now = now.shadowRoot.activeElement;
  return now === document.body || now === document.documentElement ? null : now;
}

/** @param {HTMLElement} stop */
const isLost = (stop) => !stop.isConnected || ("disabled" in stop && stop.disabled) || !stop.getClientRects().length;

/**
 * What stands in the same row as a button that is disabled now: the next one there, or else the last.
 * @param {Element | null} stop
 */
function besides(stop) {
  const row = stop?.closest(ROW);
  const stops = row ? placesIn(row) : [];
  const after = stops.find((one) => stop && stop.compareDocumentPosition(one) === Node.DOCUMENT_POSITION_FOLLOWING);
  return after ?? stops.at(-1);
}

/** A button has led to another page: its title is read, and Tab goes on from there. */
function focusTitle() {
  const title = document.querySelector("h1");
  if (!title) return;
  title.tabIndex = -1;
  title.focus();
}

/**
 * Whether a key does something with what has the focus; in a field it writes, and a link leads elsewhere.
 * @param {string} key
 * @param {{ tagName: string, type?: string }} stop
 */
export function presses(key, { tagName, type }) {
  if (["BODY", "A", "TEXTAREA"].includes(tagName)) return false;
  const written = tagName === "INPUT" && !["radio", "checkbox", "button", "submit"].includes(type ?? "text");
  return key === "Enter" || (key === " " && !written);
}

/** @param {KeyboardEvent} event */
export function keepFocus(event) {
  clearInterval(watch);
  if (event.key !== "Enter" && event.key !== " ") return;
  const pressed = /** @type {HTMLElement} */ (event.composedPath()[0]);
  if (!presses(event.key, pressed) || event.ctrlKey || event.metaKey || event.altKey) return;
  const stops = placesIn(document.body);
  if (!stops.includes(pressed)) return;
  const before = namesOf(stops), name = before[stops.indexOf(pressed)], key = keyOf(pressed);
  const { pathname } = window.location;
  const began = performance.now();
  let calm = 0;

  /** The same button after it was made anew; null where it is gone. */
  const again = () => (pressed.isConnected ? pressed : key ? document.querySelector(`.${CSS.escape(key)}`) : null);

  function giveOn() {
    if (window.location.pathname !== pathname) return focusTitle();
    const now = placesIn(document.body), names = namesOf(now);
    const same = now[names.indexOf(name)];
    return (same ?? besides(again()) ?? now[inItsPlace(before, name, names)])?.focus();
  }

  watch = setInterval(() => {
    const now = focused();
    if ((now && now !== pressed) || performance.now() - began > PATIENCE) return clearInterval(watch);
    calm = document.querySelector("[data-test-script-state=notRunning]") ? calm + 1 : 0;
    const gone = window.location.pathname !== pathname || isLost(pressed);
    if (calm < CALM || !gone) return undefined; // Stop is disabled only when the training has ended
    clearInterval(watch);
    return giveOn();
  }, LOOKS);
}
