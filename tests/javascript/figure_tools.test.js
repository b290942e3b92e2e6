import assert from "node:assert/strict";
import { test } from "node:test";

import { boxesOf, clickedPoint, presenter, save } from "../../core/ui/components/figure_tools/figure_tools.js";
import { historyEntry, turn } from "../../core/ui/components/figure_tools/entry.js";
import { frameCounter, framesPerSecond } from "../../core/ui/components/figure_tools/frames.js";
import { watchTurning, withoutPicking } from "../../core/ui/components/figure_tools/turning.js";
import { viewKeeper } from "../../core/ui/components/figure_tools/view.js";

test("boxes are told by their four sides", () => {
  assert.deepEqual(boxesOf([{ type: "rect", x0: 1, x1: 0, y0: 0.5, y1: 2 }]), [[1, 0, 0.5, 2]]);
});

test("a point is told by its number, a cell by row and column", () => {
  assert.deepEqual(clickedPoint({ curveNumber: 1, pointNumber: 4 }), { trace: 1, place: 4 });
  assert.deepEqual(clickedPoint({ curveNumber: 0, pointNumber: [2, 3] }), { trace: 0, place: [2, 3] });
  assert.deepEqual(clickedPoint({ curveNumber: 0, pointNumber: undefined, pointIndex: 5 }), { trace: 0, place: 5 });
});

test("frames a second are those of the middle frame, told once as the hand lets go; one that rests is not fast", () => {
  let now = 0;
  const waiting = [];
  globalThis.requestAnimationFrame = (then) => waiting.push(then);
  const frame = (ms) => {
    now += ms;
    waiting.splice(0).forEach((then) => then(now));
  };
  const told = [];
  const { turned, released } = frameCounter((frames) => told.push(frames));
  for (const frames of [5, 40, 40]) {
    for (let number = 0; number < frames; number++) {
      turned();
      turned(); // a hand can be faster than frames
      frame(0);
      frame(number === 5 ? 500 : 50);
      for (let rest = 0; rest < 3; rest++) frame(16);
    }
    released();
    assert.equal(told.length, frames === 5 ? 0 : 1);
  }
  assert.deepEqual(told, [20]);
  assert.equal(framesPerSecond([40, 40, 1000]), 25);
  delete globalThis.requestAnimationFrame;
});

test("a figure draws for pointing again when the hand has let go; one of another Plotly is left alone", () => {
  class Points {
    drawPick() {
      return "places";
    }
  }
  const [points, axes] = [new Points(), {}];
  class Context {
    readPixels() {
      return "pixels";
    }
  }
  let updates = 0;
  const glplot = { gl: new Context(), objects: [points, axes], update: () => updates++ };
  const goOn = withoutPicking({ _fullLayout: { scene: { _scene: { glplot } } } });
  assert.deepEqual([points.drawPick(), glplot.gl.readPixels(), "drawPick" in axes], [undefined, undefined, false]);
  goOn();
  assert.deepEqual([points.drawPick(), glplot.gl.readPixels(), updates], ["places", "pixels", 1]);
  for (const other of [null, {}, { _fullLayout: { scene: { _scene: {} } } }]) withoutPicking(other)();
});

test("a press that turns clicks nothing; one that rests clicks what is pointed at, once", (t) => {
  class Canvas {}
  const [canvas, listeners] = [new Canvas(), {}];
  const addEventListener = (name, then) => (listeners[name] = then);
  Object.assign(globalThis, { HTMLCanvasElement: Canvas, document: { addEventListener }, window: { addEventListener },
    requestAnimationFrame: () => {} });
  t.after(() => ["HTMLCanvasElement", "document", "window", "requestAnimationFrame"].forEach((name) => {
    delete globalThis[name];
  }));
  const clicks = [];
  const { pointed, clicked } = watchTurning(() => ({ contains: (one) => one === canvas }), () => {}, {});
  const press = (target, pointerType = "mouse") => {
    listeners.pointerdown({ target, pointerType, clientX: 10, clientY: 10 });
    clicked(() => clicks.push("Plotly's"));
  };
  pointed(() => clicks.push("seven"));
  press(canvas);
  listeners.pointermove({ clientX: 12, clientY: 9 });
  listeners.pointerup();
  assert.deepEqual(clicks, ["seven"]);
  press(canvas);
  listeners.pointermove({ clientX: 60, clientY: 10 });
  listeners.pointerup();
  press(canvas); // where the point was before it was turned away
  listeners.pointerup();
  assert.deepEqual(clicks, ["seven"]);
  press({});
  press(canvas, "touch");
  listeners.pointerup();
  assert.deepEqual(clicks, ["seven", "Plotly's", "Plotly's"]);
});

