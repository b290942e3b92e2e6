// Numbers as pictures: the digit in grey, the maps of a layer side by side in the signed palette of the house, as
// core.figures.palette and core.figures.maps do it. Knows nothing of networks.

const [ZERO, PAPER, GAP] = [127, 255, 1];

/** 256 colours as the words that an ImageData is written in, from 768 bytes of RGB in base64. */
export function readPalette(base64) {
  const bytes = bytesOf(base64);
  const colours = new Uint8ClampedArray(256 * 4);
  for (let i = 0; i < 256; i++) colours.set([bytes[3 * i], bytes[3 * i + 1], bytes[3 * i + 2], 255], 4 * i);
  return new Uint32Array(colours.buffer);
}

export function bytesOf(base64) {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

/** The number of maps in a row: a divisor that makes the picture about twice as wide as high. */
function columnsFor(count) {
  const wanted = Math.sqrt(2 * count);
  let best = 1;
  for (let number = 1; number <= count; number++) {
    const closer = Math.abs(Math.log(number / wanted)) < Math.abs(Math.log(best / wanted));
    if (count % number === 0 && closer) best = number;
  }
  return best;
}

/** A painter of maps with channels last, {channels, height, width}, on a canvas; the largest magnitude is strongest. */
export function mapPainter(canvas, { channels, height, width }, palette) {
  const columns = columnsFor(channels);
  canvas.width = columns * (width + GAP) - GAP;
  canvas.height = (channels / columns) * (height + GAP) - GAP;
  const context = canvas.getContext("2d");
  const image = context.createImageData(canvas.width, canvas.height);
  const words = new Uint32Array(image.data.buffer).fill(palette[PAPER]);
  const corners = Array.from({ length: channels }, (_, channel) =>
    Math.floor(channel / columns) * (height + GAP) * canvas.width + (channel % columns) * (width + GAP));
  return (values) => {
    let limit = 0;
    for (const value of values) if (Math.abs(value) > limit) limit = Math.abs(value);
    const factor = limit > 0 ? ZERO / limit : 0;
    for (let row = 0, at = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        const place = row * canvas.width + column;
        for (let channel = 0; channel < channels; channel++, at++) {
          words[corners[channel] + place] = palette[(values[at] * factor + ZERO + 0.5) | 0];
        }
      }
    }
    context.putImageData(image, 0, 0);
  };
}

/** A painter of pixels in 0-1 as greys. */
export function greyPainter(canvas, side) {
  Object.assign(canvas, { width: side, height: side });
  const context = canvas.getContext("2d");
  const image = context.createImageData(side, side);
  return (pixels) => {
    for (let i = 0; i < pixels.length; i++) {
      const grey = pixels[i] * 255 + 0.5;
      image.data.set([grey, grey, grey, 255], 4 * i);
    }
    context.putImageData(image, 0, 0);
  };
}
