// The movement of a pen in steps of equal length: the twin of `core/data/pen/steps.py`, where it is explained.

/**
 * Points [x, y, milliseconds] from each touch of the pen to its lift, pixels of the canvas.
 * @typedef {[number, number, number]} Point
 * @typedef {Point[]} Stroke
 * @typedef {[number, number, number]} Step dx, dy in units of UNIT step lengths, and 1 where the pen was lifted
 */

const LENGTH = 1 / 14;
const UNIT = 7;
const LONGEST = 400;

/**
 * Points on a line that lie `length` apart along it, its first and its last point among them.
 * @param {[number, number][]} line
 * @param {number} length
 * @returns {[number, number][]}
 */
export function resample(line, length) {
  const way = [0];
  for (let i = 1; i < line.length; i++) {
    way.push(way[i - 1] + Math.hypot(line[i][0] - line[i - 1][0], line[i][1] - line[i - 1][1]));
  }
  const whole = way[way.length - 1];
  if (whole <= 0) return [line[0]];
  const places = Array.from({ length: Math.ceil(whole / length) }, (_, i) => i * length);
  places.push(whole);
  const count = places.length;
  if (count > 2 && whole - places[count - 2] < length / 4) places.splice(count - 2, 1);
  let at = 0;
  return places.map((place) => {
    while (at < way.length - 2 && way[at + 1] <= place) at++;
    const share = way[at + 1] > way[at] ? Math.min((place - way[at]) / (way[at + 1] - way[at]), 1) : 1;
    const [from, to] = [line[at], line[at + 1]];
    return [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])];
  });
}

/**
 * The steps of a path, at most LONGEST; none for an empty one.
 * @param {Stroke[]} strokes
 * @param {number} side of the canvas
 * @returns {Step[]}
 */
export function toSteps(strokes, side) {
  /** @type {Step[]} */
  const steps = [];
  /** @type {[number, number] | null} */
  let before = null;
  const add = (/** @type {number} */ dx, /** @type {number} */ dy, /** @type {number} */ lifted) =>
    steps.push([Math.fround(dx * UNIT), Math.fround(dy * UNIT), lifted]);
  const drawn = strokes.filter(({ length }) => length); // of a stroke beyond the last point that is read, none is left
  for (const stroke of drawn) {
    const [x, y] = drawn[0][0];
    const line = resample(stroke.map((point) => [(point[0] - x) / side, (point[1] - y) / side]), LENGTH);
    if (before) add(line[0][0] - before[0], line[0][1] - before[1], 1);
    else if (line.length === 1) add(0, 0, 0);
    for (let i = 1; i < line.length; i++) add(line[i][0] - line[i - 1][0], line[i][1] - line[i - 1][1], 0);
    before = line[line.length - 1];
  }
  return steps.slice(0, LONGEST);
}

/**
 * Whether the pen has left the place where it came down.
 * @param {Step[]} steps
 */
export function hasMoved(steps) {
  return steps.some(([dx, dy]) => dx !== 0 || dy !== 0);
}

/**
 * The share of the ink, 0-1, that is on the paper after each step.
 * @param {Step[]} steps
 */
export function inkAfter(steps) {
  let ink = 0;
  const after = steps.map(([dx, dy, lifted]) => (ink += lifted ? 0 : Math.hypot(dx, dy)));
  return after.map((one) => (ink > 0 ? one / ink : 1));
}