test("a figure is saved by Plotly, or by its own button where Plotly is out of reach", (t) => {
  const [saved, pressed] = [[], []];
  const querySelector = () => ({ click: () => pressed.push("own") });
  const [data, layout] = [[{ y: [1] }], { font: { size: 15, family: "Source Sans" }, title: "loss" }];
  const shown = { clientWidth: 300, clientHeight: 400, querySelector, data, layout };
  globalThis.Plotly = { downloadImage: (figure, options) => saved.push([figure, options]) };
  t.after(() => delete globalThis.Plotly);
  save(shown, "svg", "loss", viewKeeper());
  save(null, "png", "loss", viewKeeper());
  const written = { data, layout: { ...layout, font: { size: 15, family: "sans-serif" } } };
  assert.deepEqual(saved, [[written, { format: "svg", filename: "loss", scale: 1, width: 640, height: 400 }]]);
  assert.deepEqual(pressed, []);
  globalThis.Plotly = {};
  save(shown, "png", "loss", viewKeeper());
  save({ ...shown, querySelector: () => null }, "png", "loss", viewKeeper());
  assert.deepEqual(pressed, ["own"]);
});

test("where another Plotly draws in space, a figure is turned and clicked all the same", (t) => {
  class Canvas {}
  const [canvas, listeners] = [new Canvas(), {}];
  const addEventListener = (name, then) => (listeners[name] = then);
  const waiting = [];
  Object.assign(globalThis, { HTMLCanvasElement: Canvas, document: { addEventListener }, window: { addEventListener },
    requestAnimationFrame: (then) => waiting.push(then) });
  t.after(() => ["HTMLCanvasElement", "document", "window", "requestAnimationFrame"].forEach((name) => {
    delete globalThis[name];
  }));
  const [told, clicks] = [[], []];
  let now = 0;
  const { pointed } = watchTurning(() => ({ contains: (one) => one === canvas }), (frames) => told.push(frames), {});
  listeners.pointerdown({ target: canvas, pointerType: "mouse", clientX: 0, clientY: 0 });
  for (let number = 1; number <= 20; number++) {
    listeners.pointermove({ clientX: 10 * number, clientY: 0 });
    for (const ms of [0, 25]) waiting.splice(0).forEach((then) => then((now += ms)));
  }
  listeners.pointerup();
  assert.deepEqual(told, [40]);
  pointed(() => clicks.push("seven"));
  listeners.pointerdown({ target: canvas, pointerType: "mouse", clientX: 0, clientY: 0 });
  listeners.pointerup();
  assert.deepEqual(clicks, ["seven"]);
});

test("a picture shows a figure as it is turned, zoomed and partly hidden; another one is seen as it was made", () => {
  const view = viewKeeper();
  const layout = { uirevision: "one", xaxis: { range: [0, 9] }, scene: { camera: { eye: { x: 1 } } } };
  Object.freeze(layout.xaxis);
  const data = [{ name: "a" }, { name: "b" }];
  assert.deepEqual(view.seen(data, layout), { data, layout });
  view.move({ "scene.camera": { eye: { x: 2 } } }, layout);
  view.move({ "xaxis.range[0]": 3, "xaxis.range[1]": 4, "yaxis.range": [1, 2] }, layout);
  view.show([{ visible: ["legendonly"] }, [1]], layout);
  const seen = view.seen(data, layout);
  assert.deepEqual(seen.layout.xaxis.range, [3, 4]);
  assert.deepEqual([seen.layout.yaxis.range, seen.layout.scene.camera.eye.x], [[1, 2], 2]);
  assert.deepEqual(seen.data, [data[0], { name: "b", visible: "legendonly" }]);
  assert.deepEqual(layout.xaxis.range, [0, 9]);
  view.move({ "xaxis.autorange": true }, layout);
  assert.deepEqual(view.seen(data, layout).layout.xaxis, { range: [0, 9], autorange: true });
  view.move({ "xaxis.range": [5, 6] }, layout);
  assert.deepEqual(view.seen(data, layout).layout.xaxis, { range: [5, 6] });
  const other = { ...layout, uirevision: "two" };
  assert.deepEqual(view.seen(data, other), { data, layout: other });
  view.move({ "xaxis.range": [5, 6] }, layout);
  view.forget();
  assert.deepEqual(view.seen(data, layout), { data, layout });
});

