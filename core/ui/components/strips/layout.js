// Where things stand, in CSS pixels from the upper left corner of the sheet. The height follows from the
// tracks and the header, so little below jumps while words come and go. Knows no elements.

/**
 * A track: the top of its title and of its picture, the picture's height, how many rows it has and how high one is (0
 * for a track without rows).
 * @typedef {{ title: number, top: number, height: number, rows: number, row: number }} Place
 * @typedef {{ column: number, places: Place[], header: number, width: number, height: number, count: number,
 *   view: number, scale: number }} Layout `count` words in a `header`; `view` is the component's width
 */

/**
 * What someone points at: a word, and a row of a track. Track -1 is the words themselves, null is between two tracks.
 * @typedef {{ word: number, track: number | null, row: number | null }} Cell
 * @typedef {[left: number, top: number, width: number, height: number]} Box
 */

export const [GUTTER, GAP, SCROLLBAR] = [60, 12, 12];
/** Room for the words, in steps: a word that comes or goes seldom moves what is below. */
export const HEADERS = [48, 66, 90];
const TITLE = 26;
const [NARROWEST, WIDEST, READABLE] = [9, 90, 64]; // columns
const [GRID, LINE, BARS] = [160, 88, 64]; // heights; a grid is about so high
const [SMALLEST_ROW, LARGEST_ROW] = [2, 16];
// Columns become narrower in steps, or every new word would move all the others.
const STEPS = [4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 28, 32, 36, 40, 48, 56, 64, 80, 100, 120, 140, 160, 180, 200];

/**
 * So many CSS pixels that cells begin and end on pixels of the screen.
 * @param {number} size
 * @param {number} scale
 */
function snap(size, scale) {
  return Math.max(1, Math.floor(size * scale + 1e-6)) / scale;
}

/**
 * The width of a column.
 * @param {number} count of words
 * @param {number} view
 * @param {number} scale pixels of the screen to one of CSS
 */
export function columnOf(count, view, scale) {
  const step = STEPS.find((most) => most >= count) ?? count;
  const room = Math.max(NARROWEST, view - GUTTER - 1);
  return snap(Math.max(NARROWEST, Math.min(WIDEST, room / step)), scale);
}

/**
 * Place words and tracks.
 * @param {{ kind: "heat" | "bars" | "line", rows?: number }[]} tracks
 * @param {number} count of words
 * @param {number} view
 * @param {number} scale pixels of the screen to one of CSS
 * @param {number} header the height of the words
 * @returns {Layout}
 */
export function layOut(tracks, count, view, scale, header = HEADERS[0]) {
  const room = Math.max(NARROWEST, view - GUTTER - 1);
  const column = columnOf(count, view, scale);
  let top = header;
  const places = tracks.map(({ kind, rows = 1 }) => {
    const row = kind !== "heat" ? 0
      : snap(Math.max(SMALLEST_ROW, Math.min(LARGEST_ROW, GRID / Math.max(1, rows))), scale);
    const height = kind === "heat" ? rows * row : kind === "line" ? LINE : BARS;
    const place = { title: top, top: top + TITLE, height, rows, row };
    top += TITLE + height + GAP;
    return place;
  });
  const width = count ? count * column : Math.min(room, STEPS[0] * WIDEST);
  return { column, places, header, width, height: top, count, view, scale };
}

/**
 * How the words, or single letters, are written so that they fit beside each other.
 * @param {number[]} widths of the words, in a font of one pixel
 * @param {number} column
 * @param {boolean} letters whether every word is a single letter
 * @returns {{ upright: boolean, close: boolean, size: number }} close: without room between them
 */
export function letteringOf(widths, column, letters) {
  const [largest, smallest] = [16, 14];
  if (letters) { // they stand upright in any column
    return { upright: true, close: true, size: Math.max(NARROWEST, Math.floor(Math.min(largest, column))) };
  }
  const size = Math.min(largest, (column - 6) / Math.max(1, ...widths));
  // Where columns are wide, one long word is cut short; turning all of them for its sake would be a jump.
  if (size >= smallest || column >= READABLE) {
    return { upright: true, close: false, size: Math.max(smallest, Math.floor(size)) };
  }
  return { upright: false, close: false, size: Math.max(NARROWEST, Math.min(15, Math.floor(column))) };
}

/**
 * How high the words stand. Without words there is room for a sentence that says so.
 * @param {number[]} widths of the words, in a font of one pixel
 * @param {{ upright: boolean, size: number }} lettering
 */
export function headerOf(widths, { upright, size }) {
  if (!widths.length) return HEADERS[0];
  const needed = upright ? 0 : Math.max(...widths) * size + 10;
  return HEADERS.find((one) => one >= needed) ?? HEADERS[HEADERS.length - 1];
}

/**
 * What lies at a point of the sheet, null where there is no word.
 * @param {Layout} layout
 * @param {number} x
 * @param {number} y
 * @returns {Cell | null}
 */
export function cellAt(layout, x, y) {
  const word = Math.floor((x - GUTTER) / layout.column);
  if (word < 0 || word >= layout.count || y < 0) return null;
  if (y < layout.header) return { word, track: -1, row: null };
  for (const [track, { top, height, row, rows }] of layout.places.entries()) {
    if (y < top) return { word, track: null, row: null };
    if (y < top + height) return { word, track, row: row ? Math.min(rows - 1, Math.floor((y - top) / row)) : null };
  }
  return null;
}

/**
 * The columns of some words, from above the words to below the tracks.
 * @param {Layout} layout
 * @param {number} word
 * @param {number} stop
 * @returns {Box}
 */
export function columnBox({ column, height }, word, stop = word + 1) {
  return [GUTTER + word * column, 0, (stop - word) * column, height - GAP];
}

/**
 * @param {Layout} layout
 * @param {Cell} cell of a track
 * @returns {Box}
 */
export function cellBox({ column, places }, { word, track, row }) {
  const place = places[track ?? 0];
  const [top, height] = row === null ? [place.top, place.height] : [place.top + row * place.row, place.row];
  return [GUTTER + word * column, top, column, height];
}

/**
 * The cell to which a key leads; without a key the nearest that still is one. Null where there are no words.
 * @param {Layout} layout
 * @param {Cell | null} cell
 * @param {string} key
 * @returns {Cell | null}
 */
export function stepFrom({ places, count }, cell, key) {
  if (!count) return null;
  /** @type {Omit<Cell, "word">[]} */
  const lines = [{ track: -1, row: null }]; // all lines of the sheet, from the words down
  places.forEach(({ row: height, rows }, track) => {
    if (!height) lines.push({ track, row: null });
    else for (let row = 0; row < rows; row++) lines.push({ track, row });
  });
  let [line, word] = [Math.min(1, lines.length - 1), 0];
  if (cell) {
    line = Math.max(0, lines.findIndex(({ track, row }) => track === cell.track && row === cell.row));
    line += { ArrowUp: -1, ArrowDown: 1 }[key] ?? 0;
    word = { Home: 0, End: count - 1 }[key] ?? cell.word + ({ ArrowLeft: -1, ArrowRight: 1 }[key] ?? 0);
  }
  line = Math.max(0, Math.min(lines.length - 1, line));
  return { ...lines[line], word: Math.max(0, Math.min(count - 1, word)) };
}
