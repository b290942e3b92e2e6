import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { activate, convolve, poolOver, poolValues, spanOf, strongestOf, tapsOf, windowOf }
  from "../../core/ui/components/convolution/arithmetic.js";
import { cellOn, compute, createBench, firstInk, moveOf, nearestOutput, sheetsOf }
  from "../../core/ui/components/convolution/bench.js";
import { editsOf, lostWords, placeIn } from "../../core/ui/components/convolution/carrying.js";
import { choose, chooseFromInput, createPlaying, press, step, toggle }
  from "../../core/ui/components/convolution/playing.js";
import { sizeOf } from "../../core/ui/components/convolution/sizing.js";
import { activationText, csvOf, poolingText, rangeText, readNumber, short, sumText }
  from "../../core/ui/components/convolution/wording.js";

const CONV = { kernelSize: 3, stride: 1, pads: [0, 0], dilation: 1, bias: 0, activation: "none" };
const grid = (rows) => ({ height: rows.length, width: rows[0].length, values: Float64Array.from(rows.flat()) });
const rowsOf = ({ height, width, values }) =>
  Array.from({ length: height }, (_, row) => [...values.subarray(row * width, (row + 1) * width)]);
const PICTURE = grid([[1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12], [13, 14, 15, 16]]);
const ONES = Array(9).fill(1);
const CORNERS = [1, 0, 0, 0, 0, 0, 0, 0, -1]; // upper left minus lower right

test("a convolution adds up what lies under the kernel", () => { // worked out by hand
  assert.deepEqual(rowsOf(convolve(PICTURE, ONES, CONV)), [[54, 63], [90, 99]]);
  assert.deepEqual(rowsOf(convolve(PICTURE, CORNERS, { ...CONV, bias: 0.5 })), [[-9.5, -9.5], [-9.5, -9.5]]);
});

test("padding is zero, also where there is more of it on one side", () => {
  const same = convolve(PICTURE, ONES, { ...CONV, pads: [1, 1] });
  assert.deepEqual(rowsOf(same)[0], [14, 24, 30, 22]);
  const uneven = convolve(PICTURE, [1, 1, 1, 1], { ...CONV, kernelSize: 2, pads: [0, 1] });
  assert.deepEqual(rowsOf(uneven), [[14, 18, 22, 12], [30, 34, 38, 20], [46, 50, 54, 28], [27, 29, 31, 16]]);
});

test("strides and dilations leave cells out", () => {
  assert.deepEqual(rowsOf(convolve(PICTURE, [1], { ...CONV, kernelSize: 1, stride: 2 })), [[1, 3], [9, 11]]);
  const dilated = { ...CONV, kernelSize: 2, dilation: 3 };
  assert.equal(spanOf(dilated), 4);
  assert.deepEqual(rowsOf(convolve(PICTURE, [1, 1, 1, 1], dilated)), [[34]]);
});

test("the taps of a cell are what its sum is made of", () => {
  const conv = { ...CONV, pads: [1, 1], stride: 2, bias: 0.25 };
  const map = convolve(PICTURE, CORNERS, conv);
  for (let row = 0; row < map.height; row++) {
    for (let column = 0; column < map.width; column++) {
      const taps = tapsOf(PICTURE, CORNERS, conv, row, column);
      const sum = taps.reduce((all, tap) => all + tap.value * tap.weight, conv.bias);
      assert.equal(sum, map.values[row * map.width + column]);
      assert.ok(taps.every((tap) => tap.inside || tap.value === 0));
    }
  }
});

test("activations and poolings", () => {
  assert.deepEqual([-2, 3].map((x) => activate(x, "ReLU")), [0, 3]);
  assert.equal(activate(0, "sigmoid"), 0.5);
  assert.equal(activate(0.3, "tanh"), Math.tanh(0.3));
  assert.equal(activate(-7, "none"), -7);
  assert.deepEqual(rowsOf(poolOver(PICTURE, { kind: "max", kernelSize: 2, stride: 2 })), [[6, 8], [14, 16]]);
  assert.deepEqual(rowsOf(poolOver(PICTURE, { kind: "average", kernelSize: 3, stride: 1 })), [[6, 7], [10, 11]]);
  assert.deepEqual(windowOf(PICTURE, { kind: "max", kernelSize: 2, stride: 2 }, 1, 0), [9, 10, 13, 14]);
  assert.equal(poolValues([1, 2, 6], "average"), 3);
  assert.deepEqual(strongestOf(grid([[1, -5], [4, 2]])), { row: 0, column: 1 });
});

