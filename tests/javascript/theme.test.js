import assert from "node:assert/strict";
import { test } from "node:test";

import { switchScreen } from "../../core/ui/components/lib/theme.js";

const refuse = () => Promise.reject(new TypeError("Fullscreen request denied"));
const REFUSING = {
  "an iPhone, which has no such thing": { fullscreenElement: null, documentElement: {} },
  "a browser that refuses": { fullscreenElement: null, documentElement: { requestFullscreen: refuse } },
  "a screen that Escape has left": { fullscreenElement: {}, exitFullscreen: refuse },
};

for (const [name, page] of Object.entries(REFUSING)) {
  test(`the whole screen: ${name} makes no error`, async (t) => {
    globalThis.document = page;
    t.after(() => delete globalThis.document);
    const errors = [];
    const note = (error) => errors.push(error);
    process.on("unhandledRejection", note);
    switchScreen();
    await new Promise(setImmediate);
    process.off("unhandledRejection", note);
    assert.deepEqual(errors, []);
  });
}

test("the whole screen is taken, and left again", async (t) => {
  const page = {
    fullscreenElement: null,
    documentElement: { async requestFullscreen() { page.fullscreenElement = this; } },
    async exitFullscreen() { page.fullscreenElement = null; },
  };
  globalThis.document = page;
  t.after(() => delete globalThis.document);
  switchScreen();
  assert.equal(page.fullscreenElement, page.documentElement);
  switchScreen();
  assert.equal(page.fullscreenElement, null);
});
