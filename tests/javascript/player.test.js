import assert from "node:assert/strict";
import { test } from "node:test";

import { readSentence, termsOf } from "../../core/ui/components/player/cell.js";
import { largestTerms, lineOf } from "../../core/ui/components/player/contributions.js";
import { gateNumbers, GATES, gateSymbols, resultsOf } from "../../core/ui/components/player/formulas.js";
import { asPrinted, equals, print, printed, printFactor, printSummand, roundParts, thousandths }
  from "../../core/ui/components/player/numbers.js";
import { read, receiveNet, receiveSentence } from "../../core/ui/components/player/reading.js";
import { tokensOf } from "../../core/ui/components/player/typesetting.js";

const BLOCKS = { rnn: 1, gru: 3, lstm: 4 };
const sigmoid = (x) => 1 / (1 + Math.exp(-x));
const near = (found, expected, within = 1e-12) =>
  assert.ok(Math.abs(found - expected) <= within, `${found} is not ${expected}`);

/** A network with one input and one unit, whose weights are easily followed: 1, 2, 3 ... of the blocks, in tenths. */
function small(cell) {
  const blocks = Array.from({ length: BLOCKS[cell] }, (_, i) => (i + 1) / 10);
  return { cell, inputSize: 1, hiddenSize: 1, weightIh: blocks, weightHh: blocks.map((x) => -x),
    biasIh: blocks.map((x) => x / 2), biasHh: blocks.map((x) => x / 4) };
}

/** A network of any size with numbers that look random and are always the same. */
function large(cell, inputSize = 5, hiddenSize = 4) {
  let seed = 1;
  const random = (length) => Array.from({ length }, () => {
    seed = (seed * 16807) % 2147483647;
    return (seed / 2147483647) * 2 - 1;
  });
  const rows = BLOCKS[cell] * hiddenSize;
  const net = { cell, inputSize, hiddenSize, weightIh: random(rows * inputSize), weightHh: random(rows * hiddenSize),
    biasIh: random(rows), biasHh: random(rows) };
  const inputs = [random(inputSize), random(inputSize), random(inputSize)];
  const first = { state: random(hiddenSize), cell: cell === "lstm" ? random(hiddenSize) : null };
  return { net, inputs, first, steps: readSentence(net, inputs, first) };
}

test("a step of a plain RNN is what its formula says", () => {
  const [step] = readSentence(small("rnn"), [[0.5]], { state: [0.8], cell: null });
  near(step.state[0], Math.tanh(0.1 * 0.5 + 0.05 - 0.1 * 0.8 + 0.025));
  assert.equal(step.cell, null);
});

test("a step of a GRU is what its formulas say, with the reset gate after the product", () => {
  const [x, h] = [0.5, 0.8];
  const [step] = readSentence(small("gru"), [[x]], { state: [h], cell: null });
  const gate = (w) => sigmoid(w * x + w / 2 - w * h + w / 4);
  const n = Math.tanh(0.3 * x + 0.15 + gate(0.1) * (-0.3 * h + 0.075));
  near(step.gates.r.value[0], gate(0.1));
  near(step.gates.z.value[0], gate(0.2));
  near(step.state[0], (1 - gate(0.2)) * n + gate(0.2) * h);
});

test("a step of an LSTM is what its formulas say", () => {
  const [x, h, c] = [0.5, 0.8, -0.4];
  const [step] = readSentence(small("lstm"), [[x]], { state: [h], cell: [c] });
  const sum = (w) => w * x + w / 2 - w * h + w / 4;
  const cell = sigmoid(sum(0.2)) * c + sigmoid(sum(0.1)) * Math.tanh(sum(0.3)); // blocks i, f, g, o
  near(step.cell[0], cell);
  near(step.state[0], sigmoid(sum(0.4)) * Math.tanh(cell));
});

