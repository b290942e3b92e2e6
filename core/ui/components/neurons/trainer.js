// A network and the points it learns from: the split, the batches, one update after the other. Knows no page.

import { featuresOf } from "./features.js";
import { Network } from "./network.js";
import { Optimiser } from "./optimisers.js";
import { shuffle, uniform } from "./random.js";

/** @typedef {import("./datasets.js").Points} Points */
/** @typedef {import("./network.js").Batch} Batch */
/** @typedef {import("./settings.js").Settings} Settings */
/**
 * All that a training needs to go on alike.
 * @typedef {object} Saved
 * @property {Float64Array} params weights and biases
 * @property {Float64Array} first memory of the optimiser
 * @property {Float64Array} second
 * @property {number} made updates of the optimiser
 * @property {number} steps
 * @property {number} epochs
 * @property {number} at examples of this epoch that have been learnt from
 * @property {Uint32Array} order of the examples in this epoch
 * @property {number} random state of the random numbers
 */
/** @typedef {{ loss: number, right: number, count: number }} Score right answers; of a number to predict, the share of
 * its variance that is explained, not a number where all are the same */

const LOOK = 200; // examples that are looked at together when nothing is learnt

/** @param {Points} points @returns {import("./network.js").Goal} */
export const goalOf = (points) => (points.classes === 0 ? "number" : points.classes === 2 ? "binary" : "classes");

/** @param {Points} points @param {Settings} settings @returns {number[]} units of every layer */
export function sizesOf(points, settings) {
  return [settings.features.length, ...settings.layers, points.classes > 2 ? points.classes : 1];
}

/**
 * Which points are trained on and which are kept for the test, by the seed.
 * @param {number} count @param {number} share for the test, in percent @param {number} seed
 * @returns {{ train: Uint32Array, test: Uint32Array }}
 */
export function split(count, share, seed) {
  const order = Uint32Array.from({ length: count }, (_, k) => k);
  shuffle(order, uniform(seed * 104729 + 17));
  const kept = Math.min(Math.round((count * share) / 100), Math.max(0, count - 1)); // one is left to learn from
  return { train: order.slice(kept), test: order.slice(0, kept) };
}

export class Trainer {
  /** @param {Points} points @param {Settings} settings @param {import("./engine.js").Engine} [engine] */
  constructor(points, settings, engine) {
    this.points = points;
    this.settings = settings;
    this.network = new Network(sizesOf(points, settings), settings.activation, goalOf(points), engine);
    this.network.begin(uniform(settings.seed * 31337 + 5));
    this.random = uniform(settings.seed * 65537 + 11);
    const { train, test } = split(points.y.length, settings.test, settings.seed);
    this.train = train;
    this.test = test;
    this.order = train.slice();
    this.features = featuresOf(settings.features, points.x);
    this.optimiser = new Optimiser(settings.optimiser, this.network.count);
    this.look = this.network.room(LOOK);
    /** @type {Map<number, Batch>} */ this.rooms = new Map(); // by lanes: an engine frees nothing
    this.batch = this.#room(settings.batch);
    this.steps = 0;
    this.epochs = 0;
    this.at = 0; // examples of this epoch that have been learnt from
  }

  /**
   * Go on with the weights, and the state of the optimiser, of another one of the same shape.
   * @param {Trainer} other
   */
  takeOver(other) {
    this.network.params.set(other.network.params);
    this.steps = other.steps;
    this.epochs = other.epochs;
    if (other.optimiser.name === this.optimiser.name) this.optimiser = other.optimiser;
  }

  /** @returns {Saved} */
  save() {
    const { network, optimiser, steps, epochs, at, order, random } = this;
    return {
      params: network.params.slice(),
      first: optimiser.first.slice(),
      second: optimiser.second.slice(),
      made: optimiser.steps,
      steps,
      epochs,
      at,
      order: order.slice(),
      random: random.state,
    };
  }

  /** @param {Saved} saved by a training of the same network; where its points were others, the epoch begins anew */
  restore({ params, first, second, made, steps, epochs, at, order, random }) {
    this.network.params.set(params);
    this.optimiser.first.set(first);
    this.optimiser.second.set(second);
    Object.assign(this.optimiser, { steps: made });
    Object.assign(this, { steps, epochs });
    if (order.length !== this.order.length) return;
    this.order.set(order);
    this.at = at;
    this.random.state = random;
  }

  /** @param {Settings} settings that leave points and network as they are */
  change(settings) {
    if (settings.optimiser !== this.optimiser.name) {
      this.optimiser = new Optimiser(settings.optimiser, this.network.count);
    }
    this.batch = this.#room(settings.batch);
    this.settings = settings;
  }

