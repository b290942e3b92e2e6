// What is said about a movement.
import { percent } from "../lib/numbers.js";
import { answerOf, sureFrom } from "./recurrent.js";
import { inkAfter } from "./steps.js";

/** @typedef {import("./recurrent.js").Read} Read */

// `core/data/pen/path.py` says the same.
export const UNMOVED = "The pen did not move. A dot has a place, but no movement to read.";

/**
 * The answer after the last step, and since when it stands.
 * @param {Read[]} read
 * @param {string[]} classes
 * @param {string} title of the network
 * @param {boolean} drawing whether the pen is down
 */
export function says(read, classes, title, drawing) {
  const last = read.at(-1);
  if (!last) return "";
  const answer = answerOf(last.probabilities);
  const said = `The ${title}, which only feels the pen move, says ${classes[answer]}: ` +
    `${percent(last.probabilities[answer])}.`;
  const from = sureFrom(read);
  if (from === null) return drawing ? said : `${said} It never was sure: sure means 90 % or more, to the end.`;
  if (drawing) return `${said} It is sure.`;
  const share = inkAfter(read.map(({ step }) => step))[from];
  return `${said} Sure after ${percent(share, 0)} of the stroke.`;
}
