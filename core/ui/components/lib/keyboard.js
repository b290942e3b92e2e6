// Keys on components.

/**
 * The arrow keys left and right move the focus among the elements of a row.
 * @param {KeyboardEvent} event
 * @param {Element[]} row
 */
export function moveFocus(event, row) {
  event.stopPropagation(); // Streamlit has shortcuts on single letters
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const next = step && row[row.indexOf(/** @type {Element} */ (event.currentTarget)) + step];
  if (!(next instanceof HTMLElement)) return;
  next.focus();
  event.preventDefault();
}

const TYPED = "textarea, select, [contenteditable], input:not([type=range], [type=checkbox], [type=radio])";

/**
 * Whether Ctrl+Z was pressed, on a Mac Cmd+Z, where no field takes back its own letters with it.
 * @param {KeyboardEvent} event
 */
export function isUndo(event) {
  const { key, code, ctrlKey, metaKey, shiftKey, altKey } = event;
  if (!(ctrlKey || metaKey) || shiftKey || altKey) return false;
  // A keyboard with other letters, Greek or Arabic, has none that is a Z: there it is the place that counts.
  if (key.toLowerCase() !== "z" && (code !== "KeyZ" || /^[a-z]$/i.test(key))) return false;
  const [from] = event.composedPath();
  return !(from instanceof Element && from.matches(TYPED));
}

/**
 * Have Ctrl+Z press a button while it is seen, as the shortcut of a button of Streamlit does.
 * @param {HTMLButtonElement} undo
 * @param {AbortSignal} signal ends it
 */
export function pressOnUndo(undo, signal) {
  undo.ariaKeyShortcuts = "Control+Z Meta+Z";
  undo.title += " Ctrl+Z does the same.";
  document.addEventListener("keydown", (event) => {
    if (!isUndo(event) || undo.disabled || !undo.offsetParent) return;
    event.preventDefault();
    undo.click();
  }, { capture: true, signal });
}
