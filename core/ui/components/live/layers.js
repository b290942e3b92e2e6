// What the layers of a network do, as torch.nn does it. Knows nothing of pages, files or digits.
//
// Maps lie with their channels last: value (row, column, channel) at (row * width + column) * channels + channel.
// A row of numbers is a map of 1 x 1 cell. Every function fills `output` from `input`.

/**
 * @typedef {{ channels: number, height: number, width: number }} Size
 * @typedef {[number, number]} Pair for rows, for columns
 */

/**
 * A layer as `core/inspection/images/serialisation.py` describes it; of the settings only those of its kind are there.
 * `padding` is [left, right, top, bottom] in a ZeroPad2d.
 * @typedef {{
 *   kind: string, name: string, from: Size, to: Size, numbers: Record<string, Float32Array>,
 *   kernel: Pair, stride: Pair, padding: number[], dilation: Pair,
 *   factor: number, offset: number, slope: number, approximate: string,
 * }} Layer
 * @typedef {(layer: Layer, input: Float32Array, output: Float32Array) => void} Forward
 */

/**
 * Conv2d. What is zero (paper, and most cells after a ReLU) costs nothing.
 * @type {Forward}
 */
function convolve(layer, input, output) {
  const { from, to, kernel, stride, padding, dilation, numbers } = layer;
  const { weight, bias } = numbers;
  const [ins, outs] = [from.channels, to.channels];
  for (let row = 0, at = 0; row < to.height; row++) {
    for (let column = 0; column < to.width; column++, at += outs) {
      output.set(bias, at);
      for (let i = 0; i < kernel[0]; i++) {
        const r = row * stride[0] - padding[0] + i * dilation[0];
        if (r < 0 || r >= from.height) continue;
        for (let j = 0; j < kernel[1]; j++) {
          const c = column * stride[1] - padding[1] + j * dilation[1];
          if (c < 0 || c >= from.width) continue;
          const place = (r * from.width + c) * ins;
          addRows(input, place, ins, weight, (i * kernel[1] + j) * ins * outs, output, at, outs);
        }
      }
    }
  }
}

/**
 * Add to `outs` numbers the rows of a weight table (ins, outs), each times its input.
 * @param {Float32Array} input
 * @param {number} place of the first input
 * @param {number} ins
 * @param {Float32Array} weight
 * @param {number} start of the first row
 * @param {Float32Array} output
 * @param {number} at place of the first output
 * @param {number} outs
 */
function addRows(input, place, ins, weight, start, output, at, outs) {
  for (let k = 0, w = start; k < ins; k++, w += outs) {
    const value = input[place + k];
    if (value === 0) continue;
    for (let o = 0; o < outs; o++) output[at + o] += value * weight[w + o];
  }
}

/** @type {Forward} */
function linear(layer, input, output) {
  const { weight, bias } = layer.numbers;
  output.set(bias);
  addRows(input, 0, layer.from.channels, weight, 0, output, 0, layer.to.channels);
}

/**
 * MaxPool2d and AvgPool2d; what lies outside the map is never the largest, and counts as zero in the mean.
 * @type {Forward}
 */
function pool(layer, input, output) {
  const { from, to, kernel, stride, padding } = layer;
  const [channels, largest, cells] = [from.channels, layer.kind === "MaxPool2d", kernel[0] * kernel[1]];
  output.fill(largest ? -Infinity : 0);
  for (let row = 0, at = 0; row < to.height; row++) {
    for (let column = 0; column < to.width; column++, at += channels) {
      for (let i = 0; i < kernel[0]; i++) {
        const r = row * stride[0] - padding[0] + i;
        if (r < 0 || r >= from.height) continue;
        for (let j = 0; j < kernel[1]; j++) {
          const c = column * stride[1] - padding[1] + j;
          if (c < 0 || c >= from.width) continue;
          const place = (r * from.width + c) * channels;
          if (largest) {
            for (let k = 0; k < channels; k++) {
              if (input[place + k] > output[at + k]) output[at + k] = input[place + k];
            }
          } else {
            for (let k = 0; k < channels; k++) output[at + k] += input[place + k];
          }
        }
      }
      if (!largest) for (let k = 0; k < channels; k++) output[at + k] /= cells;
    }
  }
}

