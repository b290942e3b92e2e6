import assert from "node:assert/strict";
import { test } from "node:test";

import { halfToNumber, readSafetensors } from "../../core/ui/components/lib/safetensors.js";
import { strokesFor } from "../../core/ui/components/movement/keeping.js";
import { fromZero, placeOf } from "../../core/ui/components/movement/recording.js";
import { advance, follow, sureFrom } from "../../core/ui/components/movement/recurrent.js";
import { replay } from "../../core/ui/components/movement/replay.js";
import { hasMoved, inkAfter, resample, toSteps } from "../../core/ui/components/movement/steps.js";
import { says } from "../../core/ui/components/movement/wording.js";

const near = (found, expected, tolerance = 1e-6) => {
  assert.equal(found.length, expected.length);
  found.forEach((value, i) => assert.ok(Math.abs(value - expected[i]) <= tolerance, `${i}: ${value}, ${expected[i]}`));
};

test("a line is cut into equal lengths, and a short rest joins the last", () => {
  assert.deepEqual(resample([[0, 0], [4, 0]], 2), [[0, 0], [2, 0], [4, 0]]);
  assert.deepEqual(resample([[0, 0], [4.4, 0]], 2), [[0, 0], [2, 0], [4.4, 0]]);
  assert.deepEqual(resample([[0, 0], [5, 0]], 2), [[0, 0], [2, 0], [4, 0], [5, 0]]);
  assert.deepEqual(resample([[0, 0], [1, 0], [1, 1]], 1.5), [[0, 0], [1, 0.5], [1, 1]]);
  assert.deepEqual(resample([[3, 3], [3, 3], [3, 3]], 2), [[3, 3]]);
});

test("steps: a stroke, a jump in the air, a stroke; a dot is a step of no length", () => {
  const path = [[[0, 0, 0], [20, 0, 1]], [[20, 40, 2], [40, 40, 3]]]; // a canvas of 280: a step is 20 pixels
  near(toSteps(path, 280).flat(), [0.5, 0, 0, 0, 1, 1, 0.5, 0, 0]);
  assert.deepEqual(toSteps([[[5, 5, 0]]], 280), [[0, 0, 0]]);
  assert.deepEqual(toSteps([], 280), []);
  assert.deepEqual(toSteps([...path, []], 280), toSteps(path, 280)); // a stroke begun when there are points enough
  const long = Array.from({ length: 20000 }, (_, i) => [i % 2 * 280, i / 100, i]);
  assert.equal(toSteps([long], 280).length, 400);
});

test("a dot has no movement, however often it is touched", () => {
  assert.equal(hasMoved(toSteps([], 280)), false);
  assert.equal(hasMoved(toSteps([[[5, 5, 0], [5, 5, 9]]], 280)), false);
  assert.equal(hasMoved(toSteps([[[5, 5, 0]], [[5, 5, 30]]], 280)), false);
  assert.equal(hasMoved(toSteps([[[5, 5, 0], [5.0625, 5, 9]]], 280)), true);
  assert.equal(hasMoved(toSteps([[[5, 5, 0]], [[9, 5, 30]]], 280)), true); // two dots: it moved in the air
});

test("a shifted or slower path has the same steps to the last bit", () => {
  const path = [[[10.0625, 20.5, 0], [70.25, 33.125, 9], [90, 170.875, 30]], [[50, 60, 90], [20, 61, 95]]];
  const moved = path.map((stroke) => stroke.map(([x, y, t]) => [x + 37.5, y + 12.0625, 2 * t]));
  assert.deepEqual(toSteps(moved, 280), toSteps(path, 280));
});

