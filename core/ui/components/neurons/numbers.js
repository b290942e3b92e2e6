// Numbers as people read them. Knows nothing of what they count.

const MINUS = "\u2212";

/**
 * @param {number} value
 * @param {number} digits after the point
 * @returns {string} with a true minus, no negative zero
 */
export function fixed(value, digits = 2) {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "not a number" : value > 0 ? "\u221e" : `${MINUS}\u221e`;
  if (Math.abs(value) >= 1e6) return value.toExponential(1).replace("-", MINUS).replace("e+", "e");
  const text = value.toFixed(digits);
  return (Number(text) === 0 ? text.replace("-", "") : text).replace("-", MINUS);
}

/** @param {number} value @returns {string} of three digits that count, however small */
export function short(value) {
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 0.001 && size < 1e5) return String(Number(value.toPrecision(3))).replace("-", MINUS);
  if (!Number.isFinite(value)) return fixed(value);
  return value.toExponential(1).replace("e+", "e").replaceAll("-", MINUS);
}

/**
 * @param {number} value
 * @param {number} digits after the point
 * @returns {string} as a factor or a term: in brackets below zero
 */
export function bracketed(value, digits = 2) {
  const text = fixed(value, digits);
  return text.startsWith(MINUS) ? `(${text})` : text;
}

/** @param {number} value @param {number} digits after the point @returns {number} as it is shown */
export const rounded = (value, digits) => Number(value.toFixed(digits));

/**
 * How many digits numbers need so that what is worked out from them as they are shown is what is shown.
 * @param {(digits: number) => boolean} agrees
 * @returns {number} after the point, from 2 on
 */
export function digitsFor(agrees) {
  let digits = 2;
  while (digits < 8 && !agrees(digits)) digits++;
  return digits;
}

/** @param {number} share of 1 @returns {string} never rounded up to certainty */
export function percent(share) {
  if (Number.isNaN(share)) return "not a number";
  if (share > 0 && share < 0.001) return "< 0.1 %";
  if (share < 1 && share > 0.999) return "> 99.9 %";
  return `${(100 * share).toFixed(1)} %`;
}

/** @param {number} count @returns {string} */
export const whole = (count) => count.toLocaleString("en");
