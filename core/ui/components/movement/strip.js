// The strip that grows with the stroke: a column for every step, ten probabilities above, the state below.
import { contextOf } from "../lib/canvas.js";
import { element, write } from "../lib/elements.js";
import { percent } from "../lib/numbers.js";
import { signedIndex } from "../lib/palette.js";
import { sureFrom } from "./recurrent.js";

/** @typedef {import("./recurrent.js").Read} Read */
/** @typedef {import("../lib/palette.js").Palette} Palette */

const COLUMN = 9; // CSS pixels of a step
const LEAST = 24; // columns that the strip is wide at the beginning

/**
 * Paint numbers as coloured cells, one to a pixel; the canvas is stretched by CSS.
 * @param {HTMLCanvasElement} canvas
 * @param {number} columns
 * @param {number} rows
 * @param {(row: number, column: number) => number} value in -1 to 1
 * @param {Palette} palette
 */
function paint(canvas, columns, rows, value, palette) {
  if (canvas.width !== columns || canvas.height !== rows) Object.assign(canvas, { width: columns, height: rows });
  const image = new ImageData(columns, rows);
  const words = new Uint32Array(image.data.buffer);
  for (let row = 0, at = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, at++) {
      words[at] = palette.words[signedIndex(value(row, column), 1)];
    }
  }
  contextOf(canvas).putImageData(image, 0, 0);
}

/**
 * @param {HTMLElement} root
 * @param {HTMLElement} below where it is explained
 * @param {string[]} classes
 * @param {Palette} palette
 */
export function createStrip(root, below, classes, palette) {
  const box = element("div", "strip");
  box.style.setProperty("--rows", `${classes.length}`);
  const names = element("div", "names");
  names.append(...classes.map((name) => element("span", "", name)));
  const [track, table] = [element("div", "track"), element("div", "table")];
  const [chances, state] = [element("canvas", "chances"), element("canvas", "state")];
  const sure = element("div", "sure");
  const about = element("p", "about", "A column is a step of the pen. Above: the probability of each answer if the " +
    "pen stopped there. Below: the state, a row for each of its numbers. The line: from here on it is sure.");
  const tip = element("p", "tip");
  tip.setAttribute("aria-live", "off");
  table.append(chances, state, sure);
  track.append(table);
  track.tabIndex = 0; // it scrolls
  track.setAttribute("role", "group");
  track.setAttribute("aria-label", "Step by step");
  box.append(names, track);
  root.append(box);
  below.append(tip, about);
  /** @type {Read[]} */
  let shown = [];

  const point = (/** @type {PointerEvent} */ event) => {
    const bounds = table.getBoundingClientRect();
    const at = Math.floor(((event.clientX - bounds.left) / bounds.width) * shown.length);
    const read = shown[at];
    if (!read) return;
    const best = read.probabilities.map((p, i) => ({ p, i })).sort((a, b) => b.p - a.p).slice(0, 3);
    const pen = read.step[2] ? "in the air" : "on the paper";
    write(tip, `Step ${at + 1} of ${shown.length}, pen ${pen}: ` +
      best.map(({ p, i }) => `${classes[i]} ${percent(p)}`).join(", "));
  };
  table.addEventListener("pointermove", point);
  table.addEventListener("pointerdown", point);

  return (/** @type {Read[]} */ read) => {
    shown = read;
    box.hidden = about.hidden = read.length === 0;
    if (!read.length) {
      write(tip, "");
      return;
    }
    const columns = read.length;
    const cells = Math.min(read[0].state.length, 4096);
    paint(chances, columns, classes.length, (row, column) => read[column].probabilities[row], palette);
    paint(state, columns, cells, (row, column) => read[column].state[row], palette);
    table.style.width = `${COLUMN * columns}px`;
    track.style.minWidth = `min(100%, ${COLUMN * LEAST}px)`;
    const from = sureFrom(read);
    sure.hidden = from === null;
    if (from !== null) sure.style.left = `${(100 * from) / columns}%`;
    track.scrollLeft = track.scrollWidth;
    chances.setAttribute("role", "img");
    chances.setAttribute("aria-label", `Probabilities of ${classes.length} classes after each of ${columns} steps`);
  };
}
