// The arithmetic: convolution, activation and pooling, as torch.nn.functional does them. Knows nothing of the page.

/**
 * A picture or a map, values row by row.
 * @typedef {{ height: number, width: number, values: Float64Array }} Grid
 */

/**
 * `pads` are the zeros before and after the picture along one side.
 * @typedef {"none" | "ReLU" | "sigmoid" | "tanh"} Activation
 * @typedef {{ kernelSize: number, stride: number, pads: [number, number], dilation: number, bias: number,
 *   activation: Activation }} Conv
 * @typedef {{ kind: "max" | "average", kernelSize: number, stride: number }} Pool
 */

/**
 * A number of the picture under the kernel, 0 in the padding, and the weight that meets it.
 * @typedef {{ row: number, column: number, inside: boolean, weight: number, value: number }} Tap
 */

/**
 * Cells that a kernel covers along one side, with the gaps of its dilation.
 * @param {Conv} conv
 */
export function spanOf(conv) {
  return conv.dilation * (conv.kernelSize - 1) + 1;
}

/**
 * What the kernel touches for one output cell.
 * @param {Grid} picture
 * @param {number[]} weights
 * @param {Conv} conv
 * @param {number} row
 * @param {number} column
 */
export function tapsOf(picture, weights, conv, row, column) {
  /** @type {Tap[]} */
  const taps = [];
  const [top, left] = [row * conv.stride - conv.pads[0], column * conv.stride - conv.pads[0]];
  for (let i = 0; i < conv.kernelSize; i++) {
    for (let j = 0; j < conv.kernelSize; j++) {
      const [r, c] = [top + i * conv.dilation, left + j * conv.dilation];
      const inside = r >= 0 && c >= 0 && r < picture.height && c < picture.width;
      taps.push({ row: r, column: c, inside, weight: weights[i * conv.kernelSize + j],
        value: inside ? picture.values[r * picture.width + c] : 0 });
    }
  }
  return taps;
}

/**
 * All weighted sums with the bias: conv2d of one picture with one kernel.
 * @param {Grid} picture
 * @param {number[]} weights
 * @param {Conv} conv
 * @returns {Grid}
 */
export function convolve(picture, weights, conv) {
  /** @param {number} length */
  const places = (length) => Math.floor((length + conv.pads[0] + conv.pads[1] - spanOf(conv)) / conv.stride) + 1;
  const [height, width, size] = [places(picture.height), places(picture.width), conv.kernelSize];
  const values = new Float64Array(height * width);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      let sum = 0;
      for (let i = 0; i < size; i++) {
        const r = row * conv.stride - conv.pads[0] + i * conv.dilation;
        if (r < 0 || r >= picture.height) continue;
        for (let j = 0; j < size; j++) {
          const c = column * conv.stride - conv.pads[0] + j * conv.dilation;
          if (c >= 0 && c < picture.width) sum += picture.values[r * picture.width + c] * weights[i * size + j];
        }
      }
      values[row * width + column] = sum + conv.bias;
    }
  }
  return { height, width, values };
}

/**
 * @param {number} x
 * @param {Activation} activation
 */
export function activate(x, activation) {
  if (activation === "ReLU") return Math.max(0, x);
  if (activation === "sigmoid") return 1 / (1 + Math.exp(-x));
  return activation === "tanh" ? Math.tanh(x) : x;
}

/**
 * The values under the pooling window of one cell.
 * @param {Grid} map
 * @param {Pool} pool
 * @param {number} row
 * @param {number} column
 */
export function windowOf(map, pool, row, column) {
  /** @type {number[]} */
  const values = [];
  for (let i = 0; i < pool.kernelSize; i++) {
    const start = (row * pool.stride + i) * map.width + column * pool.stride;
    values.push(...map.values.subarray(start, start + pool.kernelSize));
  }
  return values;
}

/**
 * max_pool2d or avg_pool2d without padding.
 * @param {Grid} map
 * @param {Pool} pool
 * @returns {Grid}
 */
export function poolOver(map, pool) {
  /** @param {number} length */
  const places = (length) => Math.floor((length - pool.kernelSize) / pool.stride) + 1;
  const [height, width] = [places(map.height), places(map.width)];
  const values = new Float64Array(height * width);
  for (let index = 0; index < values.length; index++) {
    values[index] = poolValues(windowOf(map, pool, Math.floor(index / width), index % width), pool.kind);
  }
  return { height, width, values };
}

/**
 * @param {number[]} values
 * @param {Pool["kind"]} kind
 */
export function poolValues(values, kind) {
  return kind === "max" ? Math.max(...values) : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * The place of the largest magnitude.
 * @param {Grid} map
 */
export function strongestOf({ values, width }) {
  let best = 0;
  values.forEach((x, i) => { if (Math.abs(x) > Math.abs(values[best])) best = i; });
  return { row: Math.floor(best / width), column: best % width };
}
