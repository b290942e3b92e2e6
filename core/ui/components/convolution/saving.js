// Files for the person's disk: text, and figures side by side as one picture. Knows nothing of convolutions.
import { prepareCanvas } from "../lib/canvas.js";
import { element } from "../lib/elements.js";

/**
 * @typedef {{ title: string, note: string, width: number, height: number,
 *   draw: (context: CanvasRenderingContext2D) => void }} Figure
 */

/**
 * @param {Blob} blob
 * @param {string} name
 */
export function save(blob, name) {
  const link = element("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

/**
 * Break a text into lines that are at most `width` wide in this font.
 * @param {CanvasRenderingContext2D} context
 * @param {string} font
 * @param {string} text
 * @param {number} width
 */
export function wrap(context, font, text, width) {
  context.font = font;
  /** @type {string[]} */
  const lines = [];
  for (const word of text.split(" ").filter(Boolean)) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (lines.length && context.measureText(longer).width <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.map((line) => ({ font, text: line }));
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {{ font: string, text: string }} line
 * @param {number} x
 * @param {number} y
 * @param {string} colour
 */
function writeLine(context, line, x, y, colour) {
  Object.assign(context, { font: line.font, fillStyle: colour, textAlign: "left", textBaseline: "alphabetic" });
  context.fillText(line.text, x, y);
}

/**
 * A canvas with figures in a row and paragraphs below them.
 * @param {Figure[]} figures
 * @param {string[]} paragraphs
 * @param {import("./painting.js").Theme} theme
 */
export function composePicture(figures, paragraphs, theme) {
  const [canvas, gap, top, least] = [element("canvas"), 28, 84, 180];
  const width = figures.reduce((all, figure) => all + Math.max(figure.width, least) + gap, gap);
  const foot = top + Math.max(...figures.map((figure) => figure.height)) + 34;
  const ruler = prepareCanvas(canvas, 1, 1, 1);
  const lines = paragraphs.flatMap((text) => wrap(ruler, "14px ui-monospace, monospace", text, width - 2 * gap));
  const context = prepareCanvas(canvas, width, foot + 20 * lines.length, 2);
  context.fillStyle = theme.background;
  context.fillRect(0, 0, width, foot + 20 * lines.length);
  context.imageSmoothingEnabled = false;
  let left = gap;
  for (const figure of figures) {
    const room = Math.max(figure.width, least);
    const caption = [...wrap(context, "bold 14px sans-serif", figure.title, room),
      ...wrap(context, "13px sans-serif", figure.note, room)].slice(0, 4);
    caption.forEach((line, index) => writeLine(context, line, left, 24 + 17 * index, theme.text));
    context.save();
    context.translate(left, top);
    figure.draw(context);
    context.restore();
    left += room + gap;
  }
  lines.forEach((line, index) => writeLine(context, line, gap, foot + 20 * index, theme.text));
  return canvas;
}
