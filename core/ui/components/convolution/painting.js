// Grids on canvases. Every grid has two: one with the cells, painted when they change, and one above it with
// the marks, painted at every step. Knows nothing of sums.

const MARK = "#ffb000";
const MARK_EDGE = "#1a1200";

/** The colour of a signed value: blue below zero, white at zero (place 127), red above; place 255 is no value. */
function signedColour(palette, value, limit) {
  const share = limit > 0 ? Math.max(-1, Math.min(1, value / limit)) : 0;
  return palette[Math.floor(share * 127 + 127.5)];
}

function greyColour(value) {
  const level = Math.floor(Math.max(0, Math.min(1, value)) * 255 + 0.5);
  return [level, level, level];
}

function css([red, green, blue]) {
  return `rgb(${red},${green},${blue})`;
}

function inkOn([red, green, blue]) {
  return 0.299 * red + 0.587 * green + 0.114 * blue > 140 ? "#14202b" : "#ffffff";
}

/** Make a canvas `width` x `height` CSS pixels large and sharp on this screen; return its context, emptied. */
function prepareCanvas(canvas, width, height, scale) {
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const context = canvas.getContext("2d");
  context.setTransform(scale, 0, 0, scale, 0, 0);
  return context;
}

/** The font with which the widest of the numbers fits into a cell, or null when none does. */
function fontFor(context, texts, cell) {
  if (cell < 18) return null;
  const longest = texts.reduce((found, text) => (text.length > found.length ? text : found), "0");
  for (let size = Math.min(15, Math.max(9, Math.floor(cell * 0.42))); size >= 9; size--) {
    context.font = `${size}px ui-monospace, monospace`;
    if (context.measureText(longest).width <= cell - 4) return context.font;
  }
  return null;
}

/** Paint all cells of a grid: `colourAt(row, column)` gives [r, g, b] or null for padding, `textAt` its number. */
function paintCells(context, grid, colourAt, textAt, theme) {
  const { rows, columns, cell } = grid;
  const texts = [];
  if (cell >= 18) for (let r = 0; r < rows; r++) for (let c = 0; c < columns; c++) texts.push(textAt(r, c));
  const font = fontFor(context, texts, cell);
  context.font = font || "10px monospace";
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.clearRect(0, 0, columns * cell, rows * cell);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      const colour = colourAt(r, c);
      context.fillStyle = colour ? css(colour) : theme.padding;
      context.fillRect(c * cell, r * cell, cell, cell);
      if (font) {
        context.fillStyle = colour ? inkOn(colour) : theme.text;
        context.globalAlpha = colour ? 1 : 0.6;
        context.fillText(texts[r * columns + c], (c + 0.5) * cell, (r + 0.5) * cell + 0.5);
        context.globalAlpha = 1;
      }
    }
  }
  context.strokeStyle = "rgba(128,134,140,0.45)";
  context.lineWidth = cell >= 18 ? 1 : 0.5;
  context.beginPath();
  for (let r = 0; cell >= 5 && r <= rows; r++) context.moveTo(0, r * cell), context.lineTo(columns * cell, r * cell);
  for (let c = 0; cell >= 5 && c <= columns; c++) context.moveTo(c * cell, 0), context.lineTo(c * cell, rows * cell);
  context.stroke();
}

/** Frame cells: an amber line with a dark edge, seen on black, white, blue and red. */
function frame(context, cell, row, column, rows, columns, dashed = false) {
  const [x, y, width, height] = [column * cell, row * cell, columns * cell, rows * cell];
  context.setLineDash(dashed ? [5, 4] : []);
  const thin = dashed || Math.min(width, height) < 12;
  const inset = thin ? 0.75 : 1.25;
  for (const [colour, line] of [[MARK_EDGE, thin ? 2.5 : 4.5], [MARK, thin ? 1.5 : 2.5]]) {
    if (dashed && colour === MARK_EDGE) continue;
    context.strokeStyle = colour;
    context.lineWidth = line;
    context.strokeRect(x + inset, y + inset, Math.max(1, width - 2 * inset), Math.max(1, height - 2 * inset));
  }
  context.setLineDash([]);
}

/** Hide the cells that have not been computed yet: all from number `first` on. */
function cover(context, grid, first, theme) {
  const { columns, rows, cell } = grid;
  const row = Math.floor(first / columns);
  context.fillStyle = theme.padding;
  context.fillRect((first % columns) * cell, row * cell, columns * cell, cell);
  context.fillRect(0, (row + 1) * cell, columns * cell, rows * cell);
}

/** Break a text into lines {font, text} that are at most `width` wide in this font. */
function wrapped(context, font, text, width) {
  context.font = font;
  const lines = [];
  for (const word of text.split(" ").filter(Boolean)) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (lines.length && context.measureText(longer).width <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.map((line) => ({ font, text: line }));
}

function write(context, line, x, y, colour) {
  Object.assign(context, { font: line.font, fillStyle: colour, textAlign: "left", textBaseline: "alphabetic" });
  context.fillText(line.text, x, y);
}