for (const cell of ["rnn", "gru", "lstm"]) {
  test(`what goes out of a step of the ${cell} goes into the next`, () => {
    const { net, inputs, first, steps } = large(cell);
    assert.equal(steps.length, 3);
    assert.equal(steps[1].before.state, steps[0].state);
    assert.equal(steps[1].before.cell, steps[0].cell);
    const [again] = readSentence(net, [inputs[1]], steps[1].before);
    assert.deepEqual([...again.state], [...steps[1].state]);
    assert.deepEqual(readSentence(net, [], first), []);
  });

  test(`the contributions of the ${cell} add up to every gate`, () => {
    const { net, steps } = large(cell);
    for (const step of steps) {
      for (const [name, gate] of Object.entries(step.gates)) {
        for (let unit = 0; unit < net.hiddenSize; unit++) {
          const terms = termsOf(net, step, name, unit);
          assert.equal(terms.length, net.inputSize + net.hiddenSize + 2);
          near(terms.reduce((sum, { product }) => sum + product, 0), gate.sum[unit], 1e-12);
          const { shown, rest, total } = largestTerms(terms, gate.sum[unit]);
          assert.equal(shown.reduce((sum, term) => sum + term.printed, rest.printed), total);
          assert.equal(shown.length + rest.count, terms.length);
          assert.ok(shown.every((term, i) => i === 0 || Math.abs(term.product) <= Math.abs(shown[i - 1].product)));
        }
      }
    }
  });

  test(`every formula of the ${cell} is written with numbers, and its printed sum is the printed total`, () => {
    const { net, steps } = large(cell);
    const text = (pieces) => pieces.map((piece) => (Array.isArray(piece) ? piece[1] : piece)).join("");
    for (const name of Object.keys(GATES[cell])) {
      assert.match(text(gateSymbols(cell, name, 1)), /W_\{x.?\}\[1\]·x_t.*W_\{h.?\}\[1\]·h_\{t−1\}/);
      const lines = gateNumbers(cell, name, steps[0], 1).map(text);
      const total = thousandths(steps[0].gates[name].sum[1]);
      assert.ok(lines.at(-1).includes(`(${printed(total)})`), lines.join("\n"));
      if (name !== "n") {
        const numbers = lines[0].replaceAll("\u2212 ", "-").replaceAll("\u2212", "-").match(/-?\d\.\d{3}/g).map(Number);
        near(numbers.reduce((sum, x) => sum + x, 0), total / 1000, 1e-9);
      }
    }
    assert.equal(resultsOf(cell, steps[0], 1).length, { rnn: 0, gru: 1, lstm: 2 }[cell]);
    assert.equal(steps[0].state.length, net.hiddenSize);
  });
}

test("numbers are printed in thousandths, without a negative zero", () => {
  assert.equal(print(0.41249), "0.412");
  assert.equal(print(-0.0001), "0.000");
  assert.equal(print(-1.5), "\u22121.500");
  assert.equal(print(0.2, true), "+0.200");
  assert.equal(printFactor(-0.5), "(\u22120.500)");
  assert.equal(printFactor(-0.0001), "0.000");
  assert.equal(printSummand(-412) + printSummand(3), " \u2212 0.412 + 0.003");
  assert.equal(equals(0.4124, 0.4121), "=");
  assert.equal(equals(0.4124, 0.4126), "\u2248");
  assert.equal(asPrinted(0.41249), 0.412);
});

test("rounded parts add up to the rounded sum, and none is off by a thousandth", () => {
  for (const parts of [[0.0004, 0.0004, 0.0004], [-0.0006, 0.3333, 0.6667], [1.23456, -7.65432, 0.00049], []]) {
    const { parts: rounded, total } = roundParts(parts);
    assert.equal(rounded.reduce((sum, part) => sum + part, 0), total);
    assert.equal(total, Math.round(parts.reduce((sum, part) => sum + part * 1000, 0)) + 0);
    rounded.forEach((part, i) => assert.ok(Math.abs(part - 1000 * parts[i]) < 1));
  }
});

