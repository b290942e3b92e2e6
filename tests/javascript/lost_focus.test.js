import assert from "node:assert/strict";
import { test } from "node:test";

import { inItsPlace, presses } from "../../core/ui/components/page_history/lost_focus.js";

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

test("who writes is left alone", () => {
  for (const key of ["Enter", " "]) {
    assert.ok(presses(key, { tagName: "BUTTON" }));
    assert.ok(presses(key, { tagName: "INPUT", type: "radio" }));
    for (const tagName of ["TEXTAREA", "A", "BODY"]) assert.ok(!presses(key, { tagName }));
  }
  assert.ok(presses("Enter", { tagName: "INPUT", type: "text" }), "it may send, and vanish");
  assert.ok(!presses(" ", { tagName: "INPUT", type: "text" }));
  assert.ok(!presses("Tab", { tagName: "BUTTON" }));
});
