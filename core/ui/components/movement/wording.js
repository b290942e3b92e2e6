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
 * @param {boolean} known whether what was drawn is one of the classes
 */
export function says(read, classes, title, drawing, known = true) {
  const last = read.at(-1);
  if (!last) return "";
  const answer = answerOf(last.probabilities);
  const sure = percent(last.probabilities[answer]);
  const who = `the ${title}, which only feels the pen move,`;
  if (!known) return `If it had to choose, ${who} would say ${classes[answer]}: ${sure}.`;
  const said = `T${who.slice(1)} says ${classes[answer]}: ${sure}.`;
  const from = sureFrom(read);
  if (from === null) return drawing ? said : `${said} It was never sure: that takes 90 % or more until the end.`;
  if (drawing) return `${said} It is sure.`;
  const share = inkAfter(read.map(({ step }) => step))[from];
  return `${said} Sure after ${percent(share, 0)} of the stroke.`;
}
