import assert from "node:assert/strict";
import { test } from "node:test";

import { leadTab, nextStop } from "../../core/ui/components/page_history/popovers.js";

const NAMES = ["button", "first", "middle", "last", "elsewhere"];
const [button, first, middle, last, elsewhere] = NAMES.map((name) => ({ name }));
const WITHIN = [first, middle, last];

test("Tab leads into what a button has opened, and at its ends back to the button", () => {
  assert.equal(nextStop(button, button, WITHIN, false), first);
  assert.equal(nextStop(button, button, WITHIN, true), null);
  assert.equal(nextStop(first, button, WITHIN, true), button);
  assert.equal(nextStop(first, button, WITHIN, false), null);
  assert.equal(nextStop(middle, button, WITHIN, false), null);
  assert.equal(nextStop(last, button, WITHIN, false), button);
  assert.equal(nextStop(elsewhere, button, WITHIN, false), null);
  assert.equal(nextStop(button, button, [], false), null);
});

test("radio buttons are one stop, wherever the chosen one is", () => {
  const radios = [0, 1].map((value) => ({ type: "radio", name: "colour", value }));
  assert.equal(nextStop(radios[0], button, [first, ...radios], false), button);
  assert.equal(nextStop(radios[1], button, [...radios, last], true), button);
  assert.equal(nextStop(radios[0], button, [...radios, last], false), null);
});

test("buttons that are radio buttons to a screen reader are one stop, too", () => {
  const group = {};
  const upload = { closest: () => group }, camera = { closest: () => group };
  assert.equal(nextStop(upload, button, [first, upload, camera], false), button);
  assert.equal(nextStop(camera, button, [upload, camera, last], true), button);
  assert.equal(nextStop(first, button, [first, upload, camera], false), null);
});

test("out of the end the browser goes on behind the button, and other keys are left alone", (t) => {
  const stop = (name) => ({
    name, tabIndex: 0, focus: () => focused.push(name), matches: () => true, getClientRects: () => [1],
  });
  const focused = [];
  const [opener, inside] = [stop("opener"), stop("inside")];
  const body = { querySelectorAll: () => [inside] };
  globalThis.document = { querySelector: (what) => (what.includes("Body") ? body : opener) };
  t.after(() => delete globalThis.document);
  const press = (key, from, shiftKey) => {
    let stopped = false;
    leadTab({ key, shiftKey, composedPath: () => [from], preventDefault: () => { stopped = true; } });
    return stopped;
  };
  assert.equal(press("Tab", opener, false), true);
  assert.equal(press("Tab", inside, false), false);
  assert.equal(press("Tab", inside, true), true);
  assert.equal(press("a", opener, false), false);
  assert.deepEqual(focused, ["inside", "opener", "opener"]);
});
