// The equations of the three cells, as PyTorch has them: which gates there are, what they are called, and the lines
// with symbols and with numbers. What comes from the word and what from the state carry classes of their own.

const SIGMOID = "\u03c3";
const BEFORE = "t\u22121";

const GATES = {
  rnn: {
    h: { name: "new state", squash: "tanh", meaning: "The word and the state before make the new state." },
  },
  gru: {
    r: { name: "reset", squash: SIGMOID, meaning: "How much of the state before goes into the candidate." },
    z: { name: "update", squash: SIGMOID, meaning: "How much of the state before is kept: 0 all is new, 1 all stays." },
    n: { name: "candidate", squash: "tanh", meaning: "What the new state would be if nothing were kept." },
  },
  lstm: {
    f: { name: "forget", squash: SIGMOID, meaning: "How much of the cell state before is kept: 0 forgets it, 1 keeps all." },
    i: { name: "store", squash: SIGMOID, meaning: "The input gate: how much of the candidate is stored in the cell state." },
    g: { name: "candidate", squash: "tanh", meaning: "What could be stored in the cell state." },
    o: { name: "output", squash: SIGMOID, meaning: "How much of the cell state is shown as the new state." },
  },
};

function squashed(squash, x) {
  return squash === "tanh" ? Math.tanh(x) : 1 / (1 + Math.exp(-x));
}

/** A gate of one unit in symbols. The only equation of a plain RNN needs no name of a gate at its weights. */
function gateSymbols(cell, name, unit) {
  const { squash } = GATES[cell][name];
  const [which, at] = [cell === "rnn" ? "" : name, `[${unit}]`];
  const left = cell === "rnn" ? `h_t${at}` : `${name}${at}`;
  const word = ["word", `W_{x${which}}${at}\u00b7x_t`];
  const memory = ["memory", `W_{h${which}}${at}\u00b7h_{${BEFORE}}`];
  const [biasWord, biasMemory] = [`b_{x${which}}${at}`, `b_{h${which}}${at}`];
  const inside = name === "n"
    ? [word, ` + ${biasWord}`, " + r\u00b7(", memory, ` + ${biasMemory})`]
    : [word, ` + ${biasWord}`, " + ", memory, ` + ${biasMemory}`];
  return [`${left} = ${squash}(`, ...inside, ")"];
}

/** The same in numbers, as lines of pieces; the printed sum adds up. */
function gateNumbers(cell, name, step, unit) {
  const { squash } = GATES[cell][name];
  const gate = step.gates[name];
  const factor = gate.factor && gate.factor[unit];
  const remembered = [gate.memory[unit], gate.biasMemory[unit]];
  const fromWord = [gate.word[unit], gate.biasWord[unit]];
  const lines = [];
  let total;
  if (gate.factor) {
    const inner = roundParts(remembered);
    const sum = roundParts([...fromWord, factor * (remembered[0] + remembered[1])]);
    const [word, bias, rest] = sum.parts;
    total = sum.total;
    lines.push([`= ${squash}(`, ["word", printed(word)], goOn(bias), ` + ${print(factor)}\u00b7(`,
      ["memory", printed(inner.parts[0])], `${goOn(inner.parts[1])})`, ")"]);
    const sign = equals(asPrinted(factor) * inner.total / 1000, rest / 1000);
    lines.push([`${sign} ${squash}(`, ["word", printed(word)], goOn(bias), ["memory", goOn(rest)], ")"]);
  } else {
    const sum = roundParts([...fromWord, ...remembered]);
    total = sum.total;
    const [word, bias, memory, biasMemory] = sum.parts;
    lines.push([`= ${squash}(`, ["word", printed(word)], goOn(bias), ["memory", goOn(memory)], goOn(biasMemory), ")"]);
  }
  lines.push(squashedNumbers(squash, total, gate.value[unit], "="));
  return lines;
}

/** "= 0.585", or with another sign where the printed numbers give another last digit. */
function resultOf(fromPrinted, value) {
  return ["result", `${equals(fromPrinted, value)} ${print(value)}`];
}

/** "= σ(0.343) = 0.585" */
function squashedNumbers(squash, total, value, first) {
  return [`${first} ${squash}(${printed(total)}) `, resultOf(squashed(squash, total / 1000), value)];
}

/** What the gates make: equations {name, symbols, numbers} of one unit. A plain RNN has none beside its gate. */
function resultsOf(cell, step, unit) {
  const at = `[${unit}]`;
  if (cell === "gru") {
    const [z, n, h] = [step.gates.z.value[unit], step.gates.n.value[unit], step.before.state[unit]];
    const shown = (1 - asPrinted(z)) * asPrinted(n) + asPrinted(z) * asPrinted(h);
    return [{ name: "new state",
      symbols: [`h_t${at} = `, "(1 \u2212 z)\u00b7n", " + ", "z\u00b7", ["memory", `h_{${BEFORE}}${at}`]],
      numbers: [`= (1 ${MINUS} ${print(z)})\u00b7${printFactor(n)}`, ` + ${print(z)}\u00b7`, ["memory", printFactor(h)],
        " ", resultOf(shown, step.state[unit])] }];
  }
  if (cell !== "lstm") return [];
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
