// Numbers as pictures: the digit in grey, the maps of a layer side by side in the signed palette of the house, as
// core.figures.palette and core.figures.maps do it. Knows nothing of networks.
import { contextOf } from "../lib/canvas.js";
import { largestOf, PAPER, ZERO } from "../lib/palette.js";

const GAP = 1; // pixels between two maps

/**
 * The number of maps in a row: a divisor that makes the picture about twice as wide as high.
 * @param {number} count
 */
export function columnsFor(count) {
  const wanted = Math.sqrt(2 * count);
  let best = 1;
  for (let number = 1; number <= count; number++) {
    const closer = Math.abs(Math.log(number / wanted)) < Math.abs(Math.log(best / wanted));
    if (count % number === 0 && closer) best = number;
  }
  return best;
}

/**
 * A painter of maps with their channels last; the largest magnitude is strongest.
 * @param {HTMLCanvasElement} canvas
 * @param {import("./layers.js").Size} size
 * @param {Uint32Array} colours `words` of a palette
 */
export function mapPainter(canvas, { channels, height, width }, colours) {
  const columns = columnsFor(channels);
  canvas.width = columns * (width + GAP) - GAP;
  canvas.height = (channels / columns) * (height + GAP) - GAP;
  const context = contextOf(canvas);
  const image = context.createImageData(canvas.width, canvas.height);
  const words = new Uint32Array(image.data.buffer).fill(colours[PAPER]);
  const corners = Array.from({ length: channels }, (_, channel) =>
    Math.floor(channel / columns) * (height + GAP) * canvas.width + (channel % columns) * (width + GAP));
  /** @param {Float32Array} values */
  return (values) => {
    const limit = largestOf(values);
    const factor = limit > 0 ? ZERO / limit : 0;
    for (let row = 0, at = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        const place = row * canvas.width + column;
        for (let channel = 0; channel < channels; channel++, at++) {
          words[corners[channel] + place] = colours[(values[at] * factor + ZERO + 0.5) | 0];
        }
      }
    }
    context.putImageData(image, 0, 0);
  };
}

/**
 * A painter of pixels in 0-1 as greys.
 * @param {HTMLCanvasElement} canvas
 * @param {number} side
 */
export function greyPainter(canvas, side) {
  Object.assign(canvas, { width: side, height: side });
  const context = contextOf(canvas);
  const image = context.createImageData(side, side);
  /** @param {Float32Array} pixels */
  return (pixels) => {
    for (let i = 0; i < pixels.length; i++) {
      const grey = pixels[i] * 255 + 0.5;
      image.data.set([grey, grey, grey, 255], 4 * i);
    }
    context.putImageData(image, 0, 0);
  };
}