test("what is read of the beginning of a stroke stays as it grows", () => {
  const reader = { cell: "rnn", hidden: 1, classes: 2, tensors: {
    weight_ih: Float32Array.of(1, 0, 0), weight_hh: Float32Array.of(0.5), bias_ih: Float32Array.of(0),
    bias_hh: Float32Array.of(0), "dense.weight": Float32Array.of(1, -1), "dense.bias": Float32Array.of(0, 0) } };
  const first = follow(reader, [[1, 0, 0], [1, 0, 0]]);
  near(first.map(({ state }) => state[0]), [Math.tanh(1), Math.tanh(1 + 0.5 * Math.tanh(1))]);
  const grown = follow(reader, [[1, 0, 0], [1, 0, 0], [2, 0, 0]], first);
  assert.equal(grown[1], first[1]); // the very same: nothing is computed twice
  const changed = follow(reader, [[1, 0, 0], [0.5, 0, 0]], first);
  assert.equal(changed[0], first[0]);
  assert.notEqual(changed[1], first[1]);
  near(changed.map(({ state }) => state[0]), [Math.tanh(1), Math.tanh(0.5 + 0.5 * Math.tanh(1))]);
});

test("the cells, worked out by hand with one unit", () => {
  const tensors = (gates) => ({ weight_ih: new Float32Array(3 * gates), weight_hh: new Float32Array(gates).fill(1),
    bias_ih: new Float32Array(gates), bias_hh: new Float32Array(gates) });
  const half = 1 / (1 + Math.exp(-0.5));
  const gru = advance({ cell: "gru", hidden: 1, tensors: tensors(3) }, Float32Array.of(0.5), [0, 0, 0]);
  near(gru, [(1 - half) * Math.tanh(half * 0.5) + half * 0.5]);
  const lstm = advance({ cell: "lstm", hidden: 1, tensors: tensors(4) }, Float32Array.of(0.5, 2), [0, 0, 0]);
  const cell = half * 2 + half * Math.tanh(0.5);
  near(lstm, [half * Math.tanh(cell), cell]);
});

const readings = (...shares) => shares.map((share, i) => ({ step: [1, 0, i === 2 ? 1 : 0], state: new Float32Array(1),
  probabilities: [share, 1 - share] }));

test("sure is 90 % or more to the end", () => {
  assert.equal(sureFrom(readings(0.95, 0.5, 0.91, 0.99)), 2);
  assert.equal(sureFrom(readings(0.95, 0.99)), 0);
  assert.equal(sureFrom(readings(0.95, 0.6)), null);
  assert.equal(sureFrom(readings(0.95, 0.02)), 1); // of the other class
  assert.equal(sureFrom([]), null);
});

test("the ink after each step, and what is said", () => {
  near(inkAfter([[3, 4, 0], [9, 9, 1], [0, 5, 0]]), [0.5, 0.5, 1]);
  assert.deepEqual(inkAfter([[0, 0, 0]]), [1]);
  const read = readings(0.5, 0.95, 0.96, 0.97, 0.98);
  assert.match(says(read, ["4", "9"], "GRU", false), /says 4: 98\.0\s%\. Sure after 50\s% of the stroke\.$/);
  assert.match(says(read, ["4", "9"], "GRU", true), /It is sure\.$/);
  assert.match(says(readings(0.5), ["4", "9"], "GRU", false), /was never sure/);
  assert.equal(says([], ["4"], "GRU", false), "");
  assert.match(says(read, ["4", "9"], "GRU", false, false), /^If it had to choose, the GRU.* would say 4: 98\.0\s%\.$/);
});

test("places are rounded to a part of a pixel, and the path stays on the canvas", () => {
  const box = { left: 100, top: 50, width: 140, height: 140 };
  assert.deepEqual(placeOf({ clientX: 170, clientY: 60 }, box, 280), [140, 20]);
  assert.deepEqual(placeOf({ clientX: 100.01, clientY: 999 }, box, 280), [0, 280]);
  const sent = fromZero([[[1, 2, 500.26], [3, 4, 510]], [[5, 6, 600]]]);
  assert.deepEqual(sent, [[[1, 2, 0], [3, 4, 9.7]], [[5, 6, 99.7]]]);
});

const stroke = (x) => [[x, 0, 0], [x, 9, 1]];
const sheet = (drawing, strokes, version = 0) => ({ sheet: "one", drawing, strokes, version });

