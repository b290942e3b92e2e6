// The equations of the three cells, as PyTorch has them: which gates there are, what they are called, and the lines
// with symbols and with numbers. What comes from the word and what from the state carry classes of their own.
import { MINUS } from "../lib/numbers.js";
import { sigmoid } from "./cell.js";
import { asPrinted, equals, print, printed, printFactor, printSummand, roundParts } from "./numbers.js";

/**
 * @typedef {import("./typesetting.js").Piece} Piece
 * @typedef {import("./cell.js").CellName} CellName
 * @typedef {import("./cell.js").Step} Step
 * @typedef {{ name: string, squash: "tanh" | "σ", meaning: string }} GateText
 */

export const BEFORE = "t\u22121";

/** @type {Record<CellName, Record<string, GateText>>} */
export const GATES = {
  rnn: {
    h: { name: "new state", squash: "tanh", meaning: "The word and the state before make the new state." },
  },
  gru: {
    r: { name: "reset", squash: "σ", meaning: "How much of the state before goes into the candidate." },
    z: { name: "update", squash: "σ", meaning: "How much of the state before is kept: 0 replaces all, 1 keeps all." },
    n: { name: "candidate", squash: "tanh", meaning: "What the new state would be if nothing were kept." },
  },
  lstm: {
    f: { name: "forget", squash: "σ", meaning: "How much of the old cell state is kept: 0 forgets all, 1 keeps all." },
    i: { name: "input", squash: "σ", meaning: "How much of the candidate is stored in the cell state." },
    g: { name: "candidate", squash: "tanh", meaning: "What could be stored in the cell state." },
    o: { name: "output", squash: "σ", meaning: "How much of the cell state is shown as the new state." },
  },
};

/**
 * A gate of one unit in symbols. The only equation of a plain RNN needs no name of a gate at its weights.
 * @param {CellName} cell
 * @param {string} name
 * @param {number} unit
 * @returns {Piece[]}
 */
export function gateSymbols(cell, name, unit) {
  const { squash } = GATES[cell][name];
  const [which, at] = [cell === "rnn" ? "" : name, `[${unit}]`];
  const left = cell === "rnn" ? `h_t${at}` : `${name}${at}`;
  /** @type {Piece} */
  const word = ["word", `W_{x${which}}${at}\u00b7x_t`];
  /** @type {Piece} */
  const memory = ["memory", `W_{h${which}}${at}\u00b7h_{${BEFORE}}`];
  const [biasWord, biasMemory] = [`b_{x${which}}${at}`, `b_{h${which}}${at}`];
  /** @type {Piece[]} */
  const inside = name === "n"
    ? [word, ` + ${biasWord}`, " + r\u00b7(", memory, ` + ${biasMemory})`]
    : [word, ` + ${biasWord}`, " + ", memory, ` + ${biasMemory}`];
  return [`${left} = ${squash}(`, ...inside, ")"];
}

/**
 * The same in numbers, as lines; the printed sum adds up.
 * @param {CellName} cell
 * @param {string} name
 * @param {Step} step
 * @param {number} unit
 * @returns {Piece[][]}
 */
export function gateNumbers(cell, name, step, unit) {
  const { squash } = GATES[cell][name];
  const gate = step.gates[name];
  const remembered = [gate.memory[unit], gate.biasMemory[unit]];
  const fromWord = [gate.word[unit], gate.biasWord[unit]];
  if (!gate.factor) {
    const { parts: [word, bias, memory, biasMemory], total } = roundParts([...fromWord, ...remembered]);
    return [
      [`= ${squash}(`, ["word", printed(word)], printSummand(bias), ["memory", printSummand(memory)],
        printSummand(biasMemory), ")"],
      squashedNumbers(squash, total, gate.value[unit], "="),
    ];
  }
  const factor = gate.factor[unit];
  const inner = roundParts(remembered);
  const { parts: [word, bias, rest], total } = roundParts([...fromWord, factor * (remembered[0] + remembered[1])]);
  const sign = equals(asPrinted(factor) * inner.total / 1000, rest / 1000);
  return [
    [`= ${squash}(`, ["word", printed(word)], printSummand(bias), ` + ${print(factor)}\u00b7(`,
      ["memory", printed(inner.parts[0])], `${printSummand(inner.parts[1])})`, ")"],
    [`${sign} ${squash}(`, ["word", printed(word)], printSummand(bias), ["memory", printSummand(rest)], ")"],
    squashedNumbers(squash, total, gate.value[unit], "="),
  ];
}

/**
 * "= 0.585", or with another sign where the printed numbers give another last digit.
 * @param {number} fromPrinted
 * @param {number} value
 * @returns {Piece}
 */
function resultOf(fromPrinted, value) {
  return ["result", `${equals(fromPrinted, value)} ${print(value)}`];
}

/**
 * "= σ(0.343) = 0.585"
 * @param {GateText["squash"]} squash
 * @param {number} total in thousandths
 * @param {number} value
 * @param {string} first
 * @returns {Piece[]}
 */
export function squashedNumbers(squash, total, value, first) {
  const fromPrinted = (squash === "tanh" ? Math.tanh : sigmoid)(total / 1000);
  const before = first && `${first} `;
  return [`${before}${squash}(${printed(total)}) `, resultOf(fromPrinted, value)];
}

/**
 * What the gates make, for one unit. A plain RNN has nothing beside its gate.
 * @param {CellName} cell
 * @param {Step} step
 * @param {number} unit
 * @returns {{ name: string, symbols: Piece[], numbers: Piece[] }[]}
 */
export function resultsOf(cell, step, unit) {
  const at = `[${unit}]`;
  if (cell === "gru") {
    const [z, n, h] = [step.gates.z.value[unit], step.gates.n.value[unit], step.before.state[unit]];
    const shown = (1 - asPrinted(z)) * asPrinted(n) + asPrinted(z) * asPrinted(h);
    return [{ name: "new state",
      symbols: [`h_t${at} = `, "(1 \u2212 z)\u00b7n", " + ", "z\u00b7", ["memory", `h_{${BEFORE}}${at}`]],
      numbers: [`= (1 ${MINUS} ${print(z)})\u00b7${printFactor(n)}`, ` + ${print(z)}\u00b7`, ["memory", printFactor(h)],
        " ", resultOf(shown, step.state[unit])] }];
  }
  if (cell !== "lstm" || !step.cell || !step.before.cell) return [];
  const [f, i, g, o] = ["f", "i", "g", "o"].map((name) => step.gates[name].value[unit]);
  const [old, fresh, h] = [step.before.cell[unit], step.cell[unit], step.state[unit]];
  const shown = asPrinted(f) * asPrinted(old) + asPrinted(i) * asPrinted(g);
  return [
    { name: "cell state",
      symbols: [`c_t${at} = `, "f\u00b7", ["memory", `c_{${BEFORE}}${at}`], " + i\u00b7g"],
      numbers: [`= ${print(f)}\u00b7`, ["memory", printFactor(old)], ` + ${print(i)}\u00b7${printFactor(g)}`,
        " ", resultOf(shown, fresh)] },
    { name: "new state",
      symbols: [`h_t${at} = `, "o\u00b7tanh(", `c_t${at})`],
      numbers: [`= ${print(o)}\u00b7tanh(${print(fresh)}) `, resultOf(asPrinted(o) * Math.tanh(asPrinted(fresh)), h)] },
  ];
}
