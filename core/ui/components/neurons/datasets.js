// The points there are to learn from, made from a seed. All of them lie in the plane from -6 to 6. Knows no network.

import { gaussian, uniform } from "./random.js";

/**
 * Points with a class or a value each.
 * @typedef {object} Points
 * @property {Float64Array} x x1, x2, x1, x2, ...
 * @property {Float64Array} y class numbers from 0, or values
 * @property {number} classes how many there are; 0 where y is a number to predict
 * @property {string[]} names of the classes
 * @property {[string, string]} axes what x1 and x2 are
 * @property {[Scale, Scale] | null} scales how the axes came to -6 ... 6; null where nothing was changed
 * @property {Scale | null} [valueScale] the same for y, where it is a number
 */
/** @typedef {{ middle: number, half: number }} Scale in the plane is 5 (value - middle) / half */
/** @typedef {"moons" | "circles" | "spirals" | "xor" | "blobs" | "checkerboard" | "gauss" | "slope"} Made */
/** @typedef {{ count: number, noise: number, classes: number, seed: number }} Recipe noise from 0 to 0.5 */
/**
 * @typedef {(random: () => number, recipe: Recipe, k: number) => [number, number, number]} Draw x1, x2, y of point k
 */

export const EDGE = 6;
const REACH = 5; // of measured and pasted points, so that they keep off the edge

/** @type {Readonly<Record<Made, { title: string, classes: "two" | "many" | "number", draw: Draw }>>} */
export const MADE = {
  moons: { title: "Two moons", classes: "two", draw: drawMoon },
  circles: { title: "Circles", classes: "two", draw: drawCircle },
  spirals: { title: "Spirals", classes: "many", draw: drawSpiral },
  xor: { title: "XOR", classes: "two", draw: drawXor },
  blobs: { title: "Blobs", classes: "many", draw: drawBlob },
  checkerboard: { title: "Checkerboard", classes: "two", draw: drawSquare },
  gauss: { title: "Hills (a number)", classes: "number", draw: drawHills },
  slope: { title: "Slope (a number)", classes: "number", draw: drawSlope },
};

/** @param {number} x */
const clamp = (x) => Math.max(-EDGE, Math.min(EDGE, x));

/** @param {Made} name @param {Recipe} recipe @returns {Points} */
export function makePoints(name, recipe) {
  const { classes: kind, draw } = MADE[name];
  const random = uniform(recipe.seed * 7919 + 1);
  const points = emptyPoints(recipe.count);
  points.classes = { two: 2, many: recipe.classes, number: 0 }[kind];
  points.names = classNames(points.classes);
  for (let k = 0; k < recipe.count; k++) {
    const [x1, x2, y] = draw(random, recipe, k);
    points.x[2 * k] = clamp(x1);
    points.x[2 * k + 1] = clamp(x2);
    points.y[k] = y;
  }
  return points;
}

/** @param {number} count @returns {Points} room for points of one's own */
export function emptyPoints(count) {
  return {
    x: new Float64Array(2 * count),
    y: new Float64Array(count),
    classes: 2,
    names: [],
    axes: ["x₁", "x₂"],
    scales: null,
    valueScale: null,
  };
}

/** @param {number} count @returns {string[]} "class 1", "class 2", ... */
export function classNames(count) {
  return Array.from({ length: count }, (_, k) => `class ${k + 1}`);
}

/** @param {ArrayLike<number>} values @returns {Scale} that brings all of them to -5 ... 5 */
export function scaleOf(values) {
  let [low, high] = [Infinity, -Infinity];
  for (let k = 0; k < values.length; k++) [low, high] = [Math.min(low, values[k]), Math.max(high, values[k])];
  return { middle: low / 2 + high / 2, half: high / 2 - low / 2 || 1 };
}

/** @param {number} value @param {Scale | undefined | null} scale @returns {number} in the plane */
export const toPlane = (value, scale) => (scale ? ((value - scale.middle) / scale.half) * REACH : value);
/** @param {number} place @param {Scale | undefined | null} scale @returns {number} as it was measured */
export const fromPlane = (place, scale) => (scale ? (place / REACH) * scale.half + scale.middle : place);

/** @param {Points} points @param {number} y @returns {number} a number to predict, as it was measured */
export const measuredValue = ({ valueScale }, y) => (valueScale ? y * valueScale.half + valueScale.middle : y);

/**
 * Measured points: both axes are brought to -5 ... 5, and a number to predict to -1 ... 1.
 * @param {ArrayLike<number>} first @param {ArrayLike<number>} second @param {ArrayLike<number>} y
 * @param {string[]} names of the classes; none where y is a number
 * @param {[string, string]} axes
 * @returns {Points}
 */
