import assert from "node:assert/strict";
import { test } from "node:test";

import { placeFor } from "../../core/ui/components/glossary/glossary.js";

const VIEW = { width: 390, height: 844 };
const BUBBLE = { width: 300, height: 60 };

test("a bubble stands below its word, and within the window", () => {
  assert.deepEqual(placeFor({ left: 40, top: 100, bottom: 120 }, BUBBLE, VIEW), { left: 40, top: 120 });
  assert.deepEqual(placeFor({ left: 350, top: 100, bottom: 120 }, BUBBLE, VIEW), { left: 82, top: 120 });
  assert.deepEqual(placeFor({ left: 2, top: 100, bottom: 120 }, BUBBLE, VIEW), { left: 8, top: 120 });
});

test("at the lower end of the window it stands above", () => {
  assert.deepEqual(placeFor({ left: 40, top: 800, bottom: 820 }, BUBBLE, VIEW), { left: 40, top: 740 });
});
