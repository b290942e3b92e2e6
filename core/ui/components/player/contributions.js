// What adds up to one gate of the chosen unit: the largest contributions as signed bars, and the rest in one line,
// which also takes what the rounding leaves, so that the printed numbers add up.
import { element, write } from "../lib/elements.js";
import { termsOf } from "./cell.js";
import { BEFORE, gateNumbers, GATES, gateSymbols } from "./formulas.js";
import { print, printed, printFactor, thousandths } from "./numbers.js";
import { typeset, typesetLines } from "./typesetting.js";

/**
 * @typedef {import("./cell.js").CellName} CellName
 * @typedef {import("./cell.js").Term} Term
 * @typedef {{ label: import("./typesetting.js").Piece[], note?: string, sum: string, title: string, printed: number,
 *   className: string }} Line
 */

const SHOWN = 6;

/**
 * The largest terms, each with its printed product, and the rest. All of them add up to the total, in thousandths.
 * @param {Term[]} terms
 * @param {number} sum
 */
export function largestTerms(terms, sum) {
  const order = [...terms].sort((one, other) => Math.abs(other.product) - Math.abs(one.product));
  const shown = order.slice(0, SHOWN).map((term) => ({ ...term, printed: thousandths(term.product) }));
  const total = thousandths(sum);
  const rest = total - shown.reduce((all, term) => all + term.printed, 0);
  return { shown, rest: { count: terms.length - shown.length, printed: rest }, total };
}

/**
 * How a contribution is called and worked out.
 * @param {Term & { printed: number }} term
 * @param {string} name of the gate
 * @param {CellName} cell
 * @param {number} unit
 * @param {string} word
 * @returns {Line}
 */
export function lineOf(term, name, cell, unit, word) {
  const which = cell === "rnn" ? "" : name;
  const factor = term.factor === null ? "" : `${print(term.factor)} \u00b7 `;
  const line = { className: term.from, printed: term.printed };
  if (term.value === null) {
    const from = term.from === "biasWord" ? "x" : "h";
    return { ...line, label: [`b_{${from}${which}}[${unit}]`], note: "bias", title: "A bias: the same at every word",
      sum: factor && `${factor}${printFactor(term.weight)}` };
  }
  const sum = `${factor}${print(term.weight)} \u00b7 ${printFactor(term.value)}`;
  if (term.from === "word") {
    return { ...line, label: [["word", `x_t[${term.index}]`]], note: `of \u201c${word}\u201d`, sum,
      title: `Number ${term.index} of \u201c${word}\u201d, times its weight` };
  }
  return { ...line, label: [["memory", `h_{${BEFORE}}[${term.index}]`]], note: "before", sum,
    title: `Unit ${term.index} of the state before, times its weight` };
}

/**
 * The tabs of the gates.
 * @param {CellName} cell
 * @param {(gate: string) => void} choose
 */
function createTabs(cell, choose) {
  const tabs = element("div", "tabs");
  tabs.setAttribute("role", "tablist");
  tabs.setAttribute("aria-label", "Gates");
  const gates = Object.entries(GATES[cell]);
  for (const [name, { name: title, meaning }] of gates) {
    const tab = Object.assign(element("button", "tab"), { type: "button", title: meaning });
    tab.onclick = () => choose(name);
    tab.setAttribute("role", "tab");
    tab.dataset.gate = name;
    tabs.append(typeset(tab, [`${title} `, name]));
  }
  tabs.hidden = gates.length === 1;
  return tabs;
}

function createRow() {
  const row = element("div", "term");
  const [label, sum, bar, fill, number] =
    ["label", "sum", "bar-line", "fill", "number"].map((name) => element("span", name));
  bar.append(fill);
  row.append(label, sum, bar, number);
  return {
    row,
    /**
     * @param {Line} line
     * @param {number} scale the contribution with the longest bar, 0 for no bar
     */
    show(line, scale) {
      row.className = `term ${line.className}`;
      row.title = line.title;
      row.hidden = false;
      typeset(label, line.label);
      if (line.note) label.append(element("span", "note", ` ${line.note}`));
      write(sum, line.sum);
      write(number, printed(line.printed, true));
      const width = scale > 0 ? (50 * Math.abs(line.printed)) / scale : 0;
      fill.style.left = `${line.printed < 0 ? 50 - width : 50}%`;
      fill.style.width = `${width}%`;
      fill.classList.toggle("low", line.printed < 0);
    },
  };
}

function createHead() {
  const head = element("div", "term head");
  head.append(element("span", "", "comes from"), element("span", "sum", "weight \u00b7 number"), element("span"),
    element("span", "number", "adds"));
  return head;
}

/**
 * @param {CellName} cell
 * @param {(gate: string) => void} choose
 */
export function createContributions(cell, choose) {
  const box = element("div", "contributions");
  const [names, tabs] = [Object.keys(GATES[cell]), createTabs(cell, choose)];
  const formula = element("div", "formula");
  const heading = element("h2", "", "What adds up in the brackets");
  heading.hidden = cell !== "rnn";
  formula.hidden = cell === "rnn"; // it stands beside it
  const list = element("div", "list");
  list.setAttribute("role", "tabpanel");
  box.append(tabs, heading, formula, list);
  const rows = Array.from({ length: SHOWN }, createRow);
  const [others, together] = [createRow(), createRow()];
  list.append(createHead(), ...[...rows, others, together].map(({ row }) => row));

  return {
    box,
    /**
     * @param {import("./cell.js").Net} net
     * @param {import("./cell.js").Step} step
     * @param {number} unit
     * @param {string} name of the gate
     * @param {string} word
     */
    show(net, step, unit, name, word) {
      names.forEach((gate, i) => tabs.children[i].setAttribute("aria-selected", String(gate === name)));
      formula.replaceChildren(...typesetLines([gateSymbols(cell, name, unit), ...gateNumbers(cell, name, step, unit)]));
      const { shown, rest, total } = largestTerms(termsOf(net, step, name, unit), step.gates[name].sum[unit]);
      const scale = Math.max(...shown.map((term) => Math.abs(term.printed)), Math.abs(rest.printed));
      rows.forEach(({ row }) => { row.hidden = true; });
      shown.forEach((term, i) => rows[i].show(lineOf(term, name, cell, unit, word), scale));
      others.show({ className: "rest", label: [`the other ${rest.count}`], sum: "", printed: rest.printed,
        title: "All smaller ones together, and what the rounding of the lines above has left" }, scale);
      together.show({ className: "total", label: ["together"], sum: "", printed: total, title: "" }, 0);
    },
  };
}
