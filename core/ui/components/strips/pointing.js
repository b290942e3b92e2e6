// Pointer and keyboard on a sheet: where someone points, what is chosen, which words are marked. Knows nothing of what
// is drawn there.

const MOVES = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"];

/**
 * `cellUnder(event)` says what lies under the pointer, `stepFrom(cell, key)` where a key leads. The others are told:
 * `point` where someone points, `choose` what is chosen, `preview` which words are being marked, `mark` which ones are;
 * `moved` is false for a click on one word.
 * @typedef {import("./layout.js").Cell} Cell
 * @typedef {[first: number, stop: number]} Span
 * @typedef {{
 *   cellUnder: (event: MouseEvent) => Cell | null,
 *   stepFrom: (cell: Cell | null, key: string) => Cell | null,
 *   marking: () => boolean,
 *   point: (cell: Cell | null, byKey: boolean) => void,
 *   choose: (cell: Cell) => void,
 *   preview: (span: Span | null) => void,
 *   mark: (span: Span, moved: boolean) => void,
 * }} Pointing
 */

/**
 * The words from one to another, in either direction.
 * @param {number} one
 * @param {number} other
 * @returns {Span}
 */
function spanOf(one, other) {
  return [Math.min(one, other), Math.max(one, other) + 1];
}

/**
 * @param {HTMLElement} sheet
 * @param {Pointing} on
 */
export function listen(sheet, on) {
  /** @type {{ cursor: Cell | null }} of the keyboard; a click sets it too */
  const keyboard = { cursor: null };
  listenToPointer(sheet, on, keyboard);
  listenToKeys(sheet, on, keyboard);
}

/**
 * @param {HTMLElement} sheet
 * @param {Pointing} on
 * @param {{ cursor: Cell | null }} keyboard
 */
function listenToPointer(sheet, on, keyboard) {
  /** @type {{ from: number, to: number, moved: boolean } | null} over words */
  let drag = null;
  let clickOfDrag = false;

  sheet.onpointermove = (event) => {
    const cell = on.cellUnder(event);
    if (!drag) {
      on.point(cell, false);
    } else if (cell && cell.word !== drag.to) {
      Object.assign(drag, { to: cell.word, moved: true });
      on.preview(spanOf(drag.from, drag.to));
    }
  };
  sheet.onpointerleave = () => {
    if (!drag) on.point(null, false);
  };
  sheet.onpointerdown = (event) => {
    clickOfDrag = false;
    const cell = on.cellUnder(event);
    if (event.button !== 0 || cell?.track !== -1 || !on.marking()) return;
    drag = { from: cell.word, to: cell.word, moved: false };
    sheet.setPointerCapture(event.pointerId);
    on.preview(spanOf(cell.word, cell.word));
  };
  sheet.onpointerup = () => {
    if (!drag) return;
    const { from, to, moved } = drag;
    [drag, clickOfDrag] = [null, true];
    on.mark(spanOf(from, to), moved);
  };
  sheet.onpointercancel = () => {
    drag = null;
    on.preview(null);
  };
  sheet.onclick = (event) => {
    const cell = on.cellUnder(event);
    if (!cell || clickOfDrag) return;
    keyboard.cursor = cell;
    on.point(cell, false); // a finger points and chooses at once
    on.choose(cell);
  };
}

/**
 * @param {HTMLElement} sheet
 * @param {Pointing} on
 * @param {{ cursor: Cell | null }} keyboard
 */
function listenToKeys(sheet, on, keyboard) {
  /** @type {number | null} the word at which marking with Shift began */
  let anchor = null;

  sheet.onkeydown = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (MOVES.includes(event.key)) {
      event.preventDefault();
      const before = keyboard.cursor;
      const cursor = keyboard.cursor = on.stepFrom(before, event.key);
      if (!cursor) return;
      if (event.shiftKey && on.marking()) {
        anchor ??= (before ?? cursor).word;
        on.preview(spanOf(anchor, cursor.word));
      }
      on.point(cursor, true);
    } else if ((event.key === "Enter" || event.key === " ") && keyboard.cursor) {
      event.preventDefault();
      keyboard.cursor = on.stepFrom(keyboard.cursor, ""); // words may have gone meanwhile
      if (keyboard.cursor) on.choose(keyboard.cursor);
    } else if (event.key === "Escape") {
      keyboard.cursor = null;
      on.point(null, true);
    }
  };
  sheet.onkeyup = (event) => {
    if (event.key !== "Shift" || anchor === null || !keyboard.cursor) return;
    on.mark(spanOf(anchor, keyboard.cursor.word), true);
    anchor = null;
  };
  sheet.onblur = () => {
    if (anchor !== null) on.preview(null);
    anchor = null;
    on.point(null, true);
  };
}
