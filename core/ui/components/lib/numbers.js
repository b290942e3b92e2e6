// Numbers as they are written.

export const MINUS = "\u2212"; // as wide as a plus
const BLANK = "\u00a0"; // a line never ends within a percentage
export const PERCENT = `${BLANK}%`;

/**
 * A number with so many decimals, without a negative zero.
 * @param {number | null} value
 * @param {number} decimals
 */
export function fixed(value, decimals) {
  if (value === null || !Number.isFinite(value)) return "not a number";
  return value.toFixed(decimals).replace(/^-(?=.*[1-9])/, MINUS).replace(/^-/, "");
}

/**
 * A number of a scale: three digits, no more than it needs.
 * @param {number} value
 */
export function scaleNumber(value) {
  return String(Number(value.toPrecision(3))).replace("-", MINUS);
}

/**
 * A probability as a percentage that is never rounded up to certainty or down to nothing, as
 * `core/figures/percent.py` writes it: 0.4567 is "45.7 %", 0.99996 is "> 99.9 %", 0.0002 is "< 0.1 %".
 * @param {number} share
 * @param {number} decimals
 */
export function percent(share, decimals = 1) {
  const text = (100 * share).toFixed(decimals);
  const smallest = 10 ** -decimals;
  if (Number(text) >= 100) return `>${BLANK}${(100 - smallest).toFixed(decimals)}${PERCENT}`;
  if (Number(text) <= 0) return `<${BLANK}${smallest.toFixed(decimals)}${PERCENT}`;
  return `${text}${PERCENT}`;
}
