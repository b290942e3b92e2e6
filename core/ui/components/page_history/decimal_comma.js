// A decimal comma in a field for numbers. A browser of another language drops it without a word, so that 3,5 became 35,
// or hands over nothing at all. It becomes a point, which every browser reads. Where decimals follow a point, 1,290 may
// be a thousand and more: that is seen only when the number is finished.

const THOUSANDS = /^-?[1-9]\d{0,2}\.\d{3}$/;

/**
 * Whether decimals follow a point in a language.
 * @param {string} language
 */
function writesPoint(language) {
  return new Intl.NumberFormat(language).format(1.5).includes(".");
}

/**
 * The field for numbers with decimals on which something happens, or null.
 * @param {Event} event
 */
function fieldOf(event) {
  const field = /** @type {HTMLInputElement} */ (event.composedPath()[0]);
  const decimals = field.tagName === "INPUT" && field.type === "number" && !Number.isInteger(Number(field.step || 1));
  return decimals ? field : null;
}

/** @type {WeakSet<HTMLInputElement>} with a comma that is a point now */
const withComma = new WeakSet();

/**
 * Before something is written: see whether the browser takes a comma, and write a point where it does not.
 * @param {InputEvent} event
 */
export function readComma(event) {
  const field = event.data === "," ? fieldOf(event) : null;
  if (!field) return;
  const before = field.value;
  let written = false;
  field.addEventListener("input", () => { written = true; }, { once: true });
  setTimeout(() => {
    if (written && !field.validity.badInput) return; // a browser that reads commas
    if (written) document.execCommand("delete");
    document.execCommand("insertText", false, ".");
    if (THOUSANDS.test(before) && field.value === before) { // 1.000,5: a second point is not taken
      field.select();
      document.execCommand("insertText", false, `${before.replace(".", "")}.`);
    }
    withComma.add(field);
  });
}

/**
 * When a number is finished: what looks like thousands is thousands where points part decimals.
 * @param {Event} event
 */
export function readThousands(event) {
  const finished = event.type === "focusout" || /** @type {KeyboardEvent} */ (event).key === "Enter";
  const field = finished ? fieldOf(event) : null;
  if (!field || !withComma.delete(field)) return;
  if (!THOUSANDS.test(field.value) || !writesPoint(navigator.language)) return;
  // React hears of a value only when it is set past its own setter.
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(field, field.value.replace(".", ""));
  field.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
}
