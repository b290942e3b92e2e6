// In words, how the classes lie in the plane: for those who do not see it. Knows no network.

const SMALL = 0.004; // of the plane: what is smaller is no region
const STRAIGHT = 2; // places by which a boundary that counts as straight is off a line (standard deviation)

/**
 * @typedef {object} Region
 * @property {number} kind the class
 * @property {number} size places
 * @property {boolean} inside whether it keeps off the edge of the plane
 */

/**
 * The likeliest class at every place.
 * @param {Float32Array} outputs (outputs, places)
 * @param {number} places
 * @returns {Uint8Array}
 */
export function answersOf(outputs, places) {
  const classes = outputs.length / places;
  const answers = new Uint8Array(places);
  for (let k = 0; k < places; k++) {
    if (classes === 1) answers[k] = outputs[k] > 0 ? 1 : 0;
    else
      for (let j = 1; j < classes; j++) if (outputs[j * places + k] > outputs[answers[k] * places + k]) answers[k] = j;
  }
  return answers;
}

/** @param {Uint8Array} answers @param {number} side places along one side @returns {Region[]} the largest first */
export function regionsOf(answers, side) {
  const seen = new Uint8Array(answers.length);
  const regions = [];
  const stack = [];
  for (let begin = 0; begin < answers.length; begin++) {
    if (seen[begin]) continue;
    const region = { kind: answers[begin], size: 0, inside: true };
    stack.push(begin);
    seen[begin] = 1;
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      region.size += 1;
      const [row, column] = [Math.floor(at / side), at % side];
      if (row === 0 || column === 0 || row === side - 1 || column === side - 1) region.inside = false;
      for (const [near, is] of /** @type {[number, boolean][]} */ ([
        [at - side, row > 0],
        [at + side, row < side - 1],
        [at - 1, column > 0],
        [at + 1, column < side - 1],
      ])) {
        if (is && !seen[near] && answers[near] === region.kind) {
          seen[near] = 1;
          stack.push(near);
        }
      }
    }
    if (region.size >= SMALL * answers.length) regions.push(region);
  }
  return regions.sort((one, other) => other.size - one.size);
}

/**
 * @param {Uint8Array} answers
 * @param {number} side
 * @returns {boolean} whether the boundary is nearly a straight line
 */
function isStraight(answers, side) {
  const [xs, ys] = [/** @type {number[]} */ ([]), /** @type {number[]} */ ([])];
  for (let at = 0; at < answers.length; at++) {
    const [row, column] = [Math.floor(at / side), at % side];
    if (column < side - 1 && answers[at] !== answers[at + 1]) (xs.push(column + 0.5), ys.push(row));
    if (row < side - 1 && answers[at] !== answers[at + side]) (xs.push(column), ys.push(row + 0.5));
  }
  const mean = (/** @type {number[]} */ values) => values.reduce((sum, one) => sum + one, 0) / values.length;
  const [mx, my] = [mean(xs), mean(ys)];
  let [xx, xy, yy] = [0, 0, 0];
  xs.forEach((x, k) => ([xx, xy, yy] = [xx + (x - mx) ** 2, xy + (x - mx) * (ys[k] - my), yy + (ys[k] - my) ** 2]));
  const narrow = (xx + yy - Math.sqrt((xx - yy) ** 2 + 4 * xy * xy)) / 2 / xs.length; // the smaller variance
  return Math.sqrt(Math.max(0, narrow)) < STRAIGHT;
}

/**
 * @param {Float32Array} outputs (outputs, places) @param {number} side places along one side
 * @param {readonly string[]} names of the classes
 * @returns {string} a sentence about the boundary
 */
export function describeBoundary(outputs, side, names) {
  const answers = answersOf(outputs, side * side);
  const regions = regionsOf(answers, side);
  if (regions.length < 2) return `the whole plane is ${names[regions[0]?.kind ?? 0]}`;
  const [first, second] = regions;
  if (regions.length === 2) {
    if (second.inside) return `the boundary is a ring around ${names[second.kind]}`;
    return isStraight(answers, side) ? "the boundary is nearly a straight line" : "the boundary is one curved line";
  }
  const kinds = new Set(regions.map((region) => region.kind));
  if (kinds.size === regions.length && !regions.some((region) => region.inside)) {
    return `${regions.length} classes lie side by side, in one region each`;
  }
  const counted = [...kinds]
    .sort((one, other) => one - other)
    .map((kind) => `${regions.filter((region) => region.kind === kind).length} of ${names[kind]}`);
  return `the plane falls into ${regions.length} regions: ${counted.join(", ")}; the largest is ${names[first.kind]}`;
}
