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
