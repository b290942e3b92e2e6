// Numbers and sums in words. Knows nothing of the page.
import { csvFile } from "../lib/csv.js";
import { activate, poolValues } from "./arithmetic.js";

/**
 * A number with at most so many decimals, without trailing zeros.
 * @param {number} x
 */
export function short(x, decimals = 4) {
  if (Math.abs(x) >= 1e6) return x.toPrecision(5);
  return String(Number(x.toFixed(decimals)));
}

/** @param {number} x */
function inBrackets(x) {
  return x < 0 ? `(${short(x)})` : short(x);
}

/**
 * The number that a person has typed (0.5, 0,5, -1, 1/9), or null.
 * @param {string} text
 */
export function readNumber(text) {
  const parts = text.trim().replace("\u2212", "-").replace(",", ".").split("/");
  if (parts.length > 2 || parts.some((part) => !/^\s*[-+]?(\d+\.?\d*|\.\d+)\s*$/.test(part))) return null;
  const value = parts.length === 2 ? Number(parts[0]) / Number(parts[1]) : Number(parts[0]);
  return Number.isFinite(value) ? value + 0 : null;
}

/**
 * "=" when the numbers stand there in full, "≈" when some are shortened.
 * @param {number[]} numbers
 */
function equals(numbers) {
  return numbers.every((x) => Math.abs(x - Number(short(x))) < 1e-9) ? "=" : "\u2248";
}

/**
 * The weighted sum as terms (`nothing` where the product is zero) and the end of the line.
 * @param {import("./arithmetic.js").Tap[]} taps
 * @param {number} bias
 * @param {number} sum
 */
export function sumText(taps, bias, sum) {
  const terms = taps.map((tap) => ({
    text: `${short(tap.value)}*${inBrackets(tap.weight)}`, nothing: tap.value * tap.weight === 0, padding: !tap.inside,
  }));
  const all = [...taps.flatMap((tap) => [tap.value, tap.weight]), bias, sum];
  return { terms, end: `${inBrackets(bias)} (bias) ${equals(all)} ${short(sum)}` };
}

/**
 * @param {number} x
 * @param {import("./arithmetic.js").Activation} activation
 */
export function activationText(x, activation) {
  const result = activate(x, activation);
  const sign = equals([x, result]);
  if (activation === "ReLU") return `ReLU: max(0, ${short(x)}) ${x <= 0 ? "=" : sign} ${short(result)}`;
  if (activation === "sigmoid") return `sigmoid: 1 / (1 + e^${inBrackets(-x)}) ${sign} ${short(result)}`;
  return activation === "tanh" ? `tanh: tanh(${short(x)}) ${sign} ${short(result)}` : "";
}

/**
 * @param {number[]} values
 * @param {import("./arithmetic.js").Pool["kind"]} kind
 */
export function poolingText(values, kind) {
  const result = poolValues(values, kind);
  const sign = equals([...values, result]);
  if (kind === "max") return `max(${values.map((x) => short(x)).join(", ")}) ${sign} ${short(result)}`;
  return `(${values.map(inBrackets).join(" + ")}) / ${values.length} ${sign} ${short(result)}`;
}

/**
 * The smallest and the largest number of a map.
 * @param {import("./arithmetic.js").Grid} map
 */
export function rangeText(map) {
  let [low, high] = [Infinity, -Infinity];
  for (const x of map.values) [low, high] = [Math.min(low, x), Math.max(high, x)];
  return `from ${short(low, 2)} to ${short(high, 2)}`;
}

/**
 * A map as CSV, one line a row, all digits.
 * @param {import("./arithmetic.js").Grid} map
 * @param {import("../lib/csv.js").CsvStyle} style
 */
export function csvOf({ height, width, values }, style) {
  const rowOf = (/** @type {number} */ row) => [...values.subarray(row * width, (row + 1) * width)];
  return csvFile(Array.from({ length: height }, (_, row) => rowOf(row)), style);
}