test("Back and Forward lead to a figure or away from it, on one page", () => {
  const page = (query, path = "/runs") => `http://host${path}${query}`;
  const led = (before, now) => turn(before, now, "loss");
  assert.equal(led(page("?run=1&present=loss"), page("?run=1")), false);
  assert.equal(led(page("?run=2&present=loss"), page("?present=another")), false);
  assert.equal(led(page("?run=1"), page("?run=1&present=loss")), true);
  assert.equal(led(page("?present=another"), page("")), null);
  assert.equal(led(page("?run=1"), page("?run=2")), null);
  assert.equal(led(page("?present=loss"), page("", "/train")), null);
});

test("what was set while a figure is presented stays after Back, and a link has no page below it", (t) => {
  const entries = [{ state: {}, url: "http://host/runs?run=1" }];
  let place = 0;
  const [listeners, first] = [[], []];
  class FakeHistory {
    get state() {
      return entries[place].state;
    }
    pushState(state, _unused, address) {
      entries.splice(++place, entries.length, { state, url: new URL(address, entries[place - 1].url).href });
    }
    replaceState(state, _unused, address) {
      entries[place] = { state, url: new URL(address, entries[place].url).href };
    }
    back() {
      place -= 1;
      first.forEach((listener) => listener({}));
      heard.push(entries[place].url);
      listeners.forEach((listener) => listener({}));
    }
  }
  Object.assign(globalThis, { History: FakeHistory, history: new FakeHistory() });
  globalThis.window = {
    location: { get href() { return entries[place].url; } },
    addEventListener: (_name, listener, { capture } = {}) => (capture ? first : listeners).push(listener),
  };
  t.after(() => ["History", "history", "window"].forEach((name) => delete globalThis[name]));
  const [told, heard] = [[], []];
  const entry = historyEntry(() => "loss", (wanted) => told.push(wanted), {});
  assert.equal(entry.leave(), false, "a link");
  entry.enter();
  entry.enter(); // a second click
  assert.deepEqual(entries.map(({ url }) => url), ["http://host/runs?run=1", "http://host/runs?run=1&present=loss"]);
  globalThis.history.replaceState({}, "", "http://host/runs?run=2&present=loss"); // as Streamlit writes it
  assert.equal(entry.leave(), true);
  assert.equal(place, 0);
  assert.equal(entry.leave(), false, "there is nothing more to leave");
  assert.deepEqual([told, entries[0].url], [[false], "http://host/runs?run=2"]);
  assert.deepEqual(heard, ["http://host/runs?run=2&present=loss#present"], "to Streamlit only a place has changed");
});

test("Escape takes a presented figure away before the page has answered, and the whole screen too", async (t) => {
  const listeners = {};
  const state = {};
  Object.assign(globalThis, {
    History: { prototype: { pushState() {} } }, history: { state, pushState() {}, replaceState() {} },
    window: { location: { href: "http://host/runs" }, addEventListener() {} },
    document: {
      fullscreenElement: null,
      documentElement: { requestFullscreen: () => new Promise((resolve) => (granted = resolve)) },
      async exitFullscreen() { this.fullscreenElement = null; },
      addEventListener: (name, listener) => (listeners[name] = listener),
    },
  });
  t.after(() => ["History", "history", "window", "document"].forEach((name) => delete globalThis[name]));
  let granted = () => {};
  const [told, data] = [[], { file: "loss", presented: false }];
  const { turnOver, answered } = presenter(() => data, (wanted) => told.push(wanted), {});
  listeners.keydown({ key: "Escape" });
  assert.deepEqual(told, [], "nothing is presented");
  turnOver();
  answered(); // a run that was under way
  listeners.keydown({ key: "Escape" });
  listeners.keydown({ key: "Escape" });
  assert.deepEqual(told, [true, false]);
  globalThis.document.fullscreenElement = globalThis.document.documentElement;
  granted();
  await new Promise(setImmediate);
  assert.equal(globalThis.document.fullscreenElement, null, "the screen came after Escape");
  for (data.presented of [true, false]) answered();
  turnOver();
  data.presented = true;
  answered();
  granted();
  turnOver();
  assert.deepEqual(told, [true, false, true, false]);
});
