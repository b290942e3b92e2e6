// The arithmetic of units and points in words and numbers. Knows no elements.

import { activateOne } from "./activations.js";
import { FEATURES } from "./features.js";
import { bracketed, digitsFor, fixed, percent, rounded, short } from "./numbers.js";

/** @typedef {import("./network.js").Network} Network */
/** @typedef {import("./settings.js").Settings} Settings */
/** @typedef {import("./datasets.js").Points} Points */

/** @type {Record<import("./activations.js").Activation, string>} */
export const ACTIVATION_NAMES = { relu: "ReLU", tanh: "tanh", sigmoid: "sigmoid", linear: "linear", gelu: "GELU" };

/**
 * The weighted sum of a unit, written out.
 * @param {ArrayLike<number>} weights @param {ArrayLike<number>} inputs @param {number} bias
 * @param {number} digits of its parts, after the point
 * @returns {{ terms: string[], z: number, shown: number }} `shown` is what comes of the parts as they are written
 */
export function sumOf(weights, inputs, bias, digits = 2) {
  let [z, shown] = [bias, rounded(bias, digits)];
  const terms = [];
  for (let i = 0; i < weights.length; i++) {
    z += weights[i] * inputs[i];
    shown += rounded(weights[i], digits) * rounded(inputs[i], digits);
    terms.push(`${bracketed(weights[i], digits)}\u00b7${bracketed(inputs[i], digits)}`);
  }
  terms.push(bracketed(bias, digits));
  return { terms, z, shown };
}

/**
 * The arithmetic of one neuron in two lines: its sum, and what its activation makes of that. Every number has the
 * digits with which the next one comes out as it is written.
 * @param {import("./activations.js").Activation} activation
 * @param {ArrayLike<number>} weights @param {ArrayLike<number>} inputs @param {number} bias
 * @returns {{ terms: string, z: string, a: string }}
 */
export function workedOut(activation, weights, inputs, bias) {
  const { z } = sumOf(weights, inputs, bias);
  const a = fixed(activateOne(activation, z), 3);
  const ofZ = digitsFor((digits) => fixed(activateOne(activation, rounded(z, digits)), 3) === a);
  const near = 0.499 * 10 ** -ofZ; // half-way, people round as they like
  const ofParts = digitsFor(
    (digits) => Math.abs(sumOf(weights, inputs, bias, digits).shown - rounded(z, ofZ)) < near,
  );
  return { terms: sumOf(weights, inputs, bias, ofParts).terms.join(" + "), z: fixed(z, ofZ), a };
}

/** @param {Settings} settings @param {number} layer @param {number} index @returns {string} */
export function inputName(settings, layer, index) {
  return layer === 1 ? FEATURES[settings.features[index]].label : `unit ${index + 1}`;
}

/**
 * What comes of the sum of a unit.
 * @param {Network} network @param {Points} points @param {number} layer @param {number[]} z of all units of the layer
 * @param {number} index
 * @returns {string}
 */
export function afterSum(network, points, layer, z, index) {
  if (layer < network.layers) {
    const { activation } = network;
    return `${ACTIVATION_NAMES[activation]}(${fixed(z[index])}) = ${fixed(activateOne(activation, z[index]), 3)}`;
  }
  if (network.goal === "number") return `the answer is ${fixed(z[index], 3)}`;
  if (network.goal === "binary") {
    return `sigmoid(${fixed(z[index])}) = ${percent(activateOne("sigmoid", z[index]))} for ${points.names[1]}`;
  }
  const most = Math.max(...z);
  const total = z.reduce((sum, one) => sum + Math.exp(one - most), 0);
  return `softmax: ${percent(Math.exp(z[index] - most) / total)} for ${points.names[index]}`;
}

/**
 * @param {Points} points
 * @param {number} k
 * @param {(place: number, axis: 0 | 1) => number} measured
 * @returns {string}
 */
export function pointName(points, k, measured) {
  const place = /** @type {const} */ ([0, 1]).map((axis) =>
    short(Number(measured(points.x[2 * k + axis], axis).toPrecision(3))),
  );
  const label = points.classes ? points.names[points.y[k]] : `number ${fixed(points.y[k])}`;
  return `point (${place.join(", ")}), ${label}`;
}

/** @param {Points} points @param {readonly number[]} probabilities @returns {string} */
export function answerName(points, probabilities) {
  if (!points.classes) return `answer ${fixed(probabilities[0], 3)}`;
  if (probabilities.some(Number.isNaN)) return "no answer: not a number";
  const best = probabilities.indexOf(Math.max(...probabilities));
  return `${points.names[best]}, ${percent(probabilities[best])}`;
}

/**
 * @param {import("./session.js").Frame} frame
 * @param {Points} points
 * @param {string} boundary a sentence
 * @returns {string}
 */
export function standing({ train, test }, points, boundary) {
  if (!Number.isFinite(train.loss)) return "The network gives no answer: its numbers have diverged. Reset the weights.";
  const say = (/** @type {import("./session.js").Score} */ score) => {
    if (points.classes) return `${score.right} of ${score.count}`;
    if (Number.isNaN(score.right))
      return `nothing (${score.count === 1 ? "one point has no variance" : "all numbers are the same"})`;
    const share = fixed(100 * Math.max(score.right, -9.99), 0);
    return `${score.right < -9.99 ? "less than " : ""}${share} % of the variance`;
  };
  const right = test
    ? `Right: ${say(test)} in the test, ${say(train)} in training`
    : `Right in training: ${say(train)}`;
  const ending = boundary ? `; ${boundary}.` : ".";
  return (points.classes ? right : right.replace("Right", "Explained")) + ending;
}