test("numbers are short, and those that people type are read", () => {
  assert.deepEqual([0.123456, 2, -0.5, 1e7].map((x) => short(x)), ["0.1235", "2", "-0.5", "1.0000e+7"]);
  assert.equal(short(0.987, 2), "0.99");
  const typed = { "0.5": 0.5, "0,5": 0.5, " -1 ": -1, "\u22122": -2, "1/4": 0.25, "+3": 3, ".5": 0.5, "2.": 2 };
  for (const [text, value] of Object.entries(typed)) assert.equal(readNumber(text), value, text);
  for (const text of ["", "a", "1/0", "1/2/3", "1e5", "--1", "1 2", "NaN", "Infinity"]) {
    assert.equal(readNumber(text), null, text);
  }
  assert.ok(Object.is(readNumber("-0"), 0));
});

test("a sum is spelled out, and says where it is rounded", () => {
  const taps = [{ row: 0, column: 0, inside: true, weight: -1, value: 0.5 },
    { row: 0, column: 1, inside: false, weight: 2, value: 0 }];
  const { terms, end } = sumText(taps, 0.1, -0.4);
  assert.deepEqual(terms.map(({ text }) => text), ["0.5*(-1)", "0*2"]);
  assert.deepEqual(terms.map(({ nothing, padding }) => [nothing, padding]), [[false, false], [true, true]]);
  assert.equal(end, "0.1 (bias) = -0.4");
  assert.equal(sumText(taps, 1 / 3, -1 / 6).end, "0.3333 (bias) \u2248 -0.1667");
  assert.equal(activationText(-2, "ReLU"), "ReLU: max(0, -2) = 0");
  assert.equal(activationText(0, "sigmoid"), "sigmoid: 1 / (1 + e^0) = 0.5");
  assert.equal(activationText(1, "tanh"), "tanh: tanh(1) \u2248 0.7616");
  assert.equal(activationText(1, "none"), "");
  assert.equal(poolingText([1, -2], "max"), "max(1, -2) = 1");
  assert.equal(poolingText([1, -2], "average"), "(1 + (-2)) / 2 = -0.5");
  assert.equal(rangeText(grid([[0.5, -1.234], [2, 0]])), "from -1.23 to 2");
  assert.equal(csvOf(grid([[1, 0.1], [-2, 3]]), { separator: ",", decimal: "." }), "1,0.1\r\n-2,3\r\n");
  assert.equal(csvOf(grid([[1, 0.1], [-2, 3]]), { separator: ";", decimal: "," }), "1;0,1\r\n-2;3\r\n");
});

test("grids fill the width, and on a phone they stand below each other rather than vanish", () => {
  const sheets = [{ rows: 28, columns: 28 }, { rows: 26, columns: 26 }];
  const content = { kernelSize: 3, messages: 0, pooling: false };
  const wide = sizeOf({ width: 1300, windowHeight: 768, scale: 1 }, sheets, content);
  assert.deepEqual(wide, { cell: 11, narrow: false }); // 308 px of height are for 28 rows
  const phone = sizeOf({ width: 360, windowHeight: 800, scale: 3 }, sheets, content);
  assert.ok(phone.narrow && phone.cell === 6);
  const large = sizeOf({ width: 360, windowHeight: 800, scale: 3 }, [{ rows: 96, columns: 96 }, sheets[1]], content);
  assert.ok(large.narrow && Math.abs(large.cell - 8 / 3) < 1e-9); // 122 columns side by side
  const photo = [{ rows: 96, columns: 96 }, { rows: 94, columns: 94 }];
  const huge = sizeOf({ width: 360, windowHeight: 800, scale: 3 }, photo, content);
  assert.ok(huge.cell * 96 <= 360 && huge.cell * 97 > 340);
  assert.equal(sizeOf({ width: 1300, windowHeight: 2000, scale: 1 }, [{ rows: 7, columns: 7 }], content).cell, 46);
  assert.ok(sizeOf({ width: 750, windowHeight: 768, scale: 1 }, sheets, { ...content, messages: 1 }).cell < wide.cell);
});

