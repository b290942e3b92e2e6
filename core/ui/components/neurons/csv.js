// A table that somebody pastes or uploads: two columns and a label. Checked, and what is wrong is said. Knows no page.

import { cellsOf, csvFile, numberIn } from "../lib/csv.js";
import { measuredPoints, measuredValue } from "./datasets.js";
import { short, whole } from "./numbers.js";
import { MOST_CLASSES } from "./own_points.js";

export const MOST_ROWS = 5000;
export const MOST_CHARACTERS = 1_000_000;
const MANY_NUMBERS = 6; // a label of more different numbers is a number to predict

/** A table that cannot be used; the message is a sentence for the person who brought it. */
export class BadTable extends Error {}

/**
 * @param {string[]} lines that are not empty
 * @returns {string | RegExp} what stands between the columns
 */
function separatorIn(lines) {
  const enough = (/** @type {string | RegExp} */ sign) =>
    lines.filter((line) => cellsOf(line, sign).length >= 3).length >= Math.max(1, lines.length / 2);
  const numbers = (/** @type {string | RegExp} */ sign) =>
    lines.slice(1).every((line) => cellsOf(line, sign).slice(0, 2).every((cell) => !Number.isNaN(numberIn(cell))));
  const found = ["\t", ";"].find(enough);
  if (found) return found;
  // Where decimals have a comma, columns may have a comma and a blank between them, or a blank alone.
  const commas = lines.every((line) => cellsOf(line, ",").length > 3);
  if (commas && enough(/, +/) && numbers(/, +/)) return /, +/;
  if (enough(/ +/) && numbers(/ +/)) return / +/;
  if (enough(",")) return ",";
  throw new BadTable("Three columns are needed: two numbers and a label, with commas, semicolons or tabs between.");
}

/**
 * @param {string} text
 * @returns {string} a sentence where it is too large to be even looked at; nothing otherwise
 */
export function tooLarge(text) {
  if (text.length > MOST_CHARACTERS)
    return `The table has more than ${whole(MOST_CHARACTERS)} characters. Leave out columns or rows.`;
  const rows = text.match(/[^\r\n]+/g)?.length ?? 0;
  return rows > MOST_ROWS + 1 // with a heading
    ? `The table has ${whole(rows)} rows; the limit is ${whole(MOST_ROWS)}. Leave some out.`
    : "";
}

/**
 * Points from a table with two columns of numbers and a label, with or without a heading.
 * @param {string} text
 * @returns {{ points: import("./datasets.js").Points, said: string }} `said` is what became of the table
 */
export function readTable(text) {
  const problem = tooLarge(text);
  if (problem) throw new BadTable(problem);
  const clean = text.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n");
  if (!clean.trim()) throw new BadTable("There is nothing in the table. Paste rows like: 1.5, 2.0, red");
  const lines = clean.replace(/^sep=.[ ]*\n/i, "\n").split("\n"); // what Excel is told above a table
  const separator = separatorIn(lines.filter((line) => line.trim()).slice(0, 20));
  const rows = lines
    .map((line, k) => ({ cells: cellsOf(line.trim(), separator), line: k + 1 }))
    .filter(({ cells }) => cells.some((cell) => cell.trim()));
  const heading =
    Number.isNaN(numberIn(rows[0].cells[0])) && Number.isNaN(numberIn(rows[0].cells[1] ?? ""))
      ? rows.shift()?.cells
      : undefined;
  if (rows.length > MOST_ROWS)
    throw new BadTable(
      `The table has ${whole(rows.length)} rows; the limit is ${whole(MOST_ROWS)}. Leave some out.`,
    );
  if (rows.length < 2) throw new BadTable("One row is not enough: there must be at least two points.");
  for (const { cells, line } of rows) checkRow(cells, line);
  const { points, said } = labelled(
    rows.map(({ cells }) => cells),
    heading,
  );
  const more = rows.some(({ cells }) => cells.slice(3).some((cell) => cell.trim()));
  return { points, said: more ? `${said} Only the first three columns are used.` : said };
}

/** @param {string[]} cells @param {number} line */
function checkRow(cells, line) {
  if (cells.length < 3)
    throw new BadTable(
      `Line ${line} has ${cells.length} column${cells.length === 1 ? "" : "s"}; ` +
        "three are needed: two numbers and a label.",
    );
  for (const cell of cells.slice(0, 2)) {
    const value = numberIn(cell);
    const said = cell.trim().slice(0, 20);
    if (Number.isNaN(value))
      throw new BadTable(said ? `“${said}” in line ${line} is not a number.` : `A number is missing in line ${line}.`);
    if (Math.abs(value) > 1e12) throw new BadTable(`“${said}” in line ${line} is too large.`);
  }
  if (!cells[2].trim()) throw new BadTable(`The label is missing in line ${line}.`);
}

/** @param {string[][]} rows checked @param {string[] | undefined} heading */
function labelled(rows, heading) {
  const [first, second] = [0, 1].map((column) => rows.map((cells) => numberIn(cells[column])));
  const labels = rows.map((cells) => cells[2].trim().slice(0, 30));
  const names = [...new Set(labels)].sort((one, other) => one.localeCompare(other, "en", { numeric: true }));
  const name = (/** @type {number} */ column) =>
    heading?.[column]?.trim().slice(0, 24) || ["x₁", "x₂"][column];
  const axes = /** @type {[string, string]} */ ([name(0), name(1)]);
  if (names.length > MANY_NUMBERS && labels.every((label) => Math.abs(numberIn(label)) <= 1e12)) {
    const points = measuredPoints(first, second, labels.map(numberIn), [], axes);
    const [least, most] = [-1, 1].map((value) => short(Number(measuredValue(points, value).toPrecision(3))));
    return {
      points,
      said:
        `${whole(rows.length)} points with a number to predict. ` +
        `It is shown from \u22121 to 1: \u22121 is ${least}, 1 is ${most}.`,
    };
  }
  if (names.length > MOST_CLASSES)
    throw new BadTable(`The label has ${names.length} different values; the limit is ${MOST_CLASSES} classes.`);
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
 * @param {import("../lib/csv.js").CsvStyle} style
 * @returns {string} all points as a table
 */
export function writeTable(points, test, measured, style) {
  const kept = new Set(test);
  /** @type {(string | number)[][]} */ const rows = [[...points.axes, "label", "part"]];
  for (let k = 0; k < points.y.length; k++) {
    const places = /** @type {const} */ ([0, 1]).map((axis) =>
      Number(measured(points.x[2 * k + axis], axis).toPrecision(6)),
    );
    const value = Number(measuredValue(points, points.y[k]).toPrecision(6));
    rows.push([...places, points.classes ? points.names[points.y[k]] : value, kept.has(k) ? "test" : "train"]);
  }
  return csvFile(rows, style);
}