export function measuredPoints(first, second, y, names, axes) {
  const points = emptyPoints(y.length);
  const [scale1, scale2] = [scaleOf(first), scaleOf(second)];
  const valueScale = names.length ? null : scaleOf(y);
  for (let k = 0; k < y.length; k++) {
    points.x[2 * k] = toPlane(first[k], scale1);
    points.x[2 * k + 1] = toPlane(second[k], scale2);
    points.y[k] = valueScale ? (y[k] - valueScale.middle) / valueScale.half : y[k];
  }
  return Object.assign(points, {
    classes: names.length,
    names,
    axes,
    valueScale,
    scales: /** @type {[Scale, Scale]} */ ([scale1, scale2]),
  });
}

/** @type {Draw} */
function drawMoon(random, { noise, count }, k) {
  const upper = k < count / 2;
  const angle = random() * Math.PI;
  const [dx, dy] = [gaussian(random) * noise * 3, gaussian(random) * noise * 3];
  const x1 = (upper ? Math.cos(angle) : 1 - Math.cos(angle)) - 0.5;
  const x2 = (upper ? Math.sin(angle) : 0.5 - Math.sin(angle)) - 0.25;
  return [x1 * 3.2 + dx, x2 * 3.6 + dy, upper ? 0 : 1];
}

/** @type {Draw} */
function drawCircle(random, { noise, count }, k) {
  const inner = k < count / 2;
  const [radius, angle] = [inner ? random() * 2.3 : 3.6 + random() * 1.4, random() * 2 * Math.PI];
  const [dx, dy] = [gaussian(random) * noise * 3, gaussian(random) * noise * 3];
  return [radius * Math.sin(angle) + dx, radius * Math.cos(angle) + dy, inner ? 0 : 1];
}

/** @type {Draw} */
function drawSpiral(random, { noise, count, classes }, k) {
  const arm = k % classes;
  const along = Math.floor(k / classes) / Math.max(1, Math.floor(count / classes));
  const [radius, turns] = [0.3 + along * 4.9, classes > 3 ? 1 : 1.75];
  const angle = turns * along * 2 * Math.PI + (arm / classes) * 2 * Math.PI;
  const [dx, dy] = [(random() - 0.5) * noise * 4, (random() - 0.5) * noise * 4];
  return [radius * Math.sin(angle) + dx, radius * Math.cos(angle) + dy, arm];
}

/** @type {Draw} */
function drawXor(random, { noise }) {
  const place = () => {
    // a gap between the quarters
    const x = (random() - 0.5) * 10;
    return x + (x > 0 ? 0.3 : -0.3);
  };
  const [x1, x2] = [place(), place()];
  const [dx, dy] = [gaussian(random) * noise * 2.5, gaussian(random) * noise * 2.5];
  return [x1 + dx, x2 + dy, x1 * x2 < 0 ? 1 : 0];
}

/** @type {Draw} */
function drawBlob(random, { noise, classes }, k) {
  const [kind, wide] = [k % classes, 0.7 + noise * 3.2];
  const angle = (kind / classes) * 2 * Math.PI + Math.PI / 4;
  return [3.3 * Math.cos(angle) + gaussian(random) * wide, 3.3 * Math.sin(angle) + gaussian(random) * wide, kind];
}

/** @type {Draw} */
function drawSquare(random, { noise }) {
  const [x1, x2] = [(random() - 0.5) * 11.4, (random() - 0.5) * 11.4];
  const kind = Math.abs(Math.floor(x1 / 3) + Math.floor(x2 / 3)) % 2;
  return [x1 + gaussian(random) * noise, x2 + gaussian(random) * noise, kind];
}

const HILLS = [
  [0, 2.5, 1],
  [0, -2.5, -1],
  [-2.5, 0, -1],
  [-2.5, -2.5, 1],
  [2.5, 0, -1],
  [2.5, 2.5, 1],
];

/** @type {Draw} */
function drawHills(random, { noise }) {
  const [x1, x2] = [(random() - 0.5) * 11.4, (random() - 0.5) * 11.4];
  let most = 0;
  for (const [h1, h2, sign] of HILLS) {
    const height = sign * Math.max(0, 1 - Math.hypot(x1 - h1, x2 - h2) / 2);
    if (Math.abs(height) > Math.abs(most)) most = height;
  }
  return [x1, x2, most + gaussian(random) * noise * 0.5];
}

/** @type {Draw} */
function drawSlope(random, { noise }) {
  const [x1, x2] = [(random() - 0.5) * 11.4, (random() - 0.5) * 11.4];
  return [x1, x2, (x1 + x2) / 11.4 + gaussian(random) * noise * 0.5];
}
