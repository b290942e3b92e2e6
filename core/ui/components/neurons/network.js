// A fully connected network: forward, loss and backward over a batch, in double precision. All its numbers lie in one
// array, layer after layer, weights (outputs, inputs) before biases, as PyTorch's `parameters()` gives them.

import { sigmoid } from "./activations.js";
import { plainEngine } from "./engine.js";

/** @typedef {import("./activations.js").Activation} Activation */
/** @typedef {"binary" | "classes" | "number"} Goal two classes, more classes, or a number to predict */
/**
 * One batch of values as it flows through the layers.
 * @typedef {object} Batch
 * @property {number} lanes examples, rounded up to a multiple of four
 * @property {number} count examples
 * @property {Float64Array[]} z before the activation, (units, lanes) for every layer; that of the inputs is not used
 * @property {Float64Array[]} a after it; a[0] are the inputs
 * @property {Float64Array[]} delta the gradients of the loss with respect to z
 * @property {(Float64Array | null)[]} masks of dropout: 0, or 1 / (1 - p)
 * @property {Float64Array} targets class numbers or values, (lanes)
 */

/**
 * `loss` of one example, and `backward` for a batch: the gradient of the mean loss with respect to the outputs.
 * @typedef {object} Loss
 * @property {(batch: Batch, last: number, s: number) => number} loss
 * @property {(batch: Batch, last: number) => void} backward
 */

/** @type {Loss} cross-entropy with one logit */
const BINARY = {
  loss({ z, targets }, last, s) {
    const x = z[last][s];
    return Math.max(x, 0) - x * targets[s] + Math.log1p(Math.exp(-Math.abs(x)));
  },
  backward({ z, delta, targets, count }, last) {
    const [logits, back] = [z[last], delta[last]];
    for (let s = 0; s < count; s++) back[s] = (sigmoid(logits[s]) - targets[s]) / count;
  },
};

/** @type {Loss} cross-entropy of the softmax */
const CLASSES = {
  loss({ z, targets, lanes }, last, s) {
    const logits = z[last];
    let most = -Infinity;
    for (let at = s; at < logits.length; at += lanes) most = Math.max(most, logits[at]);
    let total = 0;
    for (let at = s; at < logits.length; at += lanes) total += Math.exp(logits[at] - most);
    return most + Math.log(total) - logits[targets[s] * lanes + s];
  },
  backward({ z, delta, targets, lanes, count }, last) {
    const [logits, back] = [z[last], delta[last]];
    for (let s = 0; s < count; s++) {
      let most = -Infinity;
      for (let at = s; at < logits.length; at += lanes) most = Math.max(most, logits[at]);
      let total = 0;
      for (let at = s; at < logits.length; at += lanes) total += back[at] = Math.exp(logits[at] - most);
      for (let at = s; at < logits.length; at += lanes) back[at] /= total * count;
      back[targets[s] * lanes + s] -= 1 / count;
    }
  },
};

/** @type {Loss} squared error */
const NUMBER = {
  loss: ({ z, targets }, last, s) => (z[last][s] - targets[s]) ** 2,
  backward({ z, delta, targets, count }, last) {
    const [values, back] = [z[last], delta[last]];
    for (let s = 0; s < count; s++) back[s] = (2 * (values[s] - targets[s])) / count;
  },
};

/** @type {Record<Goal, Loss>} */
const LOSSES = { binary: BINARY, classes: CLASSES, number: NUMBER };

