// A recurrent network that reads steps, as `core/inspection/pen/serialisation.py` has written it down. What it has read
// of a growing movement is kept: only new steps cost anything.
import { readSafetensors } from "../lib/safetensors.js";
import { softmax } from "../live/layers.js";

/** @typedef {import("./steps.js").Step} Step */
/**
 * `state` is h, and for an LSTM c behind it.
 * @typedef {{ step: Step, state: Float32Array, probabilities: number[] }} Read
 * @typedef {Record<string, Float32Array>} Tensors
 * @typedef {{ cell: "rnn" | "gru" | "lstm", hidden: number, classes: number, tensors: Tensors }} Reader
 */

const NUMBERS = 3; // of a step
const sigmoid = (/** @type {number} */ x) => 1 / (1 + Math.exp(-x));

/**
 * @param {ArrayBuffer} buffer the network's file
 * @returns {Reader}
 */
export function readReader(buffer) {
  const { metadata, tensors } = readSafetensors(buffer);
  const { cell } = metadata;
  if (cell !== "rnn" && cell !== "gru" && cell !== "lstm") throw new Error(`no cell ${cell}`);
  return { cell, hidden: Number(metadata.hidden), classes: tensors["dense.bias"].length, tensors };
}

/**
 * Weights (rows, columns) times numbers, plus a bias.
 * @param {Float32Array} weights
 * @param {ArrayLike<number>} numbers
 * @param {Float32Array} bias
 * @param {number} columns
 */
function multiply(weights, numbers, bias, columns) {
  const sums = new Float64Array(bias.length);
  for (let row = 0, at = 0; row < sums.length; row++) {
    let sum = bias[row];
    for (let column = 0; column < columns; column++) sum += weights[at++] * numbers[column];
    sums[row] = sum;
  }
  return sums;
}

/**
 * The state after one more step: PyTorch's cells.
 * @param {Reader} reader
 * @param {Float32Array} state
 * @param {Step} step
 */
export function advance({ cell, hidden, tensors }, state, step) {
  const x = multiply(tensors.weight_ih, step, tensors.bias_ih, NUMBERS);
  const h = multiply(tensors.weight_hh, state, tensors.bias_hh, hidden);
  const next = new Float32Array(state.length);
  for (let i = 0; i < hidden; i++) {
    const [second, third, fourth] = [i + hidden, i + 2 * hidden, i + 3 * hidden];
    if (cell === "rnn") {
      next[i] = Math.tanh(x[i] + h[i]);
    } else if (cell === "gru") {
      const [reset, update] = [sigmoid(x[i] + h[i]), sigmoid(x[second] + h[second])];
      next[i] = (1 - update) * Math.tanh(x[third] + reset * h[third]) + update * state[i];
    } else {
      const [input, forget, output] = [x[i] + h[i], x[second] + h[second], x[fourth] + h[fourth]].map(sigmoid);
      next[second] = forget * state[second] + input * Math.tanh(x[third] + h[third]);
      next[i] = output * Math.tanh(next[second]);
    }
  }
  return next;
}

/**
 * @param {Step} one
 * @param {Step} other
 */
const same = (one, other) => one.every((number, i) => number === other[i]);

/**
 * What the network makes of each step; `known` is what it made of an earlier stage of the movement.
 * @param {Reader} reader
 * @param {Step[]} steps
 * @param {Read[]} known
 * @returns {Read[]}
 */
export function follow(reader, steps, known = []) {
  let alike = 0;
  while (alike < Math.min(known.length, steps.length) && same(known[alike].step, steps[alike])) alike++;
  const read = known.slice(0, alike);
  const size = reader.hidden * (reader.cell === "lstm" ? 2 : 1);
  for (const step of steps.slice(alike)) {
    const state = advance(reader, read.at(-1)?.state ?? new Float32Array(size), step);
    const { "dense.weight": weight, "dense.bias": bias } = reader.tensors;
    read.push({ step, state, probabilities: softmax(Float32Array.from(multiply(weight, state, bias, reader.hidden))) });
  }
  return read;
}

const SURE = 0.9;

/**
 * The first step from which on the last answer stays at SURE or above to the end; null if it never does.
 * @param {Read[]} read
 */
export function sureFrom(read) {
  const last = read.at(-1);
  if (!last) return null;
  const answer = answerOf(last.probabilities);
  let from = read.length;
  while (from > 0 && read[from - 1].probabilities[answer] >= SURE) from--;
  return from < read.length ? from : null;
}

/** @param {number[]} probabilities */
export function answerOf(probabilities) {
  return probabilities.indexOf(Math.max(...probabilities));
}
