// Numbers that Python has sent as base64.

/** @param {string} base64 */
export function bytesOf(base64) {
  const letters = atob(base64);
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = letters.charCodeAt(i); // several times faster than Uint8Array.from
  return bytes;
}

/**
 * Whole numbers of two bytes, the low one first.
 * @param {string} base64
 */
export function int16Of(base64) {
  const bytes = bytesOf(base64);
  const view = new DataView(bytes.buffer);
  return Int16Array.from({ length: bytes.length / 2 }, (_, i) => view.getInt16(2 * i, true));
}

/**
 * Numbers in single precision, the low byte first.
 * @param {string} base64
 */
export function float32Of(base64) {
  const bytes = bytesOf(base64);
  const view = new DataView(bytes.buffer);
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(4 * i, true));
}
