import assert from "node:assert/strict";
import test from "node:test";

import { isTold } from "../../core/ui/components/kept_drawing/kept_drawing.js";
import { inherited, keep, keepOrReturn } from "../../core/ui/components/lib/kept.js";

const kept = { sheet: "old", content: "data:image/png;base64,AAAA", asked: "" };
const fresh = { sheet: "new", content: "1", asked: "" };

test("a new sheet inherits what an old one held", () => {
  assert.equal(inherited(kept, fresh), kept.content);
  assert.equal(inherited(kept, { ...fresh, content: null }), kept.content);
});

test("the same sheet knows better than what was kept", () => {
  assert.equal(inherited(kept, { ...fresh, sheet: "old" }), null);
});

test("nothing is sent where nothing was kept, or the sheet holds it already", () => {
  assert.equal(inherited(null, fresh), null);
  assert.equal(inherited({ ...kept, content: null }, fresh), null);
  assert.equal(inherited({ ...kept, content: "1" }, fresh), null);
});

test("a link to a digit comes before what was kept, unless it was kept on the same link", () => {
  assert.equal(inherited(kept, { ...fresh, asked: "5" }), null);
  assert.equal(inherited({ ...kept, asked: "5" }, { ...fresh, asked: "5" }), kept.content);
  assert.equal(inherited({ ...kept, asked: "5" }, fresh), kept.content);
});

test("a run that tells nothing new takes no stroke away that was drawn since", () => {
  assert.equal(isTold(fresh, { ...fresh }), true);
  assert.equal(isTold(undefined, fresh), false);
  for (const news of [{ sheet: "other" }, { content: "2" }, { asked: "2" }]) {
    assert.equal(isTold(fresh, { ...fresh, ...news }), false);
  }
});

test("what was kept is told again until something else is on the sheet", ({ mock }) => {
  /** @type {Map<string, string>} */
  const storage = new Map();
  mock.timers.enable({ apis: ["setTimeout"] });
  const value = {
    getItem: (/** @type {string} */ name) => storage.get(name) ?? null,
    setItem: (/** @type {string} */ name, /** @type {string} */ text) => storage.set(name, text),
  };
  Object.defineProperty(globalThis, "sessionStorage", { value, configurable: true });
  const tell = mock.fn();
  for (const [name, heard] of [["never heard", 3], ["heard", 1]]) {
    tell.mock.resetCalls();
    keep(name, kept);
    keepOrReturn(name, fresh, tell);
    if (name === "heard") keepOrReturn(name, { ...fresh, content: kept.content }, tell);
    for (let seconds = 0; seconds < 20; seconds++) mock.timers.tick(1000);
    assert.deepEqual(tell.mock.calls.map((call) => call.arguments[0]), Array(heard).fill(kept.content));
  }
});