test("a contribution says where it comes from and how it is worked out", () => {
  const term = { from: "word", index: 3, weight: 0.5, value: -2, factor: null, product: -1, printed: -1000 };
  assert.equal(lineOf(term, "r", "gru", 2, "film").sum, "0.500 \u00b7 (\u22122.000)");
  assert.deepEqual(lineOf(term, "r", "gru", 2, "film").label, [["word", "x_t[3]"]]);
  assert.equal(lineOf(term, "r", "gru", 2, "film").note, "of \u201cfilm\u201d");
  const memory = { ...term, from: "memory", factor: 0.25 };
  assert.equal(lineOf(memory, "n", "gru", 2, "film").sum, "0.250 \u00b7 0.500 \u00b7 (\u22122.000)");
  const bias = { ...term, from: "biasMemory", value: null, index: null };
  assert.equal(lineOf(bias, "h", "rnn", 2, "film").sum, "");
  assert.deepEqual(lineOf(bias, "h", "rnn", 2, "film").label, ["b_{h}[2]"]);
  assert.equal(lineOf({ ...bias, factor: 0.25 }, "n", "gru", 2, "film").sum, "0.250 \u00b7 0.500");
});

test("a formula is split into variables, indices and text", () => {
  const kinds = tokensOf("W_{xr}[5]\u00b7tanh(c_t)").map(({ kind, text }) => `${kind} ${text}`);
  assert.deepEqual(kinds, ["variable W", "index xr", "text [5]\u00b7", "text tanh", "text (", "variable c", "index t",
    "text )"]);
  assert.deepEqual(tokensOf("xr", true), [{ kind: "variable", text: "xr" }]);
});

/** Data as Python packs it. */
function packed(cell, words) {
  const { net, inputs, first, steps } = large(cell);
  const packet = (...arrays) => {
    const numbers = Float32Array.from(arrays.flat(2));
    return { sum: String(numbers.length), data: Buffer.from(numbers.buffer).toString("base64") };
  };
  const some = steps.slice(0, words.length);
  const sent = [inputs.slice(0, words.length), [0.5, 0.6, 0.7, 0.8].slice(0, words.length + 1),
    [first, ...some].map(({ state }) => [...state])];
  if (first.cell) sent.push([first, ...some].map((step) => [...step.cell]));
  return { net, steps: some, data: { cell, words, inputSize: net.inputSize, hiddenSize: net.hiddenSize,
    weights: packet(net.weightIh, net.weightHh, net.biasIh, net.biasHh), sentence: packet(...sent),
    palette: Buffer.alloc(768).toString("base64") } };
}

for (const cell of ["rnn", "gru", "lstm"]) {
  test(`what Python sends of a ${cell} is unpacked and read again to the same states`, () => {
    const { net, steps, data } = packed(cell, ["not", "so", "bad"]);
    const received = receiveNet(data);
    for (const name of ["weightIh", "weightHh", "biasIh", "biasHh"]) {
      assert.deepEqual([...received[name]], net[name].map(Math.fround));
    }
    const reading = read(received, data);
    assert.ok(reading.off < 1e-6);
    assert.equal(reading.states.length, 4);
    near(reading.states[3][0], steps[2].state[0], 1e-6);
    assert.deepEqual([...reading.verdicts], [0.5, 0.6, 0.7, 0.8].map(Math.fround));
    assert.ok(reading.limits.word > 0 && reading.limits.cell >= 1);
  });

  test(`a ${cell} without a word has its first state and no step`, () => {
    const { data } = packed(cell, []);
    const { inputs, states, cells } = receiveSentence(data);
    assert.deepEqual([inputs.length, states.length, cells?.length ?? 0], [0, 1, cell === "lstm" ? 1 : 0]);
    assert.equal(read(receiveNet(data), data).steps.length, 0);
  });
}

test("states of another network are noticed", () => {
  const { data } = packed("gru", ["not", "so"]);
  const net = receiveNet(data);
  net.biasIh[0] += 1;
  assert.ok(read(net, data).off > 1e-3);
});