const DATA = { picture: { height: 4, width: 4, hundredths: [] }, name: "", weights: [], token: "t", conv: CONV,
  pool: { kind: "max", kernelSize: 2, stride: 2 }, problem: null, poolProblem: null, palette: "", maxWeight: 9 };

/** A bench with a map of 4 x 4 and a pooled one of 2 x 2. */
function ready(changes = {}) {
  const bench = Object.assign(createBench(), { picture: PICTURE, weights: CORNERS });
  bench.data = { ...DATA, conv: { ...CONV, pads: [1, 1] }, ...changes };
  compute(bench);
  return bench;
}

test("what is computed, and why it is not", () => {
  const bench = ready();
  assert.deepEqual([bench.activated.height, bench.pooled.height], [4, 2]);
  assert.equal(bench.limit, Math.max(...bench.activated.values.map(Math.abs)));
  assert.deepEqual(sheetsOf(bench).map(({ name, rows, pad }) => [name, rows, pad]),
    [["input", 6, 1], ["output", 4, 0], ["pooled", 2, 0]]);
  assert.equal(ready({ poolProblem: "too large" }).pooled, null);
  const impossible = ready({ problem: "does not fit" });
  assert.deepEqual([impossible.sums, impossible.activated, impossible.pooled, impossible.limit], [null, null, null, 0]);
  assert.deepEqual(sheetsOf(impossible).map(({ name, rows }) => [name, rows]), [["input", 4]]);
});

test("the strongest cell is chosen first, and a person's choice stays inside the map", () => {
  const bench = ready();
  assert.deepEqual(bench.at.conv, strongestOf(bench.activated));
  Object.assign(bench, { chosen: true, stage: "pool" });
  bench.at = { conv: { row: 3, column: 3 }, pool: { row: 1, column: 1 } };
  bench.data = { ...DATA, pool: null }; // a map of 2 x 2, and no pooling
  compute(bench);
  assert.deepEqual([bench.at.conv, bench.stage], [{ row: 1, column: 1 }, "conv"]);
});

test("keys move in reading order and never off the map", () => {
  const bench = ready();
  bench.at.conv = { row: 0, column: 3 };
  assert.deepEqual(cellOn(bench, 1), { row: 1, column: 0 });
  assert.deepEqual(cellOn(bench, 13), null);
  assert.deepEqual(["ArrowUp", "ArrowDown", "Home", "End", "a"].map((key) => moveOf(bench, key)),
    [0, 4, { row: 0, column: 0 }, { row: 3, column: 3 }, null]);
  assert.deepEqual([0, 1, 2, 3, 5].map((place) => nearestOutput(place, 3, 1)), [-1, 0, 1, 2, 4]);
  assert.deepEqual([0, 2, 4].map((place) => nearestOutput(place, 1, 2)), [0, 1, 2]);
});

let frames, clock;

beforeEach(() => {
  [frames, clock] = [[], 0];
  globalThis.requestAnimationFrame = (act) => frames.push(act);
  globalThis.cancelAnimationFrame = () => { frames = []; };
});

/** Let time go by in frames of so many milliseconds. */
function run(count, milliseconds) {
  for (let frame = 0; frame < count && frames.length; frame++) {
    clock += milliseconds;
    frames.shift()(clock);
  }
}

test("it plays from the first cell through the output and the pooling, and then uncovers all", (t) => {
  t.mock.method(performance, "now", () => clock);
  const bench = ready();
  const playing = Object.assign(createPlaying(bench, () => {}), { speed: 8 });
  toggle(playing);
  assert.deepEqual([bench.playing, bench.covered, bench.at.conv], [true, true, { row: 0, column: 0 }]);
  run(8, 125); // eight cells a second
  assert.deepEqual(bench.at.conv, { row: 2, column: 0 });
  toggle(playing);
  run(8, 125);
  assert.deepEqual([bench.playing, bench.covered, bench.at.conv], [false, true, { row: 2, column: 0 }]);
  toggle(playing); // goes on where it was
  run(8, 125);
  assert.deepEqual([bench.stage, bench.at.pool], ["pool", { row: 0, column: 0 }]);
  run(4, 125);
  assert.deepEqual([bench.playing, bench.covered, bench.at.pool], [false, false, { row: 1, column: 1 }]);
});

