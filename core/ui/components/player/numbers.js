// Numbers as the player prints them: three decimals, and in a sum so rounded that the printed ones add up. A number to
// print is a whole number of thousandths.
import { MINUS } from "../lib/numbers.js";

/** @param {number} x */
export function thousandths(x) {
  return Math.round(x * 1000) + 0; // + 0: no negative zero
}

/**
 * "0.412"; with `plus` also "+0.412".
 * @param {number} whole
 */
export function printed(whole, plus = false) {
  const sign = whole < 0 ? MINUS : plus ? "+" : "";
  return sign + (Math.abs(whole) / 1000).toFixed(3);
}

/** @param {number} x */
export function print(x, plus = false) {
  return printed(thousandths(x), plus);
}

/**
 * As a factor in a product: negative ones in brackets.
 * @param {number} x
 */
export function printFactor(x) {
  return thousandths(x) < 0 ? `(${print(x)})` : print(x);
}

/**
 * " + 0.412" or " − 0.412", to continue a sum.
 * @param {number} whole
 */
export function printSummand(whole) {
  return ` ${whole < 0 ? MINUS : "+"} ${printed(Math.abs(whole))}`;
}

/**
 * Round the parts of a sum, each up or down by less than a thousandth, so that they add up to the rounded sum.
 * @param {number[]} parts
 * @returns {{ parts: number[], total: number }} in thousandths
 */
export function roundParts(parts) {
  const exact = parts.map((part) => part * 1000);
  const rounded = exact.map(Math.floor);
  const total = Math.round(exact.reduce((sum, part) => sum + part, 0));
  let missing = total - rounded.reduce((sum, part) => sum + part, 0);
  const order = exact.map((part, i) => [part - rounded[i], i]).sort((one, other) => other[0] - one[0]);
  for (const [, i] of order) {
    if (missing-- <= 0) break;
    rounded[i] += 1;
  }
  return { parts: rounded.map((part) => part + 0), total: total + 0 };
}

/**
 * "=" when the printed numbers give exactly the printed result, "≈" when the rounding shows.
 * @param {number} fromPrinted
 * @param {number} result
 */
export function equals(fromPrinted, result) {
  return thousandths(fromPrinted) === thousandths(result) ? "=" : "\u2248";
}

/**
 * The number as it is printed, with which a person would go on.
 * @param {number} x
 */
export function asPrinted(x) {
  return thousandths(x) / 1000;
}
