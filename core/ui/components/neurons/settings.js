// What can be set on the playground, and how it stands in the address: one table. What makes no sense there is left
// out and said. Knows no page.

import { ACTIVATIONS } from "./activations.js";
import { MADE } from "./datasets.js";
import { FEATURE_NAMES } from "./features.js";
import { OPTIMISERS } from "./optimisers.js";

/**
 * @typedef {object} Settings
 * @property {string} data the name of a data set, or "own"
 * @property {number} points of a made data set
 * @property {number} classes of one that can have several
 * @property {number} noise in percent, 0-50
 * @property {number} test share kept for the test, in percent
 * @property {number} seed of points, split, first weights and order
 * @property {import("./features.js").Feature[]} features
 * @property {number[]} layers hidden units of each
 * @property {import("./activations.js").Activation} activation
 * @property {import("./optimisers.js").OptimiserName} optimiser
 * @property {number} rate the learning rate
 * @property {number} batch
 * @property {"none" | "l1" | "l2"} penalty
 * @property {number} strength of the penalty
 * @property {number} dropout
 * @property {string} speed one of SPEEDS
 */

export const DATA = /** @type {const} */ ([...Object.keys(MADE), "iris", "penguins", "own"]);
export const RATES = [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10];
export const BATCHES = [1, 2, 5, 10, 20, 50, 100, 256];
export const STRENGTHS = [0.0001, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1];
export const DROPOUTS = [0, 0.1, 0.2, 0.3, 0.5];
export const [MOST_LAYERS, MOST_UNITS] = [6, 16];
export const PENALTIES = /** @type {const} */ (["none", "l1", "l2"]);

/** @type {Readonly<Record<string, { label: string, steps?: number, epochs?: number, milliseconds?: number }>>} */
export const SPEEDS = {
  // a second; `milliseconds` are of every frame
  step: { label: "1 update a second", steps: 1 },
  steps: { label: "10 updates a second", steps: 10 },
  epoch: { label: "1 epoch a second", epochs: 1 },
  epochs: { label: "10 epochs a second", epochs: 10 },
  frames: { label: "60 epochs a second", epochs: 60 },
  full: { label: "as fast as it can", milliseconds: 9 },
};

/** @returns {Settings} what the page opens with */
export function defaults() {
  return {
    data: "moons",
    points: 300,
    classes: 3,
    noise: 10,
    test: 30,
    seed: 0,
    features: ["x1", "x2"],
    layers: [8, 8],
    activation: "tanh",
    optimiser: "sgd",
    rate: 0.03,
    batch: 10,
    penalty: "none",
    strength: 0.001,
    dropout: 0,
    speed: "frames",
  };
}

/** @param {number} low @param {number} high */
const whole = (low, high) => ({
  /** @param {string} text */
  read(text) {
    const value = Number(text);
    return /^\d{1,6}$/.test(text) && value >= low && value <= high ? value : undefined;
  },
  write: String,
});

/** @param {number} low @param {number} high */
const decimal = (low, high) => ({
  /** @param {string} text */
  read(text) {
    const value = Number(text);
    return /^\d*\.?\d+(e-?\d{1,2})?$/.test(text) && value >= low && value <= high ? value : undefined;
  },
  write: String,
});

/** @param {readonly string[]} choices */
const oneOf = (choices) => ({
  read: (/** @type {string} */ text) => (choices.includes(text) ? text : undefined),
  write: String,
});

const features = {
  /** @param {string} text */
  read(text) {
    const names = text.split(",");
    const known = FEATURE_NAMES.filter((name) => names.includes(name));
    return known.length > 0 && known.length === names.length ? known : undefined;
  },
  /** @param {string[]} names */
  write: (names) => names.join(","),
};

const layers = {
  /** @param {string} text */
  read(text) {
    if (text === "none") return [];
    const units = text.split(",").map((one) => (/^\d{1,2}$/.test(one) ? Number(one) : 0));
    return units.length <= MOST_LAYERS && units.every((one) => one >= 1 && one <= MOST_UNITS) ? units : undefined;
  },
  /** @param {number[]} units */
  write: (units) => units.join(",") || "none",
};

/** @type {Record<string, { read: (text: string) => any, write: (value: any) => string }>} */
const TABLE = {
  data: oneOf(DATA),
  points: whole(10, 2000),
  classes: whole(2, 6),
  noise: whole(0, 50),
  test: whole(0, 80),
  seed: whole(0, 9999),
  features,
  layers,
  activation: oneOf(ACTIVATIONS),
  optimiser: oneOf(OPTIMISERS),
  rate: decimal(1e-6, 1000),
  batch: whole(1, 256),
  penalty: oneOf(PENALTIES),
  strength: decimal(1e-6, 10),
  dropout: decimal(0, 0.9),
  speed: oneOf(Object.keys(SPEEDS)),
};

export const NAMES = Object.keys(TABLE);

/**
 * The settings that an address asks for.
 * @param {URLSearchParams} address
 * @returns {{ settings: Settings, problems: string[] }} a sentence for each that cannot be used
 */
export function readSettings(address) {
  const settings = defaults();
  const problems = [];
  for (const [name, { read }] of Object.entries(TABLE)) {
    const text = address.get(name);
    if (text === null) continue;
    const value = read(text);
    if (value === undefined) problems.push(`The link asks for ${name} = “${text.slice(0, 40)}”, which cannot be.`);
    else Object.assign(settings, { [name]: value });
  }
  return { settings, problems };
}

/** @param {Settings} settings @returns {Record<string, string>} what differs from the page as it opens */
export function writeSettings(settings) {
  const [usual, found] = [defaults(), /** @type {Record<string, string>} */ ({})];
  for (const [name, { write }] of Object.entries(TABLE)) {
    const key = /** @type {keyof Settings} */ (name);
    if (write(settings[key]) !== write(usual[key])) found[name] = write(settings[key]);
  }
  return found;
}
