// Activation functions and their derivatives in double precision, over whole arrays. Knows nothing of networks.

/** @typedef {"relu" | "tanh" | "sigmoid" | "linear" | "gelu"} Activation */

/** @type {readonly Activation[]} */
export const ACTIVATIONS = ["relu", "tanh", "sigmoid", "linear", "gelu"];

// tanh and the normal distribution are looked up at the nearest of evenly spaced places and carried on from there by
// exact formulas, because Math.tanh and Math.exp take several times as long. Errors are below 1e-15.
const PER_UNIT = 64;
const STEP = 1 / PER_UNIT;
const FAR = 20; // beyond it tanh is 1 to the last bit
const TANH = Float64Array.from({ length: 4096 }, (_, place) => Math.tanh(place / PER_UNIT - FAR));
export { TANH as TANH_TABLE };

const NORMAL_FAR = 9; // beyond it the distribution is 0 or 1 to the last bit
const DENSITY = Float64Array.from(
  { length: 2 * NORMAL_FAR * PER_UNIT + 1 },
  (_, place) => Math.exp(-((place / PER_UNIT - NORMAL_FAR) ** 2) / 2) / Math.sqrt(2 * Math.PI),
);
const NORMAL = new Float64Array(DENSITY.length);

/**
 * What the normal distribution gains from `x` to `x + step`, by its Taylor series (derivatives are Hermite
 * polynomials).
 * @param {number} density at x @param {number} x @param {number} step
 */
function gain(density, x, step) {
  const [x2, s2] = [x * x, step * step];
  const fifth = ((x2 - 6) * x2 + 3) / 120;
  const sixth = (((10 - x2) * x2 - 15) * x) / 720;
  const seventh = (((x2 - 15) * x2 + 45) * x2 - 15) / 5040;
  return (
    density *
    step *
    (1 -
      (x * step) / 2 +
      s2 * ((x2 - 1) / 6 + step * (((3 - x2) * x) / 24) + s2 * (fifth + step * (sixth + step * seventh))))
  );
}

for (let place = 1; place < NORMAL.length; place++) {
  const middle = (place - 0.5) / PER_UNIT - NORMAL_FAR; // from the middle, both halves are short
  const density = Math.exp(-(middle ** 2) / 2) / Math.sqrt(2 * Math.PI);
  const half = 0.5 / PER_UNIT;
  NORMAL[place] = NORMAL[place - 1] + gain(density, middle, half) - gain(density, middle, -half);
}

/** @param {number} x @returns {number} tanh(x), by the addition theorem */
export function tanh(x) {
  if (x > FAR) return 1;
  if (x < -FAR) return -1;
  const place = (x * PER_UNIT + FAR * PER_UNIT + 0.5) | 0;
  const rest = x - (place * STEP - FAR);
  const square = rest * rest;
  const small = rest * (1 - square * (1 / 3 - square * (2 / 15)));
  const known = TANH[place];
  return (known + small) / (1 + known * small);
}

/** @param {number} x @returns {number} the logistic function */
export const sigmoid = (x) => 0.5 + 0.5 * tanh(0.5 * x);

/** @param {number} x @returns {number} the share of a standard normal distribution below x */
export function normal(x) {
  if (x > NORMAL_FAR) return 1;
  if (x < -NORMAL_FAR) return 0;
  const place = (x * PER_UNIT + NORMAL_FAR * PER_UNIT + 0.5) | 0;
  const near = place * STEP - NORMAL_FAR;
  return NORMAL[place] + gain(DENSITY[place], near, x - near);
}

/** @param {number} x @returns {number} the density of the standard normal distribution */
const density = (x) => Math.exp(-(x * x) / 2) / Math.sqrt(2 * Math.PI);

/**
 * The activation of one number.
 * @param {Activation} name @param {number} z @returns {number}
 */
export function activateOne(name, z) {
  switch (name) {
    case "relu":
      return Math.max(0, z);
    case "tanh":
      return tanh(z);
    case "sigmoid":
      return sigmoid(z);
    case "gelu":
      return z * normal(z);
    default:
      return z;
  }
}

/**
 * The derivative of an activation at one number.
 * @param {Activation} name @param {number} z @returns {number}
 */
export function slopeOne(name, z) {
  switch (name) {
    case "relu":
      return z > 0 ? 1 : 0;
    case "tanh":
      return 1 - tanh(z) ** 2;
    case "sigmoid":
      return sigmoid(z) * (1 - sigmoid(z));
    case "gelu":
      return normal(z) + z * density(z);
    default:
      return 1;
  }
}

/**
 * Write the activations of `z` into `a`, up to place `end`.
 * @template {Float64Array | Float32Array} Numbers
 * @param {Activation} name @param {Numbers} z @param {Numbers} a @param {number} end
 */
export function activate(name, z, a, end) {
  switch (name) {
    case "relu":
      for (let k = 0; k < end; k++) a[k] = Math.max(0, z[k]);
      break;
    case "tanh":
      for (let k = 0; k < end; k++) a[k] = tanh(z[k]);
      break;
    case "sigmoid":
      for (let k = 0; k < end; k++) a[k] = 0.5 + 0.5 * tanh(0.5 * z[k]);
      break;
    case "gelu":
      for (let k = 0; k < end; k++) a[k] = z[k] * normal(z[k]);
      break;
    default:
      a.set(z.subarray(0, end));
  }
}

/**
 * Multiply `delta` by the derivative of the activation, up to place `end`: the chain rule at one layer.
 * @param {Activation} name @param {Float64Array} z @param {Float64Array} a @param {Float64Array} delta
 * @param {number} end
 */
export function chain(name, z, a, delta, end) {
  switch (name) {
    case "relu":
      for (let k = 0; k < end; k++) if (!(z[k] > 0)) delta[k] = 0;
      break;
    case "tanh":
      for (let k = 0; k < end; k++) delta[k] *= 1 - a[k] * a[k];
      break;
    case "sigmoid":
      for (let k = 0; k < end; k++) delta[k] *= a[k] * (1 - a[k]);
      break;
    case "gelu":
      for (let k = 0; k < end; k++) delta[k] *= normal(z[k]) + z[k] * density(z[k]);
      break;
  }
}
