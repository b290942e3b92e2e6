// Files of numbers in the safetensors format: the length of the header, the header in JSON, the numbers.

/**
 * Numbers in half precision are widened; those in single precision share the file's memory.
 * @param {ArrayBuffer} buffer
 * @returns {{ metadata: Record<string, string>, tensors: Record<string, Float32Array> }}
 */
export function readSafetensors(buffer) {
  const length = Number(new DataView(buffer).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 8, length)));
  const { __metadata__: metadata = {}, ...entries } = header;
  /** @type {Record<string, Float32Array>} */
  const tensors = {};
  for (const [name, { dtype, data_offsets: [start, end] }] of Object.entries(entries)) {
    if (dtype === "F32") tensors[name] = new Float32Array(buffer, 8 + length + start, (end - start) / 4);
    else if (dtype === "F16") tensors[name] = widen(new Uint16Array(buffer, 8 + length + start, (end - start) / 2));
    else throw new Error(`${name} is ${dtype}`);
  }
  return { metadata, tensors };
}

/** @param {Uint16Array} halves numbers in half precision, as they are stored */
function widen(halves) {
  return Float32Array.from(halves, halfToNumber);
}

/**
 * A number in half precision (IEEE 754): a sign, five bits of exponent, ten of fraction.
 * @param {number} bits
 */
export function halfToNumber(bits) {
  const [sign, exponent, fraction] = [bits >> 15 ? -1 : 1, (bits >> 10) & 31, (bits & 1023) / 1024];
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (exponent ? (1 + fraction) * 2 ** (exponent - 15) : fraction * 2 ** -14);
}
