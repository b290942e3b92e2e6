// The palettes of the house, as `core/figures/palette.py` has them: 255 colours from one end to the other, and the grey
// of gaps as the last.
import { bytesOf } from "./bytes.js";

export const ZERO = 127; // index of the middle
export const PAPER = 255; // index of the grey of gaps

const STOPS = [0, 32, 64, 95, ZERO, 159, 190, 222, 254]; // of a gradient

/**
 * `words` are the colours as an ImageData holds them, four bytes each; `rgb` and `css` give one of them.
 * @typedef {{ words: Uint32Array, rgb: (index: number) => [number, number, number], css: (index: number) => string }}
 *   Palette
 */

/**
 * @param {string} base64 256 colours of three bytes
 * @returns {Palette}
 */
export function readPalette(base64) {
  const bytes = bytesOf(base64);
  const colours = new Uint8ClampedArray(256 * 4);
  for (let i = 0; i < 256; i++) colours.set([bytes[3 * i], bytes[3 * i + 1], bytes[3 * i + 2], 255], 4 * i);
  return {
    words: new Uint32Array(colours.buffer),
    rgb: (index) => [bytes[3 * index], bytes[3 * index + 1], bytes[3 * index + 2]],
    css: (index) => `rgb(${bytes.subarray(3 * index, 3 * index + 3).join()})`,
  };
}

/**
 * Where a signed value lies in a palette: `limit` and beyond are the ends, zero is the middle.
 * @param {number} value
 * @param {number} limit
 */
export function signedIndex(value, limit) {
  const share = limit > 0 ? Math.max(-1, Math.min(1, value / limit)) : 0;
  return Math.floor(share * ZERO + ZERO + 0.5);
}

/**
 * A palette from left to right, as CSS.
 * @param {Palette} palette
 */
export function gradientOf(palette) {
  return `linear-gradient(to right, ${STOPS.map(palette.css).join(", ")})`;
}

/**
 * The largest magnitude among numbers, 0 for none.
 * @param {Iterable<number>} values
 */
export function largestOf(values) {
  let largest = 0;
  for (const value of values) largest = Math.max(largest, Math.abs(value));
  return largest;
}
