// The equations of the chosen unit: every gate with its name, its value on a gauge, and what the gates make.

/** A gauge: from 0 to 1 for a sigmoid, from -1 to 1 with the zero in the middle for tanh. */
function gaugeOf(squash) {
  const box = element("span", `gauge ${squash === "tanh" ? "signed" : "share"}`);
  const fill = element("span", "fill");
  box.append(fill);
  box.title = squash === "tanh" ? "from \u22121 to 1" : "from 0 to 1";
  return {
    box,
    show(value) {
      const [left, width] = squash === "tanh" ? [50 + 50 * Math.min(0, value), 50 * Math.abs(value)] : [0, 100 * value];
      fill.style.left = `${left}%`;
      fill.style.width = `${width}%`;
      fill.classList.toggle("low", value < 0);
    },
  };
}

/** The panel {box, show(step, unit, chosen)}; `choose(gate)` is told which gate was clicked. */
function gatesOf(cell, choose) {
  const box = element("div", "gates");
  const title = element("h4");
  const rows = Object.entries(GATES[cell]).map(([name, gate]) => {
    const row = element("div", "gate");
    row.title = gate.meaning;
    row.dataset.gate = name;
    if (cell !== "rnn") row.onclick = () => choose(name);
    const gauge = gaugeOf(gate.squash);
    const lines = element("div", "formula");
    row.append(element("b", "name", gate.name), lines, gauge.box);
    return { name, gate, row, gauge, lines };
  });
  const results = element("div", "results");
  box.append(title, ...rows.map(({ row }) => row), results);
  results.hidden = cell === "rnn";

  return {
    box,
    show(step, unit, chosen) {
      typeset(title, [`Unit ${unit}`]);
      for (const { name, gate, row, gauge, lines } of rows) {
        const { sum, value } = step.gates[name];
        row.classList.toggle("chosen", cell !== "rnn" && name === chosen);
        gauge.show(value[unit]);
        const total = thousandths(sum[unit]);
        const shown = cell === "rnn" // its one equation has room here in full
          ? [gateSymbols(cell, name, unit), ...gateNumbers(cell, name, step, unit)]
          : [[`${name} = `, ...squashedNumbers(gate.squash, total, value[unit], "").map(trimmed)]];
        lines.replaceChildren(...shown.map((pieces) => typeset(element("div", "line"), pieces)));
      }
      results.replaceChildren(...resultsOf(cell, step, unit).map(({ name, symbols, numbers }) => {
        const made = element("div", "equation");
        const lines = [symbols, numbers].map((pieces) => typeset(element("div", "line"), pieces));
        made.append(element("b", "name", name), ...lines);
        return made;
      }));
    },
  };

  function trimmed(piece) {
    return Array.isArray(piece) ? piece : piece.trimStart();
  }
}
