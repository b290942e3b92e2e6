// From the pixels of a canvas to the 28x28 that the networks read: core.data.images.digits.prepare(canvas, "light"),
// step by step and to the same rounding. A browser test compares both on hundreds of drawings. Knows no page and no
// network.

/**
 * RGBA bytes, as an ImageData has them.
 * @typedef {{ data: ArrayLike<number>, width: number, height: number }} Picture
 * @typedef {{ mass: number, row: number, column: number, top: number, bottom: number, left: number, right: number }}
 *   Piece of ink; row and column are sums over its mass
 */

export const SIDE = 28;
const BOX = 20;
const FAINT = 0.04;
const EDGE = Math.fround(0.2);
const single = Math.fround; // Python computes in single precision, and some thresholds lie exactly on a grey

/**
 * Python's round: halves go to the even neighbour.
 * @param {number} x
 */
function round(x) {
  const below = Math.floor(x);
  if (x - below !== 0.5) return Math.round(x);
  return below % 2 === 0 ? below : below + 1;
}

/**
 * The brightness of RGBA bytes in 0-1; what is transparent lies on the paper that the ink stands out from.
 * @param {ArrayLike<number>} rgba
 * @param {number} count of pixels
 */
function brightness(rgba, count) {
  const grey = new Float32Array(count);
  const [red, green, blue] = [single(0.299), single(0.587), single(0.114)];
  let [faintest, visible, ink] = [255, 0, 0];
  for (let i = 0, at = 0; i < count; i++, at += 4) {
    const alpha = rgba[at + 3];
    if (alpha < faintest) faintest = alpha;
    if (alpha === 0) continue;
    const value = single(single(single(red * single(rgba[at] / 255)) + single(green * single(rgba[at + 1] / 255))) +
      single(blue * single(rgba[at + 2] / 255)));
    grey[i] = value;
    visible += alpha / 255;
    ink += (value * alpha) / 255;
  }
  if (faintest / 255 > 0.99) return grey;
  const paper = visible > 0 && ink / visible < 0.5 ? 1 : 0;
  for (let i = 0; i < count; i++) {
    const alpha = rgba[4 * i + 3];
    if (alpha === 255 || (alpha === 0 && paper === 0)) continue; // stays: all ink, or paper that is 0 already
    const share = single(alpha / 255);
    grey[i] = single(single(grey[i] * share) + single(paper * single(1 - share)));
  }
  return grey;
}

/**
 * The pieces of ink above a limit that hang together, corners included, in the order in which rows meet them.
 * @param {Float32Array} ink
 * @param {number} width
 * @param {number} height
 * @param {number} limit
 */
function piecesOf(ink, width, height, limit) {
  const labels = new Int32Array(width * height);
  /** @type {Piece[]} */
  const pieces = [];
  /** @type {number[]} */
  const stack = [];
  for (let start = 0; start < labels.length; start++) {
    if (labels[start] || !(ink[start] > limit)) continue;
    const label = pieces.length + 1;
    const piece = { mass: 0, row: 0, column: 0, top: height, bottom: 0, left: width, right: 0 };
    labels[start] = label;
    stack.push(start);
    for (let place = stack.pop(); place !== undefined; place = stack.pop()) {
      const row = (place / width) | 0;
      const column = place - row * width;
      const value = ink[place];
      piece.mass += value;
      piece.row += value * row;
      piece.column += value * column;
      if (row < piece.top) piece.top = row;
      if (row >= piece.bottom) piece.bottom = row + 1;
      if (column < piece.left) piece.left = column;
      if (column >= piece.right) piece.right = column + 1;
      for (let r = Math.max(0, row - 1); r <= row + 1 && r < height; r++) {
        for (let c = Math.max(0, column - 1); c <= column + 1 && c < width; c++) {
          const next = r * width + c;
          if (!labels[next] && ink[next] > limit) {
            labels[next] = label;
            stack.push(next);
          }
        }
      }
    }
    pieces.push(piece);
  }
  return { labels, pieces };
}

/**
 * Drop stray specks: pieces far smaller than the largest that lie away from it.
 * @param {Float32Array} ink is changed
 * @param {number} width
 * @param {number} height
 * @param {number} peak the strongest ink
 */
function dropSpecks(ink, width, height, peak) {
  const { labels, pieces } = piecesOf(ink, width, height, single(EDGE * peak));
  if (pieces.length < 2) return;
  const largest = pieces.reduce((most, piece) => (piece.mass > most.mass ? piece : most));
  const margin = 0.15 * Math.max(largest.bottom - largest.top, largest.right - largest.left);
  const stray = pieces.map((piece) => {
    const [row, column, share] = [piece.row / piece.mass, piece.column / piece.mass, piece.mass / largest.mass];
    const outside = row < largest.top - margin || row > largest.bottom + margin ||
      column < largest.left - margin || column > largest.right + margin;
    return share < 0.01 || (share < 0.08 && outside);
  });
  if (!stray.some(Boolean)) return;
  for (let place = 0; place < labels.length; place++) { // the strays and two pixels around them, but nothing that stays
    if (!labels[place] || !stray[labels[place] - 1]) continue;
    const row = (place / width) | 0;
    const column = place - row * width;
    for (let r = Math.max(0, row - 2); r <= row + 2 && r < height; r++) {
      for (let c = Math.max(0, column - 2); c <= column + 2 && c < width; c++) {
        const label = labels[r * width + c];
        if (!label || stray[label - 1]) ink[r * width + c] = 0;
      }
    }
  }
}

/**
 * The box around the ink above a limit: [top, bottom, left, right], the ends excluded.
 * @param {Float32Array} ink
 * @param {number} width
 * @param {number} height
 * @param {number} limit
 */
