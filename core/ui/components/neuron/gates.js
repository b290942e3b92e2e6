// Truth tables: what AND, OR, NOT and XOR want, weights that do it, and how much one neuron can get right. Knows no
// page.

import { Network } from "../neurons/network.js";
import { Optimiser } from "../neurons/optimisers.js";

/** @typedef {"AND" | "OR" | "NOT" | "XOR"} Gate */
/** @typedef {{ weights: number[], bias: number }} Neuron */

const STRONG = 4; // weights with which a sigmoid is sure of its answer
const MOST_WEIGHT = 3; // whole numbers up to it are enough for every function of four inputs that a line can part
export const RATE = 0.1;

/** @type {Readonly<Record<Gate, { wanted: (x: number[]) => number, neuron: (inputs: number) => Neuron }>>} */
export const GATES = {
  AND: {
    wanted: (x) => Math.min(...x),
    neuron: (inputs) => ({ weights: Array(inputs).fill(STRONG), bias: -STRONG * (inputs - 0.5) }),
  },
  OR: {
    wanted: (x) => Math.max(...x),
    neuron: (inputs) => ({ weights: Array(inputs).fill(STRONG), bias: -STRONG / 2 }),
  },
  NOT: {
    wanted: (x) => 1 - x[0],
    neuron: (inputs) => ({ weights: [-STRONG, ...Array(inputs - 1).fill(0)], bias: STRONG / 2 }),
  },
  XOR: {
    wanted: (x) => x.reduce((sum, one) => sum + one, 0) % 2,
    neuron: (inputs) => ({ weights: Array(inputs).fill(STRONG), bias: -STRONG / 2 }),
  },
};

/** @param {number} inputs @returns {number[][]} every row of 0 and 1, counted up, the first input changing slowest */
export function rowsOf(inputs) {
  return Array.from({ length: 2 ** inputs }, (_, row) =>
    Array.from({ length: inputs }, (__, i) => (row >> (inputs - 1 - i)) & 1),
  );
}

/** @param {Gate} gate @param {number} inputs @returns {number[]} what it wants in every row */
export const wantedBy = (gate, inputs) => rowsOf(inputs).map(GATES[gate].wanted);

/** @param {readonly number[]} wanted @param {number} inputs @returns {Gate | null} that wants just this */
export function gateOf(wanted, inputs) {
  const names = /** @type {Gate[]} */ (Object.keys(GATES));
  return names.find((gate) => String(wantedBy(gate, inputs)) === String(wanted)) ?? null;
}

/** @param {Neuron} neuron @param {readonly number[]} x @returns {number} z */
export const sum = ({ weights, bias }, x) => weights.reduce((z, w, i) => z + w * x[i], bias);

/**
 * @param {Neuron} neuron
 * @param {readonly number[]} wanted
 * @returns {number} rows in which z > 0 just where 1 is wanted
 */
export function countRight(neuron, wanted) {
  return rowsOf(neuron.weights.length).filter((x, row) => (sum(neuron, x) > 0 ? 1 : 0) === wanted[row]).length;
}

/**
 * The most rows that one neuron can get right, by trying all whole weights from -3 to 3 with all biases in between.
 * Every function of up to four inputs that a line, plane or hyperplane can part has such weights (Muroga, 1971).
 * @param {readonly number[]} wanted
 * @returns {{ right: number, tried: number, neuron: Neuron }}
 */
export function bestPossible(wanted) {
  const inputs = Math.log2(wanted.length);
  const rows = rowsOf(inputs);
  let best = { right: -1, tried: 0, neuron: { weights: /** @type {number[]} */ ([]), bias: 0 } };
  let tried = 0;
  const span = 2 * MOST_WEIGHT + 1;
  for (let number = 0; number < span ** inputs; number++) {
    const weights = Array.from({ length: inputs }, (_, i) => (Math.floor(number / span ** i) % span) - MOST_WEIGHT);
    const sums = rows.map((x) => sum({ weights, bias: 0 }, x));
    for (const cut of new Set(sums)) {
      for (const bias of [0.5 - cut, -0.5 - cut]) {
        tried += 1;
        let right = 0;
        for (let row = 0; row < sums.length; row++) if ((sums[row] + bias > 0 ? 1 : 0) === wanted[row]) right += 1;
        if (right > best.right) best = { right, tried: 0, neuron: { weights, bias } };
      }
    }
  }
  return { ...best, tried };
}

/**
 * One neuron that learns a truth table: cross-entropy of its sigmoid, Adam, all rows in every update. After each one
 * weights and bias are brought back to the ends of their sliders, so that the neuron on show is the one that learns:
 * AND of three inputs wants a bias beyond them, and cut off afterwards it would be another neuron.
 */
export class Learner {
  /** @param {Neuron} neuron to begin with @param {readonly number[]} wanted
   * @param {number} mostWeight end of the sliders of weights @param {number} mostBias of that of the bias */
  constructor(neuron, wanted, mostWeight, mostBias) {
    const inputs = neuron.weights.length;
    this.ends = [...Array(inputs).fill(mostWeight), mostBias];
    this.network = new Network([inputs, 1], "linear", "binary");
    this.network.params.set([...neuron.weights, neuron.bias]);
    this.optimiser = new Optimiser("adam", inputs + 1);
    this.batch = this.network.room(wanted.length);
    rowsOf(inputs).forEach((x, s) => {
      x.forEach((value, i) => {
        this.batch.a[0][i * this.batch.lanes + s] = value;
      });
      this.batch.targets[s] = wanted[s];
    });
  }

  /** @param {number} updates @returns {{ neuron: Neuron, loss: number, steps: number, slope: number, free: number }}
   * `slope` is the length of the gradient, `free` that of its part which does not lead beyond an end: near 0 there is
   * nothing more to gain */
  learn(updates) {
    const { network, batch, optimiser, ends } = this;
    for (let k = 0; k < updates; k++) {
      network.forward(batch);
      network.backward(batch);
      optimiser.step(network.params, network.grads, RATE);
      ends.forEach((end, i) => {
        network.params[i] = Math.max(-end, Math.min(end, network.params[i]));
      });
    }
    network.forward(batch);
    const loss = network.loss(batch);
    network.backward(batch);
    const values = Array.from(network.params);
    return {
      neuron: { weights: values.slice(0, -1), bias: values[values.length - 1] },
      loss,
      steps: optimiser.steps,
      slope: Math.hypot(...network.grads),
      // A step goes against the gradient: at the upper end, one below 0 leads beyond it.
      free: Math.hypot(...network.grads.filter((g, i) => Math.abs(values[i]) < ends[i] || g * values[i] > 0)),
    };
  }
}
