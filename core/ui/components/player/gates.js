// The equations of the chosen unit: every gate with its name, its value on a gauge, and what the gates make.
import { element } from "../lib/elements.js";
import { gateNumbers, GATES, gateSymbols, resultsOf, squashedNumbers } from "./formulas.js";
import { thousandths } from "./numbers.js";
import { typeset, typesetLines } from "./typesetting.js";

/**
 * A gauge: from 0 to 1 for a sigmoid, from -1 to 1 with the zero in the middle for tanh.
 * @param {import("./formulas.js").GateText["squash"]} squash
 */
function createGauge(squash) {
  const signed = squash === "tanh";
  const box = element("span", `gauge ${signed ? "signed" : "share"}`);
  const fill = element("span", "fill");
  box.append(fill);
  box.title = signed ? "from \u22121 to 1" : "from 0 to 1";
  return {
    box,
    /** @param {number} value */
    show(value) {
      const [left, width] = signed ? [50 + 50 * Math.min(0, value), 50 * Math.abs(value)] : [0, 100 * value];
      fill.style.left = `${left}%`;
      fill.style.width = `${width}%`;
      fill.classList.toggle("low", value < 0);
    },
  };
}

/**
 * @param {import("./cell.js").CellName} cell
 * @param {(gate: string) => void} choose
 */
export function createGates(cell, choose) {
  const box = element("div", "gates");
  const title = element("h2");
  const rows = Object.entries(GATES[cell]).map(([name, gate]) => {
    const row = element("div", "gate");
    row.title = gate.meaning;
    row.dataset.gate = name;
    if (cell !== "rnn") row.onclick = () => choose(name);
    const gauge = createGauge(gate.squash);
    const lines = element("div", "formula");
    row.append(element("b", "name", gate.name), lines, gauge.box);
    return { name, gate, row, gauge, lines };
  });
  const results = element("div", "results");
  box.append(title, ...rows.map(({ row }) => row), results);
  results.hidden = cell === "rnn";

  return {
    box,
    /**
     * @param {import("./cell.js").Step} step
     * @param {number} unit
     * @param {string} chosen gate
     */
    show(step, unit, chosen) {
      typeset(title, [`Unit ${unit}`]);
      for (const { name, gate, row, gauge, lines } of rows) {
        const { sum, value } = step.gates[name];
        row.classList.toggle("chosen", cell !== "rnn" && name === chosen);
        gauge.show(value[unit]);
        lines.replaceChildren(...typesetLines(cell === "rnn" // its one equation has room here in full
          ? [gateSymbols(cell, name, unit), ...gateNumbers(cell, name, step, unit)]
          : [[`${name} = `, ...squashedNumbers(gate.squash, thousandths(sum[unit]), value[unit], "")]]));
      }
      results.replaceChildren(...resultsOf(cell, step, unit).map(({ name, symbols, numbers }) => {
        const equation = element("div", "equation");
        equation.append(element("b", "name", name), ...typesetLines([symbols, numbers]));
        return equation;
      }));
    },
  };
}
