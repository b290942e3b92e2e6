import assert from "node:assert/strict";
import test from "node:test";

import { keepWaitingStrokes, waits } from "../../core/ui/components/bare_canvas/waiting_strokes.js";

test("a stroke waits until what a click lays lies there, or the click has laid nothing", () => {
  const never = { sinceClick: 900, sinceLaid: Infinity, sinceRun: 900 };
  assert.equal(waits(never), true);
  assert.equal(waits({ ...never, sinceLaid: 100 }), true);
  assert.equal(waits({ ...never, sinceLaid: 300 }), false);
  assert.equal(waits({ ...never, sinceClick: 6000, sinceRun: 200 }), true);
  assert.equal(waits({ ...never, sinceClick: 6000, sinceRun: 2000 }), false);
  assert.equal(waits({ ...never, sinceClick: 60_000, sinceRun: 200 }), false);
});

/** A page with one canvas of 280 x 280 at the corner; `seen` is what the canvas hears of the pen. */
function fakePage(t) {
  class Element {}
  class HTMLCanvasElement extends Element {}
  class Happens { constructor(type, about) { Object.assign(this, { type, ...about }); } }
  const [heard, seen, context] = [new Map(), [], new Proxy({}, { get: () => () => {}, set: () => true })];
  const classes = (...names) => ({ contains: (name) => names.includes(name) });
  const lower = Object.assign(new HTMLCanvasElement(), { width: 280, height: 280 });
  const upper = Object.assign(new HTMLCanvasElement(), { width: 280, height: 280, classList: classes("upper-canvas"),
    isConnected: true, parentElement: { querySelector: () => lower }, closest: () => null, getContext: () => context,
    getBoundingClientRect: () => ({ left: 0, top: 0, width: 280, height: 280 }),
    dispatchEvent: ({ type, clientX, clientY }) => seen.push([type, clientX, clientY]) });
  const box = Object.assign(new Element(), { classList: classes("st-key-canvas"), shadowRoot: null,
    querySelector: () => upper, querySelectorAll: () => [] });
  const listen = (name, listener) => heard.set(name, [...(heard.get(name) ?? []), listener]);
  const happen = (type, at, path) => {
    let reaches = true;
    const event = { type, isTrusted: true, button: 0, isPrimary: true, pointerId: 7, clientX: at, clientY: at,
      composedPath: () => path, stopImmediatePropagation: () => { reaches = false; }, preventDefault: () => {} };
    for (const listener of heard.get(type) ?? []) listener(event);
    if (reaches && path[0] === upper) seen.push([type, at, at]);
  };
  Object.assign(globalThis, { Element, HTMLCanvasElement, MouseEvent: Happens, PointerEvent: Happens,
    window: { addEventListener: listen }, requestAnimationFrame: (go) => setTimeout(() => go(performance.now()), 16),
    document: { addEventListener: listen, querySelector: () => box } });
  t.after(() => { for (const name of ["window", "document", "requestAnimationFrame"]) delete globalThis[name]; });
  return {
    seen,
    click: () => happen("click", 0, [{ closest: () => true }]),
    stroke() {
      for (const [kind, at] of [["down", 10], ["move", 20], ["up", 30]]) {
        happen(`pointer${kind}`, at, [upper, box]);
        happen(`mouse${kind}`, at, [upper, box]);
      }
    },
  };
}

test("what is drawn before the answer to Clear is drawn again after it", async (t) => {
  const { seen, click, stroke } = fakePage(t);
  const waiting = keepWaitingStrokes("canvas");
  waiting.tell({ laid: "1", brush: 20 });
  stroke();
  assert.deepEqual(seen.map(([kind]) => kind).filter((kind) => kind.endsWith("down")), ["pointerdown", "mousedown"]);
  seen.length = 0;
  click();
  stroke();
  assert.deepEqual(seen.filter(([kind]) => kind.endsWith("down")), []);
  assert.equal(waiting.waits(), true); // and a link waits with it
  waiting.tell({ laid: "2", brush: 20 });
  seen.length = 0;
  await new Promise((done) => { setTimeout(done, 600); });
  const downs = seen.filter(([kind]) => kind === "mousedown");
  assert.deepEqual(downs, [["mousedown", 10, 10]]);
  assert.deepEqual(seen.at(-1)[0], "mouseup");
  assert.equal(waiting.waits(), false);
  seen.length = 0;
  stroke(); // and all is as ever
  assert.equal(seen.filter(([kind]) => kind === "mousedown").length, 1);
  waiting.end();
});
