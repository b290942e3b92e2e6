// Where the sums are done: by WebAssembly with vectors where the browser has them, otherwise by plain JavaScript. Both
// give the same numbers to the last bits. An engine owns the memory of one network, so nothing is ever freed.

import { activate, chain, TANH_TABLE } from "./activations.js";
import { affine, gradients, transposed } from "./kernels.js";
import { MODULE } from "./kernels_wasm.js";

/** @typedef {import("./activations.js").Activation} Activation */
/** @typedef {Float64Array | Float32Array} Numbers */
/**
 * @typedef {object} Engine
 * @property {(length: number) => Float64Array} float64 room for numbers, all 0
 * @property {(length: number) => Float32Array} float32 room for numbers of pictures, all 0
 * @property {(w: Float64Array, b: Float64Array, x: Float64Array, z: Float64Array, inputs: number, outputs: number,
 *   lanes: number) => void} affine
 * @property {(w: Float64Array, delta: Float64Array, back: Float64Array, inputs: number, outputs: number,
 *   lanes: number) => void} transposed
 * @property {(delta: Float64Array, x: Float64Array, gradW: Float64Array, gradB: Float64Array, inputs: number,
 *   outputs: number, lanes: number) => void} gradients
 * @property {(name: Activation, z: Float64Array, a: Float64Array, end: number) => void} activate
 * @property {(name: Activation, z: Float64Array, a: Float64Array, delta: Float64Array, end: number) => void} chain
 * @property {(w: Float32Array, b: Float32Array, x: Float32Array, z: Float32Array, inputs: number, outputs: number,
 *   lanes: number) => void} affine32 `lanes` is a multiple of eight
 * @property {(name: Activation, z: Float32Array, a: Float32Array, end: number) => void} activate32
 */

const PAGE = 65536;
const PAGES = 128; // 8 MB for one network, far more than the largest takes

/** @returns {Engine} plain JavaScript */
export function plainEngine() {
  return {
    float64: (length) => new Float64Array(length),
    float32: (length) => new Float32Array(length),
    affine,
    transposed,
    gradients,
    activate,
    chain,
    affine32: affine,
    activate32: activate,
  };
}

/** @type {WebAssembly.Module | null | undefined} */
let compiled;

/** @returns {WebAssembly.Module | null} null where there are no vectors */
function compile() {
  try {
    return new WebAssembly.Module(Uint8Array.from(atob(MODULE), (letter) => letter.charCodeAt(0)));
  } catch {
    return null; // an old browser, or a rule of the school's proxy against WebAssembly
  }
}

/** @returns {Engine} the fastest there is here */
export function fastestEngine() {
  compiled ??= compile();
  return compiled ? vectorEngine(compiled) : plainEngine();
}

/** @param {WebAssembly.Module} module @returns {Engine} */
function vectorEngine(module) {
  const memory = new WebAssembly.Memory({ initial: PAGES, maximum: PAGES });
  const instance = new WebAssembly.Instance(module, { room: { memory } });
  const wasm = /** @type {Record<string, (...places: number[]) => void>} */ (instance.exports);
  let used = 16;

  /** @param {number} bytes @returns {number} */
  const take = (bytes) => {
    const place = used;
    used = (used + bytes + 15) & ~15;
    if (used > PAGES * PAGE) throw new RangeError("The network needs more memory than there is.");
    return place;
  };
  /** @param {number} length */
  const float64 = (length) => new Float64Array(memory.buffer, take(8 * length), length);
  const table = float64(TANH_TABLE.length);
  table.set(TANH_TABLE);
  const at = table.byteOffset;
  return {
    float64,
    float32: (length) => new Float32Array(memory.buffer, take(4 * length), length),
    affine: (w, b, x, z, inputs, outputs, lanes) =>
      wasm.affine(w.byteOffset, b.byteOffset, x.byteOffset, z.byteOffset, inputs, outputs, lanes),
    transposed: (w, delta, back, inputs, outputs, lanes) =>
      wasm.transposed(w.byteOffset, delta.byteOffset, back.byteOffset, inputs, outputs, lanes),
    gradients: (delta, x, gradW, gradB, inputs, outputs, lanes) =>
      wasm.gradients(delta.byteOffset, x.byteOffset, gradW.byteOffset, gradB.byteOffset, inputs, outputs, lanes),
    activate(name, z, a, end) {
      if (name === "tanh" || name === "sigmoid") wasm[name](z.byteOffset, a.byteOffset, end, at);
      else if (name === "relu") wasm.relu(z.byteOffset, a.byteOffset, end);
      else activate(name, z, a, end);
    },
    chain(name, z, a, delta, end) {
      if (name === "tanh") wasm.chainTanh(a.byteOffset, delta.byteOffset, end);
      else if (name === "sigmoid") wasm.chainSigmoid(a.byteOffset, delta.byteOffset, end);
      else if (name === "relu") wasm.chainRelu(z.byteOffset, delta.byteOffset, end);
      else chain(name, z, a, delta, end);
    },
    affine32: (w, b, x, z, inputs, outputs, lanes) =>
      wasm.affine32(w.byteOffset, b.byteOffset, x.byteOffset, z.byteOffset, inputs, outputs, lanes),
    activate32(name, z, a, end) {
      if (name === "tanh" || name === "sigmoid" || name === "relu") wasm[`${name}32`](z.byteOffset, a.byteOffset, end);
      else activate(name, z, a, end);
    },
  };
}
