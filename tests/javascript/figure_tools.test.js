import assert from "node:assert/strict";
import { test } from "node:test";

import { brushedRanges, clickedPoint } from "../../core/ui/components/figure_tools/figure_tools.js";

test("one range and several on an axis are lists of ranges", () => {
  const dimensions = [{}, { constraintrange: [0, 1] }, { constraintrange: [[0, 1], [2, 3]] }, { constraintrange: [] }];
  assert.deepEqual(brushedRanges(dimensions), [[], [[0, 1]], [[0, 1], [2, 3]], []]);
});

test("a point is told by its number, a cell by row and column", () => {
  assert.deepEqual(clickedPoint({ curveNumber: 1, pointNumber: 4 }), { trace: 1, place: 4 });
  assert.deepEqual(clickedPoint({ curveNumber: 0, pointNumber: [2, 3] }), { trace: 0, place: [2, 3] });
  assert.deepEqual(clickedPoint({ curveNumber: 0, pointNumber: undefined, pointIndex: 5 }), { trace: 0, place: 5 });
});
