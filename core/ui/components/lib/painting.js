// Small pictures, painted from numbers: a byte a pixel, row by row.
import { bytesOf } from "./bytes.js";
import { contextOf } from "./canvas.js";

/** @typedef {{ width: number, values: string }} Pixels `values` as base64, `width` of them in a row */

const GREYS = Uint32Array.from({ length: 256 }, (_, grey) => 0xff000000 | (0x10101 * grey)); // alpha is the last byte

/**
 * The pixels of a picture as an ImageData holds them.
 * @param {Uint8Array} values
 * @param {Uint32Array} colours of the 256 values
 */
export function coloured(values, colours = GREYS) {
  const words = new Uint32Array(values.length);
  for (let i = 0; i < words.length; i++) words[i] = colours[values[i]];
  return new Uint8ClampedArray(words.buffer);
}

/**
 * Make a canvas as large as a picture, and paint it.
 * @param {HTMLCanvasElement} canvas
 * @param {Pixels} pixels
 * @param {Uint32Array} [colours] of the 256 values; greys without them
 */
export function paint(canvas, { width, values }, colours) {
  const bytes = bytesOf(values);
  const height = bytes.length / width;
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  contextOf(canvas).putImageData(new ImageData(coloured(bytes, colours), width, height), 0, 0);
}