export class Network {
  /**
   * @param {readonly number[]} sizes inputs, hidden units of each layer, outputs
   * @param {Activation} activation of the hidden layers
   * @param {Goal} goal
   * @param {import("./engine.js").Engine} engine that does the sums
   */
  constructor(sizes, activation, goal, engine = plainEngine()) {
    this.engine = engine;
    this.sizes = [...sizes];
    this.activation = activation;
    this.goal = goal;
    this.layers = sizes.length - 1;
    this.count = 0;
    for (let l = 0; l < this.layers; l++) this.count += (sizes[l] + 1) * sizes[l + 1];
    this.params = engine.float64(this.count);
    this.grads = engine.float64(this.count);
    /** @type {Float64Array[]} */ this.weights = [];
    /** @type {Float64Array[]} */ this.biases = [];
    /** @type {Float64Array[]} */ this.gradW = [];
    /** @type {Float64Array[]} */ this.gradB = [];
    for (let l = 0, at = 0; l < this.layers; l++) {
      const [size, outputs] = [sizes[l] * sizes[l + 1], sizes[l + 1]];
      this.weights.push(this.params.subarray(at, at + size));
      this.gradW.push(this.grads.subarray(at, at + size));
      this.biases.push(this.params.subarray(at + size, at + size + outputs));
      this.gradB.push(this.grads.subarray(at + size, at + size + outputs));
      at += size + outputs;
    }
  }

  /**
   * First weights as PyTorch's `nn.Linear` draws them: uniform in +-1 / sqrt(inputs), biases too.
   * @param {() => number} random uniform in 0-1
   */
  begin(random) {
    for (let l = 0; l < this.layers; l++) {
      const most = 1 / Math.sqrt(this.sizes[l]);
      for (const part of [this.weights[l], this.biases[l]]) {
        for (let k = 0; k < part.length; k++) part[k] = (2 * random() - 1) * most;
      }
    }
  }

  /** @param {number} count examples @returns {Batch} room for a batch, all zero */
  room(count) {
    const lanes = Math.max(4, (count + 3) & ~3);
    const rows = () => this.sizes.map((units) => this.engine.float64(units * lanes));
    return {
      lanes,
      count,
      z: rows(),
      a: rows(),
      delta: rows(),
      masks: this.sizes.map(() => null),
      targets: this.engine.float64(lanes),
    };
  }

  /** @param {Batch} batch with inputs in a[0]; every z and a is written. The last layer has no activation. */
  forward(batch) {
    const { z, a, lanes, masks } = batch;
    for (let l = 0; l < this.layers; l++) {
      const [inputs, outputs] = [this.sizes[l], this.sizes[l + 1]];
      this.engine.affine(this.weights[l], this.biases[l], a[l], z[l + 1], inputs, outputs, lanes);
      if (l === this.layers - 1) a[l + 1].set(z[l + 1]);
      else this.engine.activate(this.activation, z[l + 1], a[l + 1], outputs * lanes);
      const mask = masks[l + 1];
      if (mask) for (let k = 0; k < mask.length; k++) a[l + 1][k] *= mask[k];
    }
  }

  /** @param {Batch} batch after `forward`, with targets @returns {number} the mean loss, without any penalty */
  loss(batch) {
    let sum = 0;
    for (let s = 0; s < batch.count; s++) sum += LOSSES[this.goal].loss(batch, this.layers, s);
    return sum / batch.count;
  }

  /** @param {Batch} batch after `forward`, with targets; the gradients of the mean loss are written into `grads` */
  backward(batch) {
    const { z, a, delta, lanes, masks } = batch;
    delta[this.layers].fill(0);
    LOSSES[this.goal].backward(batch, this.layers);
    for (let l = this.layers - 1; l >= 0; l--) {
      const [inputs, outputs] = [this.sizes[l], this.sizes[l + 1]];
      this.engine.gradients(delta[l + 1], a[l], this.gradW[l], this.gradB[l], inputs, outputs, lanes);
      if (l === 0) break;
      this.engine.transposed(this.weights[l], delta[l + 1], delta[l], inputs, outputs, lanes);
      const mask = masks[l];
      if (mask) {
        for (let k = 0; k < mask.length; k++) delta[l][k] *= mask[k];
        this.engine.activate(this.activation, z[l], a[l], inputs * lanes); // the chain rule needs it without the mask
      }
      this.engine.chain(this.activation, z[l], a[l], delta[l], inputs * lanes);
    }
  }
}
