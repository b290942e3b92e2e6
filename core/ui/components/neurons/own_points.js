// Points of one's own as text, short enough for the address: four letters a point, and a number before those of a
// class.
// Knows no page.

import { EDGE, classNames, emptyPoints } from "./datasets.js";

export const MOST_IN_ADDRESS = 600;
export const MOST_CLASSES = 6;
const MOST_LETTERS = 24; // of the name of an axis
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const STEPS = 4095;

/** @param {number} value in -6 ... 6 */
const step = (value) => Math.max(0, Math.min(STEPS, Math.round(((value + EDGE) / (2 * EDGE)) * STEPS)));
/** @param {number} count of steps */
const place = (count) => (count / STEPS) * 2 * EDGE - EDGE;
/** @param {number} count of steps */
const letters = (count) => LETTERS[count >> 6] + LETTERS[count & 63];

/** @param {number} value @returns {number} the value that survives the address: places are multiples of 12 / 4095 */
export const onGrid = (value) => place(step(value));

/** @typedef {{ x1: number, x2: number, kind: number }} OwnPoint */

/** @param {readonly OwnPoint[]} points @returns {string} */
export function writeOwn(points) {
  const parts = [];
  for (let kind = 0; kind < MOST_CLASSES; kind++) {
    const these = points.filter((point) => point.kind === kind);
    if (these.length)
      parts.push(`${kind}.${these.map(({ x1, x2 }) => letters(step(x1)) + letters(step(x2))).join("")}`);
  }
  return parts.join("~");
}

/** @param {string} text @returns {OwnPoint[] | null} null where it makes no sense */
export function readOwn(text) {
  const points = [];
  for (const part of text === "" ? [] : text.split("~")) {
    const match = /^([0-5])\.((?:[\w-]{4})+)$/.exec(part);
    if (!match) return null;
    for (let at = 0; at < match[2].length; at += 4) {
      const [a, b, c, d] = [...match[2].slice(at, at + 4)].map((letter) => LETTERS.indexOf(letter));
      points.push({ x1: place(a * 64 + b), x2: place(c * 64 + d), kind: Number(match[1]) });
    }
  }
  return points.length <= MOST_IN_ADDRESS ? points : null;
}

/** @param {string} name @returns {string} that holds no "~", which parts names in the address */
export const writeName = (name) => name.replaceAll("%", "%25").replaceAll("~", "%7E");

/** @param {string} text @returns {string} */
export const readName = (text) => text.replaceAll("%7E", "~").replaceAll("%25", "%");

/**
 * The axes of a table: name, middle and half of each; where a number is to be predicted, its middle and half.
 * @param {import("./datasets.js").Points} points
 * @returns {string | null} null where nothing was measured
 */
export function writeAxes({ axes, scales, valueScale }) {
  if (!scales) return null;
  const parts = (/** @type {import("./datasets.js").Scale} */ { middle, half }) =>
    [middle, half].map((value) => String(Number(value.toPrecision(6))));
  const named = scales.flatMap((scale, axis) => [writeName(axes[axis]), ...parts(scale)]);
  return [...named, ...(valueScale ? parts(valueScale) : [])].join("~");
}

/**
 * @param {string} text
 * @returns {Pick<import("./datasets.js").Points, "axes" | "scales" | "valueScale"> | null} null where it makes no sense
 */
export function readAxes(text) {
  const parts = text.split("~");
  const scaleAt = (/** @type {number} */ at) => ({
    middle: Number(parts[at] || NaN),
    half: Number(parts[at + 1] || NaN),
  });
  const scales = /** @type {[any, any]} */ ([scaleAt(1), scaleAt(4)]);
  const valueScale = parts.length > 6 ? scaleAt(6) : null;
  const fits = [...scales, ...(valueScale ? [valueScale] : [])].every(
    ({ middle, half }) => Math.abs(middle) <= 1e12 && half > 0 && half <= 1e12,
  );
  if (!fits || (parts.length !== 6 && parts.length !== 8)) return null;
  const axes = [parts[0], parts[3]].map((name) => readName(name).slice(0, MOST_LETTERS));
  return { axes: /** @type {[string, string]} */ (axes), scales, valueScale };
}

/** @param {Float64Array} y numbers to predict, in -1 ... 1 @returns {string} two letters each */
export const writeValues = (y) => Array.from(y, (value) => letters(step(value * EDGE))).join("");

/** @param {string} text @returns {Float64Array | null} null where it makes no sense */
export function readValues(text) {
  const pairs = /^(?:[\w-]{2})+$/.test(text) ? (text.match(/../g) ?? []) : null;
  return pairs && Float64Array.from(pairs, ([a, b]) => place(LETTERS.indexOf(a) * 64 + LETTERS.indexOf(b)) / EDGE);
}

/** @param {readonly OwnPoint[]} drawn @returns {import("./datasets.js").Points} with at least two classes */
export function ownPoints(drawn) {
  const points = emptyPoints(drawn.length);
  points.classes = drawn.reduce((most, { kind }) => Math.max(most, kind + 1), 2);
  points.names = classNames(points.classes);
  drawn.forEach(({ x1, x2, kind }, k) => {
    [points.x[2 * k], points.x[2 * k + 1], points.y[k]] = [x1, x2, kind];
  });
  return points;
}
