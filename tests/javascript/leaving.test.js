import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { holdLinks } from "../../core/ui/components/lib/leaving.js";

class Link {
  constructor(name, { target = "", download = false } = {}) {
    Object.assign(this, { name, target, download });
  }
  closest() {
    return this;
  }
  hasAttribute() {
    return this.download;
  }
  click() {
    followed.push(this.name);
  }
}

let followed, frames, listener;

beforeEach(() => {
  [followed, frames] = [[], []];
  globalThis.Element = Link;
  globalThis.requestAnimationFrame = (act) => frames.push(act);
  globalThis.document = { addEventListener: (_name, act) => { listener = act; } };
});

/** Click on a link, and return whether it was held. */
function click(link, keys = {}) {
  let held = false;
  const stop = () => { held = true; };
  const event = { isTrusted: true, composedPath: () => [link], preventDefault() {}, stopImmediatePropagation: stop };
  listener({ ...event, ...keys });
  return held;
}

const frame = () => frames.splice(0).forEach((act) => act());

test("of several links that are clicked while one is held the last is followed, once", () => {
  let [unsent, sent] = [true, false];
  holdLinks({ unsent: () => unsent, done: () => sent });
  assert.ok(click(new Link("first")));
  frame();
  unsent = false;
  for (let k = 0; k < 2; k++) assert.ok(click(new Link("second")), "or the one that is held would come after it");
  frame();
  assert.deepEqual(followed, []);
  sent = true;
  frame();
  frame();
  assert.deepEqual(followed, ["second"]);
  assert.ok(!click(new Link("third")));
});

test("a link to another tab or to a file is not held: the page stays", () => {
  holdLinks({ unsent: () => true, done: () => false });
  assert.ok(!click(new Link("other site", { target: "_blank" })));
  assert.ok(!click(new Link("file", { download: true })));
  for (const key of ["ctrlKey", "metaKey", "shiftKey", "altKey"]) {
    assert.ok(!click(new Link("by hand"), { [key]: true }));
  }
  assert.ok(click(new Link("here", { target: "_self" })));
});
