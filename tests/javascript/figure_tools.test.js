import assert from "node:assert/strict";
import { test } from "node:test";

import { boxesOf, clickedPoint } from "../../core/ui/components/figure_tools/figure_tools.js";
import { frameCounter, framesPerSecond } from "../../core/ui/components/figure_tools/frames.js";

test("boxes are told by their four sides", () => {
  assert.deepEqual(boxesOf([{ type: "rect", x0: 1, x1: 0, y0: 0.5, y1: 2 }]), [[1, 0, 0.5, 2]]);
});

test("a point is told by its number, a cell by row and column", () => {
  assert.deepEqual(clickedPoint({ curveNumber: 1, pointNumber: 4 }), { trace: 1, place: 4 });
  assert.deepEqual(clickedPoint({ curveNumber: 0, pointNumber: [2, 3] }), { trace: 0, place: [2, 3] });
  assert.deepEqual(clickedPoint({ curveNumber: 0, pointNumber: undefined, pointIndex: 5 }), { trace: 0, place: 5 });
});

test("frames a second are those of the middle distance, told once when the hand lets go", (t) => {
  let now = 0;
  t.mock.method(performance, "now", () => now);
  const told = [];
  const { turned, released } = frameCounter((frames) => told.push(frames));
  for (const frames of [5, 40, 40]) {
    now += 2000;
    for (let frame = 0; frame < frames; frame++) {
      now += frame === 5 ? 500 : 50;
      turned();
    }
    released();
    assert.equal(told.length, frames === 5 ? 0 : 1);
  }
  assert.deepEqual(told, [20]);
  assert.equal(framesPerSecond([0, 40, 80, 1000]), 25);
});
