// A network of layers as Python has written it down (core/inspection/images/serialisation.py): read it, walk it. Knows
// nothing of pages.
import { readSafetensors } from "../lib/safetensors.js";
import { LAYERS, softmax } from "./layers.js";

/**
 * A layer that remembers what it has made of its last input.
 * @typedef {import("./layers.js").Layer & { result: Float32Array }} WalkedLayer
 * @typedef {{ layers: WalkedLayer[] }} Network
 * @typedef {Omit<WalkedLayer, "from" | "to" | "numbers" | "result"> & { input: number[], output: number[] }} Written
 */

/** @param {number[]} shape */
function sized([channels, height = 1, width = 1]) {
  return { channels, height, width };
}

/**
 * A network that can be walked; memory for all results is taken once.
 * @param {ArrayBuffer} buffer its file
 * @returns {Network}
 */
export function readNetwork(buffer) {
  const { metadata, tensors } = readSafetensors(buffer);
  /** @type {Written[]} */
  const written = JSON.parse(metadata.layers);
  const layers = written.map((layer, place) => {
    if (!LAYERS[layer.kind]) throw new Error(`no layer ${layer.kind}`);
    /** @type {Record<string, Float32Array>} */
    const numbers = {};
    for (const [name, tensor] of Object.entries(tensors)) {
      if (name.startsWith(`${place}.`)) numbers[name.slice(name.indexOf(".") + 1)] = tensor;
    }
    const [from, to] = [sized(layer.input), sized(layer.output)];
    const result = new Float32Array(to.channels * to.height * to.width);
    return { ...layer, from, to, numbers, result };
  });
  return { layers };
}

/**
 * Walk a network with 28 x 28 pixels in 0-1; return the probabilities. Every layer keeps its `result`.
 * @param {Network} network
 * @param {Float32Array} pixels
 */
export function walk(network, pixels) {
  let value = pixels;
  for (const layer of network.layers) {
    LAYERS[layer.kind](layer, value, layer.result);
    value = layer.result;
  }
  return softmax(value);
}