test("Undo, Clear and another page find the movement of the drawing", () => {
  let mine = [stroke(1)];
  mine = strokesFor(mine, false, sheet(10, 0), sheet(11, 1));
  mine.push(stroke(2));
  mine = strokesFor(mine, false, sheet(11, 1), sheet(12, 2));
  assert.equal(mine.length, 2);
  assert.deepEqual(strokesFor(mine, false, sheet(12, 2), sheet(11, 1, 1)), [stroke(1)]); // Undo
  assert.deepEqual(strokesFor(mine, false, sheet(12, 2), sheet(13, 0, 2)), []); // Clear
  assert.deepEqual(strokesFor([], false, null, sheet(12, 2, 3)), [stroke(1), stroke(2)]); // back from another page
});

test("where strokes are not all known, there is no movement", () => {
  assert.deepEqual(strokesFor([stroke(1)], false, sheet(20, null), sheet(21, null)), []);
  assert.deepEqual(strokesFor([stroke(1)], false, sheet(20, 1), sheet(22, 2)), []);
  const merged = [stroke(1), stroke(2)];
  assert.equal(strokesFor(merged, false, sheet(20, 0), sheet(23, 1)), merged); // two strokes came as one
  assert.deepEqual(strokesFor(merged, false, sheet(23, 1), sheet(23.5, 1, 1)), []);
  assert.deepEqual(strokesFor([], false, null, sheet(23, 1)), []);
});

test("nothing is taken from under a moving pen", () => {
  const mine = [stroke(1), stroke(2)];
  assert.equal(strokesFor(mine, true, sheet(30, 0), sheet(31, 1)), mine);
  assert.equal(strokesFor(mine, true, sheet(30, 0), sheet(32, 0, 1)), mine);
  assert.equal(strokesFor(mine, true, sheet(30, 0), sheet(33, null)), mine);
});

test("a replay sends what a pen would, at its speed, and can be stopped", () => {
  globalThis.PointerEvent ??= class extends Event {};
  globalThis.MouseEvent ??= class extends Event {};
  globalThis.window ??= globalThis;
  const sent = [];
  const canvas = { isConnected: true, dispatchEvent: ({ type }) => sent.push(type),
    getBoundingClientRect: () => ({ left: 0, top: 0, width: 280, height: 280 }) };
  const frames = [];
  const path = [[[0, 0, 0], [5, 5, 8], [9, 9, 16]], [[1, 1, 100], [2, 2, 108]]];
  const stop = replay(canvas, path, 280, (callback) => frames.push(callback));
  frames.shift()(1000);
  assert.deepEqual(sent.splice(0), ["pointerdown", "mousedown"]);
  frames.shift()(1016);
  assert.deepEqual(sent.splice(0), ["pointermove", "mousemove", "pointermove", "mousemove", "pointerup", "mouseup"]);
  frames.shift()(1100);
  assert.deepEqual(sent.splice(0), ["pointerdown", "mousedown"]);
  stop();
  assert.deepEqual(sent.splice(0), ["pointerup", "mouseup"]);
  frames.shift()(1200);
  assert.deepEqual(sent, []);
});

test("numbers in half precision", () => {
  const known = { 0x3c00: 1, 0xc000: -2, 0x3555: 0.333251953125, 0x0001: 2 ** -24, 0x7bff: 65504, 0: 0,
    0x7c00: Infinity };
  for (const [bits, number] of Object.entries(known)) assert.equal(halfToNumber(Number(bits)), number);
  assert.ok(Number.isNaN(halfToNumber(0x7e00)));
  const header = JSON.stringify({ a: { dtype: "F16", shape: [2], data_offsets: [0, 4] } }).padEnd(64);
  const file = new Uint8Array(8 + 64 + 4);
  new DataView(file.buffer).setBigUint64(0, 64n, true);
  file.set(new TextEncoder().encode(header), 8);
  new DataView(file.buffer).setUint16(72, 0x3c00, true);
  new DataView(file.buffer).setUint16(74, 0xc000, true);
  assert.deepEqual([...readSafetensors(file.buffer).tensors.a], [1, -2]);
});
