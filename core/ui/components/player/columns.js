// A vector as a column of coloured cells, and a place in it that can be chosen. A canvas has one pixel a cell; the
// style sheet makes it large. Knows nothing of networks.
import { contextOf } from "../lib/canvas.js";
import { element } from "../lib/elements.js";
import { signedIndex } from "../lib/palette.js";
import { print } from "./numbers.js";

/** @typedef {import("../lib/palette.js").Palette} Palette */

/**
 * @param {HTMLCanvasElement} canvas
 * @param {ArrayLike<number>} values
 * @param {number} limit
 * @param {Palette} palette
 */
function paintColumn(canvas, values, limit, palette) {
  if (!values.length) return;
  if (canvas.height !== values.length) Object.assign(canvas, { width: 1, height: values.length });
  const context = contextOf(canvas);
  const image = context.createImageData(1, values.length);
  const words = new Uint32Array(image.data.buffer);
  for (let i = 0; i < words.length; i++) words[i] = palette.words[signedIndex(values[i], limit)];
  context.putImageData(image, 0, 0);
}

/**
 * `nameOf` says what lies under the pointer. `onChoose` makes cells choosable, and the chosen one, the variable --unit
 * of an element around the column, is framed.
 * @param {string} className
 * @param {{ onChoose: ((cell: number) => void) | null, nameOf: (cell: number) => string }} settings
 */
export function createColumn(className, { onChoose, nameOf }) {
  const box = element("div", `column ${className}`);
  const canvas = element("canvas");
  canvas.setAttribute("aria-hidden", "true"); // what it shows is said in words around it
  box.append(canvas, element("div", "lines"));
  if (onChoose) box.append(element("div", "mark"));
  /** @type {ArrayLike<number>} */
  let shown = [];
  /** @param {MouseEvent} event */
  const cellUnder = (event) => {
    const place = canvas.getBoundingClientRect();
    const cell = Math.floor(((event.clientY - place.top) / place.height) * shown.length);
    return Math.max(0, Math.min(shown.length - 1, cell));
  };
  box.onpointermove = (event) => {
    if (!shown.length) return;
    const cell = cellUnder(event);
    box.title = `${nameOf(cell)} = ${print(shown[cell])}${onChoose ? " \u2013 click to choose this unit" : ""}`;
  };
  if (onChoose) box.onclick = (event) => onChoose(cellUnder(event));
  return {
    box,
    /**
     * @param {ArrayLike<number>} values
     * @param {number} limit of the strongest colours
     * @param {Palette} palette
     * @param {number} height in CSS pixels
     */
    show(values, limit, palette, height) {
      shown = values;
      box.style.setProperty("--cell", `${height / values.length}px`);
      box.style.setProperty("--cells", String(values.length));
      paintColumn(canvas, values, limit, palette);
    },
  };
}