function boxOf(ink, width, height, limit) {
  let [top, bottom, left, right] = [height, 0, width, 0];
  for (let row = 0, place = 0; row < height; row++) {
    for (let column = 0; column < width; column++, place++) {
      if (!(ink[place] > limit)) continue;
      if (row < top) top = row;
      bottom = row + 1;
      if (column < left) left = column;
      if (column >= right) right = column + 1;
    }
  }
  return [top, bottom, left, right];
}

/**
 * Where a resized line takes its pixels from, and with which weights: Pillow's Hamming filter.
 * @param {number} from length of the line
 * @param {number} to
 */
function taps(from, to) {
  const scale = from / to;
  const stretch = Math.max(scale, 1); // a filter is never narrower than a pixel
  return Array.from({ length: to }, (_, place) => {
    const centre = (place + 0.5) * scale;
    const first = Math.max(0, Math.trunc(centre - stretch + 0.5));
    const last = Math.min(from, Math.trunc(centre + stretch + 0.5));
    const weights = [];
    for (let x = first; x < last; x++) weights.push(hamming((x - centre + 0.5) / stretch));
    const sum = weights.reduce((all, weight) => all + weight, 0);
    return { first, weights: weights.map((weight) => weight / sum) };
  });
}

/** @param {number} x */
function hamming(x) {
  const distance = Math.abs(x) * Math.PI;
  if (distance === 0) return 1;
  return distance >= Math.PI ? 0 : (Math.sin(distance) / distance) * (0.54 + 0.46 * Math.cos(distance));
}

/**
 * A picture resized first along its rows, then along its columns.
 * @param {Float32Array} picture
 * @param {number} width
 * @param {number} height
 * @param {number} newWidth
 * @param {number} newHeight
 */
function resize(picture, width, height, newWidth, newHeight) {
  const [across, down] = [taps(width, newWidth), taps(height, newHeight)];
  const middle = new Float32Array(newWidth * height);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < newWidth; column++) {
      const { first, weights } = across[column];
      let sum = 0;
      for (let k = 0; k < weights.length; k++) sum += picture[row * width + first + k] * weights[k];
      middle[row * newWidth + column] = sum;
    }
  }
  const result = new Float32Array(newWidth * newHeight);
  for (let row = 0; row < newHeight; row++) {
    const { first, weights } = down[row];
    for (let column = 0; column < newWidth; column++) {
      let sum = 0;
      for (let k = 0; k < weights.length; k++) sum += middle[(first + k) * newWidth + column] * weights[k];
      result[row * newWidth + column] = sum;
    }
  }
  return result;
}

/**
 * The ink in 28x28 with its centre of mass in the middle.
 * @param {Float32Array} small
 * @param {number} width
 * @param {number} height
 */
function centred(small, width, height) {
  let [mass, rows, columns] = [0, 0, 0];
  for (let place = 0; place < small.length; place++) {
    mass += small[place];
    rows += small[place] * Math.floor(place / width);
    columns += small[place] * (place % width);
  }
  const clip = (/** @type {number} */ x, /** @type {number} */ most) => Math.min(Math.max(x, 0), most);
  const top = clip(round(SIDE / 2 - rows / mass), SIDE - height);
  const left = clip(round(SIDE / 2 - columns / mass), SIDE - width);
  const pixels = new Float32Array(SIDE * SIDE);
  for (let row = 0; row < height; row++) {
    pixels.set(small.subarray(row * width, (row + 1) * width), (top + row) * SIDE + left);
  }
  return pixels;
}

/**
 * The 28x28 pixels in 0-1 that are made of a canvas; null for an empty sheet.
 * @param {Picture} picture
 */
export function prepare({ data, width, height }) {
  const ink = brightness(data, width * height);
  let [low, high] = [Infinity, -Infinity];
  for (const value of ink) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (!(high - low > FAINT)) return null;
  if (low !== 0) for (let i = 0; i < ink.length; i++) ink[i] -= low;
  dropSpecks(ink, width, height, single(high - low));
  let peak = 0;
  for (const value of ink) if (value > peak) peak = value;
  if (peak <= 0) return null;
  if (peak !== 1) for (let i = 0; i < ink.length; i++) ink[i] /= peak;

  const [top, bottom, left, right] = boxOf(ink, width, height, EDGE);
  const [cropWidth, cropHeight] = [right - left, bottom - top];
  const crop = new Float32Array(cropWidth * cropHeight);
  for (let row = 0; row < cropHeight; row++) {
    const start = (top + row) * width + left;
    crop.set(ink.subarray(start, start + cropWidth), row * cropWidth);
  }
  const ratio = BOX / Math.max(cropWidth, cropHeight);
  const [newWidth, newHeight] = [cropWidth, cropHeight].map((side) => Math.max(1, round(side * ratio)));
  const small = resize(crop, cropWidth, cropHeight, newWidth, newHeight);
  let darkest = 0;
  for (let i = 0; i < small.length; i++) {
    small[i] = Math.min(Math.max(small[i], 0), 1);
    if (small[i] > darkest) darkest = small[i];
  }
  for (let i = 0; i < small.length; i++) small[i] /= Math.max(darkest, 1e-6);
  return centred(small, newWidth, newHeight);
}

/**
 * How far two drawings of 28x28 lie apart, a pixel on average.
 * @param {Float32Array} one
 * @param {Float32Array} other
 */
export function meanDifference(one, other) {
  let sum = 0;
  for (let i = 0; i < one.length; i++) sum += Math.abs(one[i] - other[i]);
  return sum / one.length;
}
