// What adds up to one gate of the chosen unit: the largest contributions as signed bars, and the rest in one line,
// which also takes what the rounding leaves, so that the printed numbers add up.

const SHOWN = 6;

/** The largest terms, each with its printed product, and the rest {count, printed}; all of them add up to `total`. */
function largestTerms(terms, sum) {
  const order = [...terms].sort((one, other) => Math.abs(other.product) - Math.abs(one.product));
  const shown = order.slice(0, SHOWN).map((term) => ({ ...term, printed: thousandths(term.product) }));
  const total = thousandths(sum);
  const rest = total - shown.reduce((all, term) => all + term.printed, 0);
  return { shown, rest: { count: terms.length - shown.length, printed: rest }, total };
}

/** How a contribution is called and worked out. */
function wordingOf(term, name, cell, unit, word) {
  const which = cell === "rnn" ? "" : name;
  const factor = term.factor === null ? "" : `${print(term.factor)} \u00b7 `;
  if (term.from === "biasWord") return { label: [`b_{x${which}}[${unit}]`], note: "bias", sum: "" };
  if (term.from === "biasMemory") {
    const sum = term.factor === null ? "" : `${print(term.factor)} \u00b7 ${printFactor(term.weight)}`;
    return { label: [`b_{h${which}}[${unit}]`], note: "bias", sum };
  }
  const letter = term.from === "word" ? `x_t[${term.index}]` : `h_{${BEFORE}}[${term.index}]`;
  return { label: [[term.from, letter]], note: term.from === "word" ? `of \u201c${word}\u201d` : "before",
    sum: `${factor}${print(term.weight)} \u00b7 ${printFactor(term.value)}` };
}

/** The panel {box, show(net, step, unit, gate, word)}; `choose(gate)` is told which tab was clicked. */
function contributionsOf(cell, choose) {
  const box = element("div", "contributions");
  const tabs = element("div", "tabs");
  tabs.setAttribute("role", "tablist");
  tabs.setAttribute("aria-label", "Gates");
  const names = Object.keys(GATES[cell]);
  for (const name of names) {
    const tab = element("button", "tab");
    Object.assign(tab, { type: "button", title: GATES[cell][name].meaning, onclick: () => choose(name) });
    tab.setAttribute("role", "tab");
    tab.dataset.gate = name;
    typeset(tab, [`${GATES[cell][name].name} `, name]);
    tabs.append(tab);
  }
  tabs.hidden = names.length === 1;
  const formula = element("div", "formula");
  const heading = element("h4", "", "What adds up in the brackets");
  heading.hidden = names.length > 1;
  formula.hidden = names.length === 1; // it stands beside it
  const list = element("div", "list");
  list.setAttribute("role", "tabpanel");
  box.append(tabs, heading, formula, list);

  const rows = Array.from({ length: SHOWN + 2 }, () => {
    const row = element("div", "term");
    const parts = { row, label: element("span", "label"), sum: element("span", "sum"), bar: element("span", "bar-line"),
      fill: element("span", "fill"), number: element("span", "number") };
    parts.bar.append(parts.fill);
    row.append(parts.label, parts.sum, parts.bar, parts.number);
    return parts;
  });
  const head = element("div", "term head");
  head.append(...[["", "comes from"], ["sum", "weight \u00b7 number"], ["", ""], ["number", "adds"]]
    .map(([className, text]) => element("span", className, text)));
  list.append(head, ...rows.map(({ row }) => row));

  function fill(parts, { label, note = "", sum, sign = "", printed: whole }, scale) {
    typeset(parts.label, label);
    if (note) parts.label.append(element("span", "note", ` ${note}`));
    parts.sum.textContent = sum;
    parts.number.textContent = `${sign}${printed(whole, true)}`;
    parts.number.dataset.value = whole;
    const width = scale > 0 ? (50 * Math.abs(whole)) / scale : 0;
    parts.fill.style.left = `${whole < 0 ? 50 - width : 50}%`;
    parts.fill.style.width = `${width}%`;
    parts.fill.classList.toggle("low", whole < 0);
    parts.row.hidden = false;
  }

  return {
    box,
    show(net, step, unit, name, word) {
      for (const tab of tabs.children) tab.setAttribute("aria-selected", String(tab.dataset.gate === name));
      const lines = [gateSymbols(cell, name, unit), ...gateNumbers(cell, name, step, unit)];
      formula.replaceChildren(...lines.map((pieces) => typeset(element("div", "line"), pieces)));
      const gate = step.gates[name];
      const { shown, rest, total } = largestTerms(termsOf(net, step, name, unit), gate.sum[unit]);
      const scale = Math.max(...shown.map((term) => Math.abs(term.printed)), Math.abs(rest.printed));
      shown.forEach((term, i) => {
        fill(rows[i], { ...wordingOf(term, name, cell, unit, word), printed: term.printed }, scale);
        const { from } = term;
        rows[i].row.title = from === "word" ? `Number ${term.index} of \u201c${word}\u201d, times its weight`
          : from === "memory" ? `Unit ${term.index} of the state before, times its weight`
            : "A bias: the same at every word";
        rows[i].row.className = `term ${from}`;
      });
      const [others, sum] = rows.slice(SHOWN);
      for (const { row } of rows.slice(shown.length, SHOWN)) row.hidden = true;
      fill(others, { label: [`the other ${rest.count}`], sum: "", printed: rest.printed }, scale);
      others.row.className = "term rest";
      others.row.title = "All smaller ones together, and what the rounding of the lines above has left";
      fill(sum, { label: ["together"], sum: "", printed: total }, 0);
      sum.row.className = "term total";
    },
  };
}
