// The vectors of one step side by side: the state going in, the word, the state coming out, and the change.
import { element, write } from "../lib/elements.js";
import { createColumn } from "./columns.js";
import { BEFORE } from "./formulas.js";
import { print } from "./numbers.js";
import { typeset } from "./typesetting.js";

/** @typedef {import("./cell.js").Step} Step */

const HEIGHT = 240; // CSS pixels of a column
const MOST_CELL = 14;

/**
 * @typedef {{ key: string, symbol: string, caption: string, name: string, sign?: string, limit: "word" | "cell" | null,
 *   of: (step: Step) => ArrayLike<number> }} Kind `sign` stands before it; no `limit` is one of 1
 */

/** @type {Record<string, Kind>} */
const KINDS = {
  before: { key: "before", symbol: `h_{${BEFORE}}`, caption: "before", name: "The state before", limit: null,
    of: (step) => step.before.state },
  cellBefore: { key: "cellBefore", symbol: `c_{${BEFORE}}`, caption: "before", name: "The cell state before",
    limit: "cell", of: (step) => step.before.cell ?? [] },
  word: { key: "word", symbol: "x_t", caption: "", name: "The word", sign: "+", limit: "word", of: (step) => step.x },
  cellAfter: { key: "cellAfter", symbol: "c_t", caption: "after", name: "The cell state after", sign: "\u2192",
    limit: "cell", of: (step) => step.cell ?? [] },
  after: { key: "after", symbol: "h_t", caption: "after", name: "The state after", sign: "\u2192", limit: null,
    of: (step) => step.state },
  change: { key: "change", symbol: "\u0394h", caption: "change", name: "The change of the state", limit: null,
    of: (step) => step.state.map((value, unit) => value - step.before.state[unit]) },
};

/**
 * The vectors of a cell, from the left.
 * @param {import("./cell.js").CellName} cell
 */
function kindsOf(cell) {
  const { before, cellBefore, word, cellAfter, after, change } = KINDS;
  if (cell !== "lstm") return [before, word, after, change];
  return [before, cellBefore, word, cellAfter, { ...after, sign: "" }, change];
}

/**
 * @param {Kind} kind
 * @param {(unit: number) => void} choose
 */
function createVector(kind, choose) {
  const figure = element("figure", `vector ${kind.key}`);
  const head = typeset(element("b"), [kind.symbol]);
  const [note, number] = [element("span", "note", kind.caption), element("span", "number")];
  const column = createColumn("large", {
    nameOf: (place) => `${kind.symbol.replace(/[_{}]/g, "")}[${place}]`,
    onChoose: kind.key === "word" ? null : choose,
  });
  if (kind.key === "change") head.title = "h after minus h before";
  figure.append(head, note, column.box, number);
  return { kind, figure, note, number, column };
}

/**
 * @param {import("./cell.js").CellName} cell
 * @param {(unit: number) => void} choose
 */
export function createVectors(cell, choose) {
  const box = element("div", "vectors");
  const vectors = kindsOf(cell).map((kind) => createVector(kind, choose));
  for (const { kind, figure } of vectors) {
    if (kind.sign) box.append(element("span", "sign", kind.sign));
    box.append(figure);
  }
  return {
    box,
    /**
     * @param {Step} step
     * @param {string} word
     * @param {number} unit
     * @param {Pick<import("./reading.js").Reading, "palette" | "limits">} reading
     */
    show(step, word, unit, { palette, limits }) {
      for (const { kind, figure, note, number, column } of vectors) {
        const values = kind.of(step);
        column.show(values, kind.limit ? limits[kind.limit] : 1, palette, Math.min(HEIGHT, MOST_CELL * values.length));
        if (kind.key === "word") {
          write(note, word);
          note.title = word;
          figure.setAttribute("aria-label", `${kind.name} ${word}, as ${values.length} numbers`);
          write(number, "\u00a0"); // no number of it belongs to the unit alone
        } else {
          write(number, print(values[unit], kind.key === "change"));
          figure.setAttribute("aria-label", `${kind.name}: unit ${unit} is ${print(values[unit])}`);
        }
      }
    },
  };
}
