// Draws a tune as a score, and marks notes of it by their places in the ABC text.
import abcjs from "./vendor/abcjs.js";

const WIDEST = 900;
const PER_BAR = 165; // pixels that a bar may have before one more fits into the line
const MOST_BARS = 4;

/**
 * @typedef {{ start: number, end: number, parts: SVGElement[] }} Drawn
 * @typedef {{ tune: import("./vendor/abcjs.js").Tune, notes: Drawn[] }} Score
 */

/**
 * @param {HTMLElement} box
 * @param {string} abc
 * @param {number} width of the place for it, pixels
 * @param {string} name for screen readers
 * @returns {Score}
 */
export function draw(box, abc, width, name) {
  const staffwidth = Math.max(240, Math.min(WIDEST, width) - 20);
  const bars = Math.max(1, Math.min(MOST_BARS, Math.floor(staffwidth / PER_BAR)));
  const [tune] = abcjs.renderAbc(box, abc, {
    add_classes: true, ariaLabel: name, foregroundColor: "currentColor", selectTypes: false, staffwidth,
    paddingleft: 4, paddingright: 8, paddingtop: 8, paddingbottom: 8, responsive: "resize",
    wrap: { minSpacing: 1.3, maxSpacing: 2.4, preferredMeasuresPerLine: bars },
  });
  box.style.maxWidth = `${staffwidth + 20}px`;
  return { tune, notes: drawnNotes(tune) };
}

/** @param {import("./vendor/abcjs.js").Tune} tune */
function drawnNotes(tune) {
  const elements = tune.lines.flatMap((line) => line.staff ?? []).flatMap((staff) => staff.voices.flat());
  return elements.flatMap((one) => {
    const parts = (one.abselem?.elemset ?? []).filter(Boolean);
    return one.startChar === undefined || one.startChar < 0 || !parts.length ? []
      : [{ start: one.startChar, end: one.endChar ?? one.startChar + 1, parts }];
  });
}

/**
 * Give a class to the notes that begin within some spans of the text, and take it from all others.
 * @param {Score} score
 * @param {string} className
 * @param {readonly (readonly [number, number])[]} spans
 */
export function mark(score, className, spans) {
  for (const { start, parts } of score.notes) {
    const on = spans.some(([from, to]) => start >= from && start < to);
    for (const part of parts) part.classList.toggle(className, on);
  }
}
