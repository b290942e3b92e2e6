// What was typed into a kernel while the same kernel in another size was already on its way.

/** @typedef {{ row: number, column: number, weight: number }} Edit */

const SAME = 1e-5; // of a weight: the server keeps six digits

/**
 * The cells that were edited here and that the server has not heard of.
 * @param {number[]} weights as they are here
 * @param {number[]} known as the server has sent them last
 * @returns {Edit[]}
 */
export function editsOf(weights, known) {
  const size = Math.round(Math.sqrt(weights.length));
  return weights.length !== known.length ? [] : weights.flatMap((weight, index) =>
    Math.abs(weight - known[index]) <= SAME * Math.abs(weight) ? []
      : [{ row: Math.floor(index / size), column: index % size, weight }]);
}

/**
 * Which cell of a kernel in another size is the same as one in this size, as `resized` in Python keeps the middle;
 * null where it lies outside.
 * @param {{ row: number, column: number }} cell
 * @param {number} before cells along one side
 * @param {number} after
 * @returns {number | null}
 */
export function placeIn({ row, column }, before, after) {
  const shift = Math.floor((after - 1) / 2) - Math.floor((before - 1) / 2);
  const inside = [row, column].every((place) => place + shift >= 0 && place + shift < after);
  return inside ? (row + shift) * after + column + shift : null;
}

/**
 * What is to be said of edits that lie outside a kernel; nothing where there are none.
 * @param {Edit[]} edits
 * @param {number} size
 */
export function lostWords(edits, size) {
  if (!edits.length) return "";
  const [{ row, column }] = edits;
  const what = edits.length === 1 ? `The cell in row ${row + 1}, column ${column + 1} that was edited lies`
    : `${edits.length} cells that were edited lie`;
  return `${what} outside of a kernel of ${size} \u00d7 ${size}.`;
}
