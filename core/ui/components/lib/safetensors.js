// Files of numbers in the safetensors format: the length of the header, the header in JSON, the numbers.

/**
 * @param {ArrayBuffer} buffer a file with numbers in single precision only
 * @returns {{ metadata: Record<string, string>, tensors: Record<string, Float32Array> }} they share the file's memory
 */
export function readSafetensors(buffer) {
  const length = Number(new DataView(buffer).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 8, length)));
  const { __metadata__: metadata = {}, ...entries } = header;
  /** @type {Record<string, Float32Array>} */
  const tensors = {};
  for (const [name, { dtype, data_offsets: [start, end] }] of Object.entries(entries)) {
    if (dtype !== "F32") throw new Error(`${name} is ${dtype}`);
    tensors[name] = new Float32Array(buffer, 8 + length + start, (end - start) / 4);
  }
  return { metadata, tensors };
}
