// Tracks on canvases. Knows nothing of pointing and sending.
import { contextOf, prepareCanvas } from "../lib/canvas.js";
import { element } from "../lib/elements.js";

/**
 * Colours of the page as CSS: for text, for what is behind it, and for values below and above the middle.
 * @typedef {{ text: string, background: string, below: string, above: string, family: string }} Theme
 * @typedef {import("./layout.js").Layout} Layout
 * @typedef {import("./layout.js").Place} Place
 */

/** A painter of grids: one pixel a cell on a small canvas, which is then enlarged. */
export function createGridPainter() {
  const cells = element("canvas");

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {import("./tracks.js").Heat} track
   * @param {Place} place
   * @param {Layout} layout
   * @param {import("../lib/palette.js").Palette} palette
   * @param {Theme} theme
   */
  return function paintGrid(canvas, track, place, layout, palette, theme) {
    const context = prepareCanvas(canvas, layout.width, place.height, layout.scale);
    if (!layout.count || !track.rows) return;
    Object.assign(cells, { width: layout.count, height: track.rows });
    const small = contextOf(cells);
    const image = small.createImageData(layout.count, track.rows);
    const words = new Uint32Array(image.data.buffer);
    for (let i = 0; i < words.length; i++) words[i] = palette.words[track.places[i]];
    small.putImageData(image, 0, 0);
    context.imageSmoothingEnabled = false;
    context.drawImage(cells, 0, 0, layout.width, place.height);
    context.fillStyle = theme.background;
    const thin = 1 / layout.scale;
    const { count, column } = layout;
    for (let word = 1; word < count; word++) context.fillRect(word * column - thin, 0, thin, place.height);
    for (let row = 1; place.row >= 8 && row < track.rows; row++) {
      context.fillRect(0, row * place.row - thin, layout.width, thin);
    }
    paintPath(context, track.path, place, layout);
  };
}

/**
 * A line through one row of every word. Amber with a dark edge is seen on every colour of the palettes.
 * @param {CanvasRenderingContext2D} context
 * @param {number[]} path
 * @param {Place} place
 * @param {Layout} layout
 */
function paintPath(context, path, place, layout) {
  if (!path.length) return;
  context.beginPath();
  path.forEach((row, word) => context.lineTo(middleOf(layout, word), (row + 0.5) * place.row));
  for (const [lineWidth, strokeStyle] of [[5, "#1a1200"], [2.5, "#ffb000"]]) {
    Object.assign(context, { lineWidth, strokeStyle, lineJoin: "round" });
    context.stroke();
  }
}

/**
 * @param {Layout} layout
 * @param {number} word
 */
const middleOf = (layout, word) => (word + 0.5) * layout.column;

/**
 * The two halves behind a line, and the dashes between them.
 * @param {CanvasRenderingContext2D} context
 * @param {number} width
 * @param {number} height
 * @param {Theme} theme
 */
function paintHalves(context, width, height, theme) {
  context.globalAlpha = 0.13;
  context.fillStyle = theme.above;
  context.fillRect(0, 0, width, height / 2);
  context.fillStyle = theme.below;
  context.fillRect(0, height / 2, width, height / 2);
  context.globalAlpha = 0.7;
  Object.assign(context, { strokeStyle: theme.text, lineWidth: 1 });
  context.setLineDash([5, 4]);
  context.beginPath();
  context.moveTo(0, height / 2);
  context.lineTo(width, height / 2);
  context.stroke();
  context.setLineDash([]);
  context.globalAlpha = 1;
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {import("./tracks.js").Line} track
 * @param {Place} place
 * @param {Layout} layout
 * @param {Theme} theme
 */
export function paintLine(canvas, track, place, layout, theme) {
  const context = prepareCanvas(canvas, layout.width, place.height, layout.scale);
  const edge = 8;
  /** @param {number} value */
  const y = (value) => edge + (1 - Math.max(0, Math.min(1, value))) * (place.height - 2 * edge);
  paintHalves(context, layout.width, place.height, theme);
  Object.assign(context, { lineWidth: 2, lineJoin: "round" });
  context.beginPath();
  let connected = false;
  track.values.forEach((value, word) => {
    if (value !== null) context[connected ? "lineTo" : "moveTo"](middleOf(layout, word), y(value));
    connected = value !== null;
  });
  context.stroke();
  const radius = Math.max(2, Math.min(5, layout.column * 0.28));
  Object.assign(context, { lineWidth: 1.5, strokeStyle: theme.background });
  track.values.forEach((value, word) => {
    if (value === null) return;
    context.fillStyle = value >= 0.5 ? theme.above : theme.below;
    context.beginPath();
    context.arc(middleOf(layout, word), y(value), radius, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
  });
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {import("./tracks.js").Bars} track
 * @param {Place} place
 * @param {Layout} layout
 * @param {Theme} theme
 */
export function paintBars(canvas, track, place, layout, theme) {
  const context = prepareCanvas(canvas, layout.width, place.height, layout.scale);
  const base = track.signed ? place.height / 2 : place.height - 1;
  const room = track.signed ? base - 1 : base - 2;
  const thick = Math.max(3, Math.min(36, layout.column * 0.62));
  track.values.forEach((value, word) => {
    if (value === null || !(track.limit > 0)) return;
    const share = Math.max(track.signed ? -1 : 0, Math.min(1, value / track.limit));
    const length = Math.abs(share) * room;
    context.fillStyle = share > 0 ? theme.above : theme.below;
    context.fillRect(middleOf(layout, word) - thick / 2, share > 0 ? base - length : base, thick, length);
  });
  context.globalAlpha = 0.7;
  context.fillStyle = theme.text;
  context.fillRect(0, base - 0.5, layout.width, 1);
  context.globalAlpha = 1;
}