  /** @param {number} count examples @returns {Batch} room for so many; it is used again */
  #room(count) {
    const lanes = 4 * Math.ceil(count / 4);
    const room = this.rooms.get(lanes) ?? this.network.room(lanes);
    this.rooms.set(lanes, room);
    return room;
  }

  /** @returns {number} epochs so far, with the share of the one that is going on */
  get progress() {
    return this.epochs + this.at / this.order.length;
  }

  /** Learn from one batch. */
  step() {
    if (this.at === 0) shuffle(this.order, this.random);
    const chosen = this.order.subarray(this.at, this.at + this.settings.batch);
    this.learn(chosen);
    this.at += chosen.length;
    if (this.at >= this.order.length) {
      this.at = 0;
      this.epochs += 1;
    }
  }

  /** Learn to the end of this epoch. */
  epoch() {
    do this.step();
    while (this.at > 0);
  }

  /** @param {Uint32Array} chosen numbers of the examples of a batch */
  learn(chosen) {
    const { batch, network, settings } = this;
    this.#lay(batch, chosen);
    this.#drop(batch);
    network.forward(batch);
    network.backward(batch);
    addPenalty(network, settings.penalty, settings.strength);
    this.optimiser.step(network.params, network.grads, settings.rate);
    this.steps += 1;
  }

  /** @param {Uint32Array} chosen numbers of examples @returns {Score} how the network does on them */
  score(chosen) {
    const { look, network } = this;
    let [loss, right] = [0, 0];
    const goal = network.goal;
    for (let from = 0; from < chosen.length; from += LOOK) {
      const some = chosen.subarray(from, from + LOOK);
      this.#lay(look, some);
      network.forward(look);
      loss += network.loss(look) * some.length;
      if (goal !== "number") right += countRight(network, look);
    }
    if (goal === "number") right = 1 - loss / chosen.length / (variance(this.points.y, chosen) || Number.NaN);
    return { loss: loss / chosen.length, right, count: chosen.length };
  }

  /** @param {Batch} batch @param {Uint32Array} chosen */
  #lay(batch, chosen) {
    const { lanes, targets } = batch;
    const [x, y, features, count] = [batch.a[0], this.points.y, this.features, this.points.y.length];
    const [rows, size] = [this.network.sizes[0], chosen.length];
    batch.count = size;
    for (let s = 0; s < size; s++) targets[s] = y[chosen[s]];
    for (let row = 0; row < rows; row++) {
      const [from, to] = [row * count, row * lanes];
      for (let s = 0; s < size; s++) x[to + s] = features[from + chosen[s]];
    }
  }

  /** Draw the masks of dropout anew. @param {Batch} batch */
  #drop(batch) {
    const p = this.settings.dropout;
    for (let l = 1; l < this.network.layers; l++) {
      if (p === 0) {
        batch.masks[l] = null;
        continue;
      }
      const mask = (batch.masks[l] ??= new Float64Array(batch.a[l].length));
      for (let k = 0; k < mask.length; k++) mask[k] = this.random() < p ? 0 : 1 / (1 - p);
    }
  }
}

/**
 * Add the gradient of the penalty on the weights; biases have none. L1 adds strength * |w|, L2 strength / 2 * w^2.
 * @param {Network} network @param {"none" | "l1" | "l2"} penalty @param {number} strength
 */
export function addPenalty(network, penalty, strength) {
  if (penalty === "none") return;
  network.weights.forEach((weights, l) => {
    const grads = network.gradW[l];
    if (penalty === "l2") for (let k = 0; k < weights.length; k++) grads[k] += strength * weights[k];
    else for (let k = 0; k < weights.length; k++) grads[k] += strength * Math.sign(weights[k]);
  });
}

/** @param {Network} network @param {Batch} batch after `forward` @returns {number} answers that are the target */
function countRight(network, { z, lanes, count, targets }) {
  const [outputs, last] = [network.sizes[network.layers], z[network.layers]];
  let right = 0;
  for (let s = 0; s < count; s++) {
    let best = 0;
    if (outputs === 1) best = last[s] > 0 ? 1 : 0;
    else for (let j = 1; j < outputs; j++) if (last[j * lanes + s] > last[best * lanes + s]) best = j;
    if (best === targets[s]) right += 1;
  }
  return right;
}

/** @param {Float64Array} y @param {Uint32Array} chosen @returns {number} 0 where all are the same */
function variance(y, chosen) {
  let [sum, squares] = [0, 0];
  for (const k of chosen) sum += y[k] - y[chosen[0]];
  const mean = sum / chosen.length;
  for (const k of chosen) squares += (y[k] - y[chosen[0]] - mean) ** 2;
  return squares / chosen.length;
}
