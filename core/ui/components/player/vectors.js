// The vectors of one step side by side: the state going in, the word, the state coming out, and the change.

const TALL = 240; // CSS pixels of a column
const MOST_CELL = 14;

/** The columns {box, show(step, word, unit, looks)}; `choose(unit)` is told what was clicked. */
function vectorsOf(cell, choose) {
  const box = element("div", "vectors");
  const kinds = [
    { key: "before", symbol: `h_{${BEFORE}}`, caption: "before", name: "The state before", of: (step) => step.before.state },
    { key: "cellBefore", symbol: `c_{${BEFORE}}`, caption: "before", name: "The cell state before",
      of: (step) => step.before.cell, lstm: true },
    { key: "word", symbol: "x_t", caption: "", name: "The word", of: (step) => step.x, sign: "+" },
    { key: "cellAfter", symbol: "c_t", caption: "after", name: "The cell state after",
      of: (step) => step.cell, lstm: true, sign: "\u2192" },
    { key: "after", symbol: "h_t", caption: "after", name: "The state after", of: (step) => step.state, sign: "\u2192" },
    { key: "change", symbol: "\u0394h", caption: "change", name: "The change of the state",
      of: (step) => step.state.map((value, unit) => value - step.before.state[unit]) },
  ].filter((kind) => cell === "lstm" || !kind.lstm);
  if (cell === "lstm") delete kinds.find((kind) => kind.key === "after").sign;

  for (const kind of kinds) {
    const figure = element("figure", `vector ${kind.key}`);
    const head = typeset(element("b"), [kind.symbol]);
    kind.note = element("span", "note", kind.caption);
    kind.number = element("span", "number");
    kind.column = columnOf("large", {
      nameOf: (place) => `${kind.symbol.replace(/[_{}]/g, "")}[${place}]`,
      onChoose: kind.key === "word" ? null : choose,
    });
    if (kind.key === "change") head.title = "h after minus h before";
    kind.figure = figure;
    figure.append(head, kind.note, kind.column.box, kind.number);
    if (kind.sign) box.append(element("span", "sign", kind.sign));
    box.append(figure);
  }

  return {
    box,
    show(step, word, unit, { palette, limits }) {
      for (const kind of kinds) {
        const values = kind.of(step);
        const height = Math.min(TALL, MOST_CELL * values.length);
        kind.column.show(values, limits[kind.key] ?? 1, palette, height);
        if (kind.key === "word") {
          kind.note.textContent = word;
          kind.note.title = word;
          kind.figure.setAttribute("aria-label", `${kind.name} ${word}, as ${values.length} numbers`);
          kind.number.textContent = "\u00a0"; // no number of it belongs to the unit alone
        } else {
          kind.number.textContent = print(values[unit], kind.key === "change");
          kind.figure.setAttribute("aria-label", `${kind.name}: unit ${unit} is ${print(values[unit])}`);
        }
      }
    },
  };
}
