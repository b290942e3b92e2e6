// Grids on canvases. Every grid has two: one with the cells, painted when they change, and one above it with the marks,
// painted at every step. Knows nothing of sums.

/**
 * A grid on screen: rows and columns with the padding around the map, and the side of a cell in CSS pixels.
 * @typedef {{ rows: number, columns: number, cell: number }} Sheet
 * @typedef {{ text: string, padding: string, background: string }} Theme
 * @typedef {[red: number, green: number, blue: number]} Colour
 */

const MARK = "#ffb000";
const MARK_EDGE = "#1a1200";

/**
 * @param {number} value in 0-1
 * @returns {Colour}
 */
export function greyColour(value) {
  const level = Math.floor(Math.max(0, Math.min(1, value)) * 255 + 0.5);
  return [level, level, level];
}

/** @param {Colour} colour */
export function css([red, green, blue]) {
  return `rgb(${red},${green},${blue})`;
}

/**
 * Black or white, whichever is read on a colour.
 * @param {Colour} colour
 */
export function inkOn([red, green, blue]) {
  return 0.299 * red + 0.587 * green + 0.114 * blue > 140 ? "#14202b" : "#ffffff";
}

/**
 * The font with which the widest of the numbers fits into a cell, or null when none does.
 * @param {CanvasRenderingContext2D} context
 * @param {string[]} texts
 * @param {number} cell
 */
function fontFor(context, texts, cell) {
  if (cell < 18) return null;
  const longest = texts.reduce((found, text) => (text.length > found.length ? text : found), "0");
  for (let size = Math.min(15, Math.max(9, Math.floor(cell * 0.42))); size >= 9; size--) {
    context.font = `${size}px ui-monospace, monospace`;
    if (context.measureText(longest).width <= cell - 4) return context.font;
  }
  return null;
}

/**
 * Paint all cells of a grid.
 * @param {CanvasRenderingContext2D} context
 * @param {Sheet} sheet
 * @param {(row: number, column: number) => Colour | null} colourAt null is padding
 * @param {(row: number, column: number) => string} textAt
 * @param {Theme} theme
 */
export function paintCells(context, sheet, colourAt, textAt, theme) {
  const { rows, columns, cell } = sheet;
  /** @type {string[]} */
  const texts = [];
  if (cell >= 18) for (let r = 0; r < rows; r++) for (let c = 0; c < columns; c++) texts.push(textAt(r, c));
  const font = fontFor(context, texts, cell);
  Object.assign(context, { font: font ?? "10px monospace", textAlign: "center", textBaseline: "middle" });
  context.clearRect(0, 0, columns * cell, rows * cell);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      const colour = colourAt(r, c);
      context.fillStyle = colour ? css(colour) : theme.padding;
      context.fillRect(c * cell, r * cell, cell, cell);
      if (!font) continue;
      context.fillStyle = colour ? inkOn(colour) : theme.text;
      context.globalAlpha = colour ? 1 : 0.6;
      context.fillText(texts[r * columns + c], (c + 0.5) * cell, (r + 0.5) * cell + 0.5);
      context.globalAlpha = 1;
    }
  }
  if (cell >= 5) paintLines(context, sheet);
}

/**
 * The lines between cells.
 * @param {CanvasRenderingContext2D} context
 * @param {Sheet} sheet
 */
function paintLines(context, { rows, columns, cell }) {
  context.strokeStyle = "rgba(128,134,140,0.45)";
  context.lineWidth = cell >= 18 ? 1 : 0.5;
  context.beginPath();
  for (let r = 0; r <= rows; r++) {
    context.moveTo(0, r * cell);
    context.lineTo(columns * cell, r * cell);
  }
  for (let c = 0; c <= columns; c++) {
    context.moveTo(c * cell, 0);
    context.lineTo(c * cell, rows * cell);
  }
  context.stroke();
}

/**
 * Frame cells: an amber line with a dark edge, seen on black, white, blue and red; dashed without the edge.
 * @param {CanvasRenderingContext2D} context
 * @param {number} cell
 * @param {{ row: number, column: number, rows: number, columns: number }} place
 */
export function frame(context, cell, { row, column, rows, columns }, dashed = false) {
  const [x, y, width, height] = [column * cell, row * cell, columns * cell, rows * cell];
  context.setLineDash(dashed ? [5, 4] : []);
  const thin = dashed || Math.min(width, height) < 12;
  const inset = thin ? 0.75 : 1.25;
  const lines = [{ colour: MARK_EDGE, line: thin ? 2.5 : 4.5 }, { colour: MARK, line: thin ? 1.5 : 2.5 }];
  for (const { colour, line } of dashed ? lines.slice(1) : lines) {
    context.strokeStyle = colour;
    context.lineWidth = line;
    context.strokeRect(x + inset, y + inset, Math.max(1, width - 2 * inset), Math.max(1, height - 2 * inset));
  }
  context.setLineDash([]);
}

/**
 * Hide the cells that have not been computed yet: all from number `first` on.
 * @param {CanvasRenderingContext2D} context
 * @param {Sheet} sheet
 * @param {number} first
 * @param {Theme} theme
 */
export function cover(context, { columns, rows, cell }, first, theme) {
  const row = Math.floor(first / columns);
  context.fillStyle = theme.padding;
  context.fillRect((first % columns) * cell, row * cell, columns * cell, cell);
  context.fillRect(0, (row + 1) * cell, columns * cell, rows * cell);
}
