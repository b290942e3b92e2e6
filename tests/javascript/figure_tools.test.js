import assert from "node:assert/strict";
import { test } from "node:test";

import { boxesOf, clickedPoint } from "../../core/ui/components/figure_tools/figure_tools.js";

test("boxes are told by their four sides", () => {
  assert.deepEqual(boxesOf([{ type: "rect", x0: 1, x1: 0, y0: 0.5, y1: 2 }]), [[1, 0, 0.5, 2]]);
});

test("a point is told by its number, a cell by row and column", () => {
  assert.deepEqual(clickedPoint({ curveNumber: 1, pointNumber: 4 }), { trace: 1, place: 4 });
  assert.deepEqual(clickedPoint({ curveNumber: 0, pointNumber: [2, 3] }), { trace: 0, place: [2, 3] });
  assert.deepEqual(clickedPoint({ curveNumber: 0, pointNumber: undefined, pointIndex: 5 }), { trace: 0, place: 5 });
});
