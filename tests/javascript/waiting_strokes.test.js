import assert from "node:assert/strict";
import test from "node:test";

import { isRead, keepWaitingStrokes, waits } from "../../core/ui/components/bare_canvas/waiting_strokes.js";

test("a stroke waits until what a click lays lies there, or the click has laid nothing", () => {
  const never = { sinceClick: 6000, sinceLaid: Infinity, sinceRun: Infinity }; // a slow network: no answer yet
  assert.equal(waits(never), true);
  assert.equal(waits({ ...never, sinceLaid: 100 }), true);
  assert.equal(waits({ ...never, sinceLaid: 300 }), false);
  assert.equal(waits({ ...never, sinceRun: 200 }), true);
  assert.equal(waits({ ...never, sinceRun: 4000 }), false);
  assert.equal(waits({ ...never, sinceClick: 60_000 }), false);
  assert.equal(waits({ ...never, sinceClick: 60_000, sinceRun: 200 }), false);
});

test("a stroke counts as read when the page has run since it was sent, or after three seconds", () => {
  assert.equal(isRead(500, 0), false); // it runs
  assert.equal(isRead(500, 300), true);
  assert.equal(isRead(500, 900), false); // that was for something else
  assert.equal(isRead(3100, 9000), true);
  assert.equal(isRead(Infinity, 0), true); // none was sent
});

/** A page with one canvas of 280 x 280 at the corner; `seen` is what the canvas hears of the pen. */
function fakePage(t) {
  class Element {}
  class HTMLElement extends Element {}
  class HTMLCanvasElement extends HTMLElement {}
  class Happens { constructor(type, about) { Object.assign(this, { type, ...about }); } }
  const [heard, seen, pressed, context] = [new Map(), [], [], new Proxy({}, { get: () => () => {}, set: () => true })];
  const classes = (...names) => ({ contains: (name) => names.includes(name) });
  const lower = Object.assign(new HTMLCanvasElement(), { width: 280, height: 280 });
  const upper = Object.assign(new HTMLCanvasElement(), { width: 280, height: 280, classList: classes("upper-canvas"),
    isConnected: true, parentElement: { querySelector: () => lower }, closest: () => null, getContext: () => context,
    getBoundingClientRect: () => ({ left: 0, top: 0, width: 280, height: 280 }),
    dispatchEvent: ({ type, clientX, clientY }) => seen.push([type, clientX, clientY]) });
  const box = Object.assign(new Element(), { classList: classes("st-key-canvas"), shadowRoot: null,
    querySelector: () => upper, querySelectorAll: () => [] });
  const listen = (name, listener) => heard.set(name, [...(heard.get(name) ?? []), listener]);
  const happen = (type, at, path, isTrusted = true) => {
    let reaches = true;
    const event = { type, isTrusted, button: 0, isPrimary: true, pointerId: 7, clientX: at, clientY: at,
      composedPath: () => path, stopImmediatePropagation: () => { reaches = false; }, preventDefault: () => {} };
    for (const listener of heard.get(type) ?? []) listener(event);
    if (reaches && path[0] === upper) seen.push([type, at, at]);
    return reaches;
  };
  const buttonOf = (key) => {
    const button = new HTMLElement();
    button.closest = (selector) => (selector.includes(`.st-key-${key}`) ? button : null);
    button.click = () => {
      pressed.push(key);
      happen("click", 0, [button], false);
    };
    return button;
  };
  let rests = true;
  const gone = new Set();
  const run = () => {
    rests = false;
    setTimeout(() => { rests = true; }, 150);
  };
  Object.assign(globalThis, { Element, HTMLElement, HTMLCanvasElement, MouseEvent: Happens, PointerEvent: Happens,
    window: { addEventListener: listen }, requestAnimationFrame: (go) => setTimeout(() => go(performance.now()), 16),
    document: { addEventListener: listen,
      querySelector(asked) {
        const key = /^\.st-key-(\S+) button:enabled$/.exec(asked)?.[1];
        if (key) return gone.has(key) ? null : buttonOf(key);
        return asked.includes("notRunning") ? rests || null : box;
      } } });
  t.after(() => { for (const name of ["window", "document", "requestAnimationFrame"]) delete globalThis[name]; });
  return {
    seen,
    pressed,
    gone,
    run,
    /** Click a button; whether the page hears of it. */
    click: (key = "clear") => happen("click", 0, [buttonOf(key)]),
    stroke(from = 10) {
      for (const [kind, at] of [["down", from], ["move", from + 10], ["up", from + 20]]) {
        happen(`pointer${kind}`, at, [upper, box]);
        happen(`mouse${kind}`, at, [upper, box]);
      }
    },
  };
}

test("what is drawn before the answer to Clear is drawn again after it", async (t) => {
  const { seen, click, stroke } = fakePage(t);
  const waiting = keepWaitingStrokes("canvas", () => {});
  waiting.tell({ laid: "1", brush: 20, lays: ["clear"] });
  stroke();
  assert.deepEqual(seen.map(([kind]) => kind).filter((kind) => kind.endsWith("down")), ["pointerdown", "mousedown"]);
  seen.length = 0;
  click();
  stroke();
  assert.deepEqual(seen.filter(([kind]) => kind.endsWith("down")), []);
  assert.equal(waiting.waits(), true); // and a link waits with it
  waiting.tell({ laid: "2", brush: 20, lays: ["clear"] });
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

test("Undo takes back a stroke that waits; what else lays something waits in the row with the strokes", async (t) => {
  const { seen, pressed, click, stroke, run } = fakePage(t);
  const sent = [];
  const downs = () => seen.filter(([kind]) => kind === "mousedown").map(([, at]) => at);
  const waiting = keepWaitingStrokes("canvas", () => {
    sent.push(downs());
    run();
  });
  const told = { brush: 20, lays: ["undo", "clear"] };
  waiting.tell({ ...told, laid: "1" });
  assert.equal(click("clear"), true);
  for (const from of [10, 40, 70]) stroke(from);
  assert.equal(click("undo"), false); // the server has seen none of them
  assert.equal(click("clear"), false);
  stroke(90);
  waiting.tell({ ...told, laid: "2" });
  seen.length = 0;
  await new Promise((done) => { setTimeout(done, 1500); });
  assert.deepEqual(downs(), [10, 40]);
  assert.deepEqual(sent, [[10], [10, 40]]); // each before the next comes
  assert.deepEqual(pressed, ["clear"]);
  waiting.tell({ ...told, laid: "3" });
  await new Promise((done) => { setTimeout(done, 600); });
  assert.deepEqual(downs(), [10, 40, 90]);
  assert.equal(waiting.waits(), false);
  assert.equal(click("undo"), true);
  waiting.end();
});

test("a button that is gone when its turn comes is passed over, and what waits behind it is drawn", async (t) => {
  const { seen, pressed, gone, click, stroke, run } = fakePage(t);
  const waiting = keepWaitingStrokes("canvas", run);
  const told = { brush: 20, lays: ["clear"] };
  waiting.tell({ ...told, laid: "1" });
  click("clear");
  stroke(10);
  click("clear");
  stroke(40);
  gone.add("clear");
  waiting.tell({ ...told, laid: "2" });
  seen.length = 0;
  await new Promise((done) => { setTimeout(done, 1500); });
  assert.deepEqual(seen.filter(([kind]) => kind === "mousedown").map(([, at]) => at), [10, 40]);
  assert.deepEqual(pressed, []);
  assert.equal(waiting.waits(), false);
  waiting.end();
});
