// A network as Python has written it down (core/inspection/images/description.py): read it, walk it. Knows nothing of pages.
import { LAYERS, softmax } from "./layers.js";

/** The tensors and the metadata of a safetensors file: length of the header, header in JSON, numbers. */
function readSafetensors(buffer) {
  const length = Number(new DataView(buffer).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 8, length)));
  const { __metadata__: metadata, ...entries } = header;
  const tensors = {};
  for (const [name, { dtype, data_offsets: [start, end] }] of Object.entries(entries)) {
    if (dtype !== "F32") throw new Error(`${name} is ${dtype}`);
    tensors[name] = new Float32Array(buffer, 8 + length + start, (end - start) / 4);
  }
  return { metadata, tensors };
}

function sized([channels, height = 1, width = 1]) {
  return { channels, height, width };
}

/** A network that can be walked, from the bytes of its file; memory for all results is taken once. */
export function readNetwork(buffer) {
  const { metadata, tensors } = readSafetensors(buffer);
  const layers = JSON.parse(metadata.layers).map((layer, place) => {
    if (!LAYERS[layer.kind]) throw new Error(`no layer ${layer.kind}`);
    const numbers = {};
    for (const [name, tensor] of Object.entries(tensors)) {
      if (name.startsWith(`${place}.`)) numbers[name.slice(name.indexOf(".") + 1)] = tensor;
    }
    const [from, to] = [sized(layer.input), sized(layer.output)];
    return { ...layer, from, to, numbers, result: new Float32Array(to.channels * to.height * to.width) };
  });
  return { layers };
}

/** Walk the network with 28 x 28 pixels in 0-1; return the probabilities. Every layer keeps its `result`. */
export function walk(network, pixels) {
  let value = pixels;
  for (const layer of network.layers) {
    LAYERS[layer.kind](layer, value, layer.result);
    value = layer.result;
  }
  return softmax(value);
}