test("it begins where there is ink, and goes at a pace that a class can wait for", (t) => {
  t.mock.method(performance, "now", () => clock);
  const bench = createBench();
  const rows = Array.from({ length: 28 }, () => Array(28).fill(0));
  rows[9][12] = 1;
  Object.assign(bench, { picture: grid(rows), weights: ONES, data: { ...bench.data, conv: CONV,
    pool: { kind: "max", kernelSize: 2, stride: 2 } } });
  compute(bench);
  assert.deepEqual(firstInk(bench), { conv: { row: 7, column: 10 }, pool: { row: 3, column: 5 } });
  toggle(createPlaying(bench, () => {}));
  assert.deepEqual(bench.at.conv, { row: 7, column: 10 });
  let seconds = 0;
  for (; bench.playing; seconds += 0.1) run(1, 100);
  assert.ok(seconds < 25, `${seconds} s`);
  rows[9][12] = 0;
  bench.picture = grid(rows);
  assert.deepEqual(firstInk(bench).conv, { row: 0, column: 0 }); // no ink at all
});

test("a hidden tab does not make up for lost time", (t) => {
  t.mock.method(performance, "now", () => clock);
  const bench = ready();
  toggle(Object.assign(createPlaying(bench, () => {}), { speed: 8 }));
  run(1, 60_000);
  assert.deepEqual(bench.at.conv, { row: 0, column: 2 }); // a quarter of a second
});

test("whoever points or steps ends the playing, and only a step leaves the rest covered", (t) => {
  t.mock.method(performance, "now", () => clock);
  const bench = ready();
  let changes = 0;
  const playing = createPlaying(bench, () => { changes += 1; });
  toggle(playing);
  step(playing, 1);
  assert.deepEqual([bench.playing, bench.covered, bench.at.conv], [false, true, { row: 0, column: 1 }]);
  choose(playing, "pool", { row: 9, column: -1 });
  assert.deepEqual([bench.covered, bench.stage, bench.at.pool], [false, "pool", { row: 1, column: 0 }]);
  const before = changes;
  choose(playing, "pool", { row: 1, column: 0 });
  assert.equal(changes, before); // it is chosen already
  chooseFromInput(playing, { row: 5, column: 1 });
  assert.deepEqual([bench.stage, bench.at.conv], ["conv", { row: 3, column: 0 }]);
});

test("keys that mean something are told from those that do not", (t) => {
  t.mock.method(performance, "now", () => clock);
  const bench = ready();
  const playing = createPlaying(bench, () => {});
  assert.ok(["ArrowRight", "Home", " "].every((key) => press(playing, key)));
  assert.ok(bench.playing);
  assert.ok(!press(playing, "a"));
  assert.ok(!press(createPlaying(ready({ problem: "does not fit" }), () => {}), " "));
});

test("a cell that is edited while another size is on its way is that of the same place from the middle", () => {
  // what `resized` of core.inspection.images.kernels does with a kernel of one nonzero cell
  const cell = { row: 0, column: 2 };
  assert.equal(placeIn(cell, 3, 5), 1 * 5 + 3);
  assert.equal(placeIn(cell, 3, 4), 0 * 4 + 2);
  assert.equal(placeIn(cell, 4, 6), 1 * 6 + 3);
  assert.equal(placeIn({ row: 1, column: 1 }, 3, 1), 0);
  assert.equal(placeIn(cell, 3, 1), null);
  assert.equal(placeIn(cell, 3, 2), null);
  assert.equal(placeIn({ row: 1, column: 2 }, 3, 2), 1);
});

test("edits that the server has heard of are not carried over, and those that fit nowhere are told", () => {
  assert.deepEqual(editsOf([1, 1 / 3, 0, 5], [1, 0.333333, 0, 4]), [{ row: 1, column: 1, weight: 5 }]);
  assert.deepEqual(editsOf([1, 0], [2, 0]), [{ row: 0, column: 0, weight: 1 }]);
  assert.deepEqual(editsOf([1], []), [], "nothing was here before");
  assert.equal(lostWords([], 1), "");
  const outside = lostWords([{ row: 0, column: 2, weight: 5 }], 1);
  assert.match(outside, /row 1, column 3 .* outside of a kernel of 1 \u00d7 1/);
  assert.match(lostWords(Array(2).fill({ row: 0, column: 0, weight: 5 }), 1), /^2 cells .* lie outside/);
});
