// One point on its way through the network and back: every number of the forward pass, the loss, the gradients, and the
// updates that SGD and Adam would make of them. Knows no page.

import { sigmoid } from "./activations.js";
import { Network } from "./network.js";
import { Optimiser } from "./optimisers.js";
import { addPenalty } from "./trainer.js";

/**
 * @typedef {object} Explained
 * @property {Float64Array[]} z of every layer, before the activation; z[0] are the inputs
 * @property {Float64Array[]} a of every layer, after it
 * @property {number[]} probabilities of the classes; of a number to predict, the number
 * @property {number} loss of this point alone
 * @property {Float64Array} grads of that loss, by PyTorch's order of parameters; with the penalty
 * @property {Float64Array[]} deltas the gradient with respect to z of every layer
 * @property {Update} sgd
 * @property {Update} adam
 */
/** @typedef {{ change: Float64Array, lossAfter: number, steps: number }} Update of every parameter; `steps` the
 * optimiser has made with this one */
/** @typedef {Pick<import("./settings.js").Settings, "rate" | "penalty" | "strength">} Learning */

/** @param {import("./network.js").Goal} goal @param {ArrayLike<number>} outputs @returns {number[]} */
export function probabilitiesOf(goal, outputs) {
  if (goal === "number") return [outputs[0]];
  if (goal === "binary") return [sigmoid(-outputs[0]), sigmoid(outputs[0])];
  const most = Math.max(...Array.from(outputs));
  const shares = Array.from(outputs, (z) => Math.exp(z - most));
  const total = shares.reduce((sum, share) => sum + share, 0);
  return shares.map((share) => share / total);
}

/**
 * The outputs of a network for one example.
 * @param {Network} network @param {ArrayLike<number>} features
 * @returns {{ z: Float64Array[], a: Float64Array[], probabilities: number[] }}
 */
export function answer(network, features) {
  const batch = network.room(1);
  const first = (/** @type {Float64Array} */ values, /** @type {number} */ l) =>
    Float64Array.from({ length: network.sizes[l] }, (_, j) => values[j * batch.lanes]);
  for (let i = 0; i < features.length; i++) batch.a[0][i * batch.lanes] = features[i];
  network.forward(batch);
  const [z, a] = [batch.z.map(first), batch.a.map(first)];
  z[0] = a[0];
  return { z, a, probabilities: probabilitiesOf(network.goal, z[network.layers]) };
}

/**
 * @param {Network} network left as it is
 * @param {ArrayLike<number>} features @param {number} target
 * @param {Learning} learning
 * @param {Optimiser} optimiser of the training; its memory is used where it is Adam's
 * @returns {Explained}
 */
export function explain(network, features, target, learning, optimiser) {
  const batch = network.room(1);
  const first = (/** @type {Float64Array} */ values, /** @type {number} */ l) =>
    Float64Array.from({ length: network.sizes[l] }, (_, j) => values[j * batch.lanes]);
  for (let i = 0; i < features.length; i++) batch.a[0][i * batch.lanes] = features[i];
  batch.targets[0] = target;
  network.forward(batch);
  const loss = network.loss(batch);
  network.backward(batch);
  addPenalty(network, learning.penalty, learning.strength);
  const grads = network.grads.slice();
  const [z, a, deltas] = [batch.z.map(first), batch.a.map(first), batch.delta.map(first)];
  z[0] = a[0];
  const update = (/** @type {Optimiser} */ made) => {
    const trial = new Network(network.sizes, network.activation, network.goal);
    trial.params.set(network.params);
    made.step(trial.params, grads, learning.rate);
    const change = trial.params.map((value, k) => value - network.params[k]);
    trial.forward(batch);
    return { change, lossAfter: trial.loss(batch), steps: made.steps };
  };
  const adam = optimiser.name === "adam" ? optimiser.copy() : new Optimiser("adam", network.count);
  return {
    z,
    a,
    deltas,
    loss,
    grads,
    probabilities: probabilitiesOf(network.goal, z[network.layers]),
    sgd: update(new Optimiser("sgd", network.count)),
    adam: update(adam),
  };
}
