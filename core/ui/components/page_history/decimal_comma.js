// A comma in a field for numbers. A browser of another language drops it without a word, so that 3,5 became 35, or
// hands over nothing at all. It becomes a point, which every browser reads. Where decimals follow a point, 1,290 may be
// a thousand and more, and in a field for whole numbers 1.290 is, too: that is seen only when the number is finished.
// A whole number drops decimals; what became of it is said.
import { element } from "../lib/elements.js";

const THOUSANDS = /^-?[1-9]\d{0,2}\.\d{3}$/;
const GROUPS = /^-?[1-9]\d*\.\d{3}$/; // of a whole number; those before the last one are together already
const COMMITTED = 150; // ms after which a field shows what was made of its text
const SAID = 6000; // ms

/**
 * Whether decimals follow a point in a language.
 * @param {string} language
 */
function writesPoint(language) {
  return new Intl.NumberFormat(language).format(1.5).includes(".");
}

/**
 * The field for numbers on which something happens, or null.
 * @param {Event} event
 */
function fieldOf(event) {
  const field = /** @type {HTMLInputElement} */ (event.composedPath()[0]);
  return field.tagName === "INPUT" && field.type === "number" ? field : null;
}

/** @param {HTMLInputElement} field */
const isWhole = (field) => Number.isInteger(Number(field.step || 1));

/** @type {WeakSet<HTMLInputElement>} with a comma that is a point now */
const withComma = new WeakSet();

/**
 * Write the groups of digits before a point together, and the point behind them: no field takes a second one.
 * @param {HTMLInputElement} field
 * @param {string} before
 */
function writeTogether(field, before) {
  field.select();
  document.execCommand("insertText", false, `${before.replace(".", "")}.`);
}

/**
 * Before something is written: see whether the browser takes a comma, and write a point where it does not.
 * @param {InputEvent} event
 */
export function readComma(event) {
  const field = [",", "."].includes(event.data ?? "") ? fieldOf(event) : null;
  if (!field) return;
  const before = field.value;
  const thousands = (isWhole(field) ? GROUPS : THOUSANDS).test(before);
  if (event.data === ".") { // 1.000.000
    if (isWhole(field) && thousands) setTimeout(() => field.value === before && writeTogether(field, before));
    return;
  }
  let written = false;
  field.addEventListener("input", () => { written = true; }, { once: true });
  setTimeout(() => {
    if (written && !field.validity.badInput) return; // a browser that reads commas
    if (written) document.execCommand("delete");
    document.execCommand("insertText", false, ".");
    if (thousands && field.value === before) writeTogether(field, before); // 1.000,5
    withComma.add(field);
  });
}

/**
 * When a number is finished: what looks like thousands is thousands where points part decimals, or there are none.
 * @param {Event} event
 */
export function finishNumber(event) {
  const finished = event.type === "focusout" || /** @type {KeyboardEvent} */ (event).key === "Enter";
  const field = finished ? fieldOf(event) : null;
  if (!field) return;
  const comma = withComma.delete(field);
  const typed = field.value;
  const whole = isWhole(field);
  if (whole ? GROUPS.test(typed) : comma && THOUSANDS.test(typed) && writesPoint(navigator.language)) {
    // React hears of a value only when it is set past its own setter.
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(field, typed.replace(".", ""));
    field.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
  } else if (whole && typed.includes(".")) {
    setTimeout(() => field.value !== typed && say(field, `Only whole numbers here: ${typed} became ${field.value}.`),
      COMMITTED);
  }
}

/** @type {HTMLElement | null} */
let note = null;
let timer = 0;

/**
 * Say something below a field for some seconds.
 * @param {HTMLInputElement} field
 * @param {string} words
 */
function say(field, words) {
  if (!note) {
    note = Object.assign(element("div"), { id: "number-note" });
    note.setAttribute("role", "status");
    document.querySelector(".stApp")?.append(note); // where the colours of the theme are known
  }
  note.textContent = words;
  note.hidden = false;
  const { left, bottom } = field.getBoundingClientRect();
  const most = document.documentElement.clientWidth - note.offsetWidth - 8;
  Object.assign(note.style, { left: `${Math.max(8, Math.min(left, most))}px`, top: `${bottom + 6}px` });
  clearTimeout(timer);
  timer = window.setTimeout(() => { if (note) note.hidden = true; }, SAID);
}
