// What every unit computes over the whole plane, as pixels. Floats are enough for that. Knows no page.

import { sigmoid } from "./activations.js";
import { EDGE } from "./datasets.js";
import { featuresOf } from "./features.js";

/** @typedef {[number, number, number]} Colour red, green, blue in 0-255 */
/**
 * @typedef {object} Colours
 * @property {Colour[]} classes
 * @property {Colour[]} signed a palette of 255 from below zero to above
 * @property {Colour} middle where two classes are equally likely
 */

const STRENGTH = 0.6; // of the colour of a certain answer: the points on it are stronger
export const GRID = 100; // places along one side of the plane
export const PICTURE = 50; // pixels along one side of the picture of a unit
const BLOCK = 2 * GRID; // two rows at a time stay in the fastest memory

export class Pictures {
  /** @param {import("./network.js").Network} network @param {readonly import("./features.js").Feature[]} features */
  constructor(network, features) {
    const { engine, sizes } = network;
    this.network = network;
    this.weights = network.weights.map((part) => engine.float32(part.length));
    this.biases = network.biases.map((part) => engine.float32(part.length));
    this.z = sizes.map((units) => engine.float32(units * BLOCK));
    this.a = sizes.map((units) => engine.float32(units * BLOCK));
    this.inputs = blocksOf(features, engine);
    this.units = sizes.slice(1).reduce((sum, units) => sum + units, 0);
    this.values = new Float32Array(this.units * PICTURE * PICTURE); // of every unit, the outputs last
    this.outputs = new Float32Array(sizes[network.layers] * GRID * GRID);
  }

  /** Work out `values` and `outputs` with the weights of now. */
  compute() {
    const { network } = this;
    network.weights.forEach((part, l) => this.weights[l].set(part));
    network.biases.forEach((part, l) => this.biases[l].set(part));
    this.inputs.forEach((inputs, block) => this.#block(inputs, block));
  }

  /** @param {Float32Array} inputs @param {number} block */
  #block(inputs, block) {
    const { network, z, a } = this;
    const { sizes, layers, activation, engine } = network;
    let from = inputs;
    let unit = 0;
    for (let l = 0; l < layers; l++) {
      engine.affine32(this.weights[l], this.biases[l], from, z[l + 1], sizes[l], sizes[l + 1], BLOCK);
      if (l === layers - 1) from = z[l + 1];
      else engine.activate32(activation, z[l + 1], (from = a[l + 1]), sizes[l + 1] * BLOCK);
      for (let j = 0; j < sizes[l + 1]; j++, unit++) this.#thin(from, j * BLOCK, unit, block);
    }
    const last = z[layers];
    for (let j = 0; j < sizes[layers]; j++) {
      this.outputs.set(last.subarray(j * BLOCK, (j + 1) * BLOCK), j * GRID * GRID + block * BLOCK);
    }
  }

  /** Keep every other place of the first of two rows. @param {Float32Array} from @param {number} at
   * @param {number} unit @param {number} row */
  #thin(from, at, unit, row) {
    const to = unit * PICTURE * PICTURE + row * PICTURE;
    for (let k = 0; k < PICTURE; k++) this.values[to + k] = from[at + 2 * k];
  }
}

/** @param {readonly import("./features.js").Feature[]} features @param {import("./engine.js").Engine} engine */
function blocksOf(features, engine) {
  const place = (/** @type {number} */ k) => ((k + 0.5) / GRID) * 2 * EDGE - EDGE;
  return Array.from({ length: GRID / 2 }, (_, block) => {
    const points = new Float64Array(2 * BLOCK);
    for (let s = 0; s < BLOCK; s++) {
      points[2 * s] = place(s % GRID);
      points[2 * s + 1] = -place(2 * block + Math.floor(s / GRID)); // the first row is at the top
    }
    const made = engine.float32(features.length * BLOCK);
    made.set(featuresOf(features, points));
    return made;
  });
}

/** @param {Colour} colour @returns {number} as a pixel of a canvas (little endian, as all browsers' machines are) */
const pixel = ([red, green, blue]) => ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;

/** @param {Colour} one @param {Colour} other @param {number} share of the other @returns {Colour} */
export function mix(one, other, share) {
  return /** @type {Colour} */ (one.map((part, k) => Math.round(part + (other[k] - part) * share)));
}

/** Paints numbers; colours are looked up. */
export class Painter {
  /** @param {Colours} colours */
  constructor(colours) {
    this.signed = Uint32Array.from(colours.signed, pixel);
    this.classes = colours.classes.map((colour) =>
      Array.from({ length: 256 }, (_, k) => mix(colours.middle, colour, (k / 255) ** 1.2 * STRENGTH)),
    );
    this.two = Uint32Array.from({ length: 512 }, (_, k) =>
      pixel(k < 256 ? this.classes[0][255 - k] : this.classes[1][k - 256]),
    );
    this.many = this.classes.map((ramp) => Uint32Array.from(ramp, pixel));
  }

  /**
   * Signed values: blue below zero, white at zero, red above.
   * @param {Float32Array} values @param {number} limit and beyond is the end of the palette
   * @param {Uint32Array} pixels
   */
  paintSigned(values, limit, pixels) {
    const [half, palette] = [127 / limit, this.signed];
    for (let k = 0; k < pixels.length; k++) {
      const place = values[k] * half + 127.5;
      pixels[k] = palette[place > 254 ? 254 : place > 0 ? place | 0 : place <= 0 ? 0 : 127]; // NaN is white
    }
  }

  /**
   * What the network answers over the plane.
   * @param {import("./network.js").Goal} goal
   * @param {Float32Array} outputs (outputs, places)
   * @param {Uint32Array} pixels
   */
  paintAnswer(goal, outputs, pixels) {
    if (goal === "number") this.paintSigned(outputs, 1, pixels);
    else if (goal === "binary") {
      for (let k = 0; k < pixels.length; k++) {
        const share = sigmoid(outputs[k]);
        pixels[k] = this.two[share >= 0 ? (share * 511.99) | 0 : 256]; // NaN is neither class
      }
    } else this.#paintClasses(outputs, pixels);
  }

  /** Every place has the colour of its likeliest class, the paler the less likely. @param {Float32Array} outputs
   * @param {Uint32Array} pixels */
  #paintClasses(outputs, pixels) {
    const [places, classes] = [pixels.length, outputs.length / pixels.length];
    for (let k = 0; k < places; k++) {
      let [best, most] = [0, outputs[k]];
      for (let j = 1; j < classes; j++) if (outputs[j * places + k] > most) [best, most] = [j, outputs[j * places + k]];
      let total = 0;
      for (let j = 0; j < classes; j++) total += Math.exp(outputs[j * places + k] - most);
      const sure = (1 / total - 1 / classes) / (1 - 1 / classes);
      pixels[k] = this.many[best][sure > 0 ? (sure * 255) | 0 : 0];
    }
  }
}

/** @param {Float32Array} values of a unit @returns {number} at which its picture has the full colour */
export function limitOf(values) {
  let most = 1e-6;
  for (let k = 0; k < values.length; k++) if (Math.abs(values[k]) > most) most = Math.abs(values[k]);
  return most;
}
