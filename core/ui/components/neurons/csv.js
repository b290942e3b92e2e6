// A table that somebody pastes or uploads: two columns and a label. Checked, and what is wrong is said. Knows no page.

import { measuredPoints } from "./datasets.js";
import { whole } from "./numbers.js";
import { MOST_CLASSES } from "./own_points.js";

export const MOST_ROWS = 5000;
export const MOST_CHARACTERS = 1_000_000;
const MANY_NUMBERS = 6; // a label of more different numbers is a number to predict

/** A table that cannot be used; the message is a sentence for the person who brought it. */
export class BadTable extends Error {}

/** @param {string} text @returns {number} NaN where it is none; decimal commas are understood */
function numberIn(text) {
  const plain = text.replace(/^["']|["']$/g, "").trim();
  if (/^[+-]?(\d+[.,]?\d*|[.,]\d+)(e[+-]?\d+)?$/i.test(plain)) return Number(plain.replace(",", "."));
  return Number.NaN;
}

/** @param {string} text @returns {string} which sign parts the columns */
function separatorIn(text) {
  const lines = text.split("\n", 20).filter((line) => line.trim());
  const fits = (/** @type {string} */ sign) => lines.filter((line) => line.split(sign).length >= 3).length;
  const found = ["\t", ";", ","].find((sign) => fits(sign) >= Math.max(1, lines.length / 2));
  if (!found)
    throw new BadTable("Three columns are needed: two numbers and a label, with commas, semicolons or tabs between.");
  return found;
}

/**
 * Points from a table with two columns of numbers and a label, with or without a heading.
 * @param {string} text
 * @returns {{ points: import("./datasets.js").Points, said: string }} `said` is what became of the table
 */
export function readTable(text) {
  if (text.length > MOST_CHARACTERS)
    throw new BadTable(
      `The table has more than ${whole(MOST_CHARACTERS)} characters. Leave out columns or rows.`,
    );
  const clean = text.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n");
  if (!clean.trim()) throw new BadTable("There is nothing in the table. Paste rows like: 1.5, 2.0, red");
  const separator = separatorIn(clean);
  const rows = clean
    .split("\n")
    .map((line) => line.split(separator))
    .map((cells, k) => ({ cells, line: k + 1 }))
    .filter(({ cells }) => cells.some((cell) => cell.trim()));
  const heading =
    Number.isNaN(numberIn(rows[0].cells[0])) && Number.isNaN(numberIn(rows[0].cells[1] ?? ""))
      ? rows.shift()?.cells
      : undefined;
  if (rows.length > MOST_ROWS)
    throw new BadTable(
      `The table has ${whole(rows.length)} rows; ${whole(MOST_ROWS)} are the most. Leave some out.`,
    );
  if (rows.length < 2) throw new BadTable("One row is not enough: there must be at least two points.");
  for (const { cells, line } of rows) checkRow(cells, line);
  return labelled(
    rows.map(({ cells }) => cells),
    heading,
  );
}

/** @param {string[]} cells @param {number} line */
function checkRow(cells, line) {
  if (cells.length < 3)
    throw new BadTable(`Line ${line} has ${cells.length} columns; three are needed: two numbers and a label.`);
  for (const cell of cells.slice(0, 2)) {
    const value = numberIn(cell);
    const said = cell.trim().slice(0, 20);
    if (Number.isNaN(value))
      throw new BadTable(said ? `“${said}” in line ${line} is no number.` : `A number is missing in line ${line}.`);
    if (Math.abs(value) > 1e12) throw new BadTable(`“${said}” in line ${line} is too large.`);
  }
  if (!cells[2].trim()) throw new BadTable(`The label is missing in line ${line}.`);
}

/** @param {string[][]} rows checked @param {string[] | undefined} heading */
function labelled(rows, heading) {
  const [first, second] = [0, 1].map((column) => rows.map((cells) => numberIn(cells[column])));
  const labels = rows.map((cells) => cells[2].trim().replace(/^"|"$/g, "").slice(0, 30));
  const names = [...new Set(labels)].sort((one, other) => one.localeCompare(other, "en", { numeric: true }));
  const name = (/** @type {number} */ column) =>
    heading?.[column]?.trim().replace(/^"|"$/g, "").slice(0, 24) || ["x₁", "x₂"][column];
  const axes = /** @type {[string, string]} */ ([name(0), name(1)]);
  if (names.length > MANY_NUMBERS && labels.every((label) => Math.abs(numberIn(label)) <= 1e12)) {
    const points = measuredPoints(first, second, labels.map(numberIn), [], axes);
    return { points, said: `${whole(rows.length)} points with a number to predict.` };
  }
  if (names.length > MOST_CLASSES)
    throw new BadTable(`The label has ${names.length} different values; ${MOST_CLASSES} classes are the most.`);
  if (names.length < 2)
    throw new BadTable(
      `All rows have the label “${names[0]}”. Two classes are needed, or there is nothing to tell apart.`,
    );
  const points = measuredPoints(
    first,
    second,
    labels.map((label) => names.indexOf(label)),
    names,
    axes,
  );
  return {
    points,
    said: `${whole(rows.length)} points of ${names.length} classes: ${names.join(", ")}.`,
  };
}

/**
 * @param {import("./datasets.js").Points} points
 * @param {Uint32Array} test which of them are kept for the test
 * @param {(place: number, axis: 0 | 1) => number} measured how the axes read
 * @returns {string} all points as a table
 */
export function writeTable(points, test, measured) {
  const kept = new Set(test);
  const quoted = (/** @type {string} */ text) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const lines = [[...points.axes, "label", "part"].map(quoted).join(",")];
  for (let k = 0; k < points.y.length; k++) {
    const label = points.classes ? quoted(points.names[points.y[k]]) : String(points.y[k]);
    const places = /** @type {const} */ ([0, 1]).map((axis) =>
      Number(measured(points.x[2 * k + axis], axis).toPrecision(6)),
    );
    lines.push([...places, label, kept.has(k) ? "test" : "train"].join(","));
  }
  return `${lines.join("\n")}\n`;
}