/**
 * Flatten: PyTorch lays one whole map after the other.
 * @type {Forward}
 */
function flatten(layer, input, output) {
  const { channels, height, width } = layer.from;
  const cells = height * width;
  for (let cell = 0, at = 0; cell < cells; cell++) {
    for (let channel = 0; channel < channels; channel++) output[channel * cells + cell] = input[at++];
  }
}

/**
 * ZeroPad2d; negative padding cuts off.
 * @type {Forward}
 */
function zeroPad(layer, input, output) {
  const { from, to, padding } = layer;
  const [left, , top] = padding;
  output.fill(0);
  for (let row = 0; row < to.height; row++) {
    const r = row - top;
    if (r < 0 || r >= from.height) continue;
    for (let column = 0; column < to.width; column++) {
      const c = column - left;
      if (c < 0 || c >= from.width) continue;
      const place = (r * from.width + c) * from.channels;
      output.set(input.subarray(place, place + from.channels), (row * to.width + column) * to.channels);
    }
  }
}

/**
 * BatchNorm in evaluation: a factor and an offset for every channel.
 * @type {Forward}
 */
function normalise(layer, input, output) {
  const { factor, offset } = layer.numbers;
  const channels = layer.from.channels;
  for (let i = 0; i < input.length; i += channels) {
    for (let k = 0; k < channels; k++) output[i + k] = input[i + k] * factor[k] + offset[k];
  }
}

/**
 * The error function, to 1.2e-7: Press et al., "Numerical Recipes", 2nd edition, section 6.2 (erfcc).
 * @param {number} x
 */
function erf(x) {
  const z = Math.abs(x);
  const t = 1 / (1 + 0.5 * z);
  const terms = [-1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587,
    -0.82215223, 0.17087277];
  const tail = t * Math.exp(-z * z + terms.reduceRight((sum, term) => sum * t + term, 0));
  return x >= 0 ? 1 - tail : tail - 1;
}

/**
 * @param {number} x
 * @param {Layer} layer
 */
function gelu(x, layer) {
  if (layer.approximate === "tanh") {
    return 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
  }
  return 0.5 * x * (1 + erf(x / Math.SQRT2));
}

/**
 * A layer that does the same to every number.
 * @param {(x: number, layer: Layer) => number} change
 * @returns {Forward}
 */
function each(change) {
  return (layer, input, output) => {
    for (let i = 0; i < input.length; i++) output[i] = change(input[i], layer);
  };
}

/**
 * The layers by PyTorch's names.
 * @type {Record<string, Forward>}
 */
export const LAYERS = {
  Conv2d: convolve,
  Linear: linear,
  MaxPool2d: pool,
  AvgPool2d: pool,
  Flatten: flatten,
  ZeroPad2d: zeroPad,
  BatchNorm1d: normalise,
  BatchNorm2d: normalise,
  Scale: each((x, layer) => x * layer.factor + layer.offset),
  ReLU: each((x) => (x > 0 ? x : x === x ? 0 : x)), // not a number stays so, as in PyTorch
  LeakyReLU: each((x, layer) => (x >= 0 ? x : x * layer.slope)),
  Sigmoid: each((x) => 1 / (1 + Math.exp(-x))),
  Tanh: each((x) => Math.tanh(x)),
  GELU: each(gelu),
};

/**
 * Probabilities of logits.
 * @param {Float32Array} logits
 */
export function softmax(logits) {
  const most = logits.reduce((largest, x) => Math.max(largest, x), -Infinity);
  const powers = Array.from(logits, (x) => Math.exp(x - most));
  const sum = powers.reduce((all, x) => all + x, 0);
  return powers.map((x) => x / sum);
}
