import assert from "node:assert/strict";
import { test } from "node:test";

import { inItsPlace } from "../../core/ui/components/page_history/lost_focus.js";

test("what came in the place of a button gets its focus", () => {
  const before = ["topic", "radio", "answer", "next"];
  assert.equal(inItsPlace(before, "answer", ["topic", "see it", "next"]), 1);
  assert.equal(inItsPlace(before, "answer", ["topic", "radio", "next"]), 2);
});

test("where nothing follows, or nothing stood before, the nearest one gets it", () => {
  assert.equal(inItsPlace(["topic", "stop"], "stop", ["topic"]), 0);
  assert.equal(inItsPlace(["stop", "view", "more"], "stop", ["start", "more"]), 1);
  assert.equal(inItsPlace(["stop"], "stop", ["start"]), -1);
});
