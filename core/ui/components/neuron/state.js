// What is set on the neuron, and how it stands in the address. Knows no elements.

import { keepAllInAddress } from "../lib/address.js";
import { ACTIVATIONS } from "../neurons/activations.js";
import { GATES, gateOf, wantedBy } from "./gates.js";

/**
 * @typedef {object} State
 * @property {number[]} x the inputs
 * @property {number[]} weights
 * @property {number} bias
 * @property {import("../neurons/activations.js").Activation} activation
 * @property {number[]} wanted in every row of the truth table
 */

export const [LEAST_INPUTS, MOST_INPUTS, LEAST_X, MOST_X, MOST_WEIGHT, MOST_BIAS] = [2, 4, -1, 2, 10, 16];
const NAMES = { x: "n-x", weights: "n-w", bias: "n-b", activation: "n-activation", wanted: "n-wanted" };

/** @returns {State} */
export function initialState() {
  const { weights, bias } = GATES.AND.neuron(2);
  return { x: [1, 0], weights, bias, activation: "sigmoid", wanted: wantedBy("AND", 2) };
}

/** @param {string | null} text @param {number} least @param {number} most @returns {number[] | null} */
function numbersIn(text, least, most) {
  const values = (text ?? "").split(",").map((one) => (/^-?\d{1,2}(\.\d{1,4})?$/.test(one) ? Number(one) : Number.NaN));
  return values.every((value) => value >= least && value <= most) ? values : null;
}

/** @param {URLSearchParams} address @returns {{ state: State, problem: string }} */
export function readState(address) {
  const state = initialState();
  if (!Object.values(NAMES).some((name) => address.has(name))) return { state, problem: "" };
  const weights = address.has(NAMES.weights)
    ? numbersIn(address.get(NAMES.weights), -MOST_WEIGHT, MOST_WEIGHT)
    : state.weights;
  const inputs = weights?.length ?? 0;
  const x = address.has(NAMES.x)
    ? numbersIn(address.get(NAMES.x), LEAST_X, MOST_X)
    : Array(inputs)
        .fill(0)
        .map((_, i) => state.x[i] ?? 0);
  const [bias] = address.has(NAMES.bias)
    ? (numbersIn(address.get(NAMES.bias), -MOST_BIAS, MOST_BIAS) ?? [])
    : [state.bias];
  const bits = address.get(NAMES.wanted);
  const wanted = bits === null ? wantedBy("AND", inputs || 2) : [...bits].map(Number);
  const activation = address.get(NAMES.activation) ?? state.activation;
  const known = ACTIVATIONS.find((name) => name === activation);
  const fits =
    weights &&
    x &&
    bias !== undefined &&
    known &&
    inputs >= LEAST_INPUTS &&
    inputs <= MOST_INPUTS &&
    x.length === inputs &&
    wanted.length === 2 ** inputs &&
    wanted.every((bit) => bit === 0 || bit === 1);
  if (!fits) return { state, problem: "The neuron in the link is not possible; this is the one the page opens with." };
  return { state: { x, weights, bias, activation: known, wanted }, problem: "" };
}

/** @param {State} state */
export function writeState(state) {
  const short = (/** @type {number} */ value) => String(Number(value.toFixed(3)));
  const begin = initialState();
  const list = (/** @type {number[]} */ values) => values.map(short).join(",");
  const write = (/** @type {State} */ { x, weights, bias, activation, wanted }) => ({
    [NAMES.x]: list(x),
    [NAMES.weights]: list(weights),
    [NAMES.bias]: short(bias),
    [NAMES.activation]: activation,
    [NAMES.wanted]: wanted.join(""),
  });
  const [now, usual] = [write(state), write(begin)];
  const same = Object.keys(now).every((name) => now[name] === usual[name]);
  keepAllInAddress(Object.fromEntries(Object.entries(now).map(([name, value]) => [name, same ? null : value])));
}

/** @param {State} state @param {number} inputs @returns {State} the same with more or fewer inputs */
export function resized(state, inputs) {
  const gate = gateOf(state.wanted, state.weights.length);
  const grown = (/** @type {number[]} */ values, /** @type {number} */ more) =>
    Array.from({ length: inputs }, (_, i) => values[i] ?? more);
  const { weights, bias } =
    gate && gate !== "XOR" ? GATES[gate].neuron(inputs) : { weights: grown(state.weights, 0), bias: state.bias };
  return { ...state, x: grown(state.x, 0), weights, bias, wanted: wantedBy(gate ?? "AND", inputs) };
}
