import assert from "node:assert/strict";
import { test } from "node:test";

import { keepInSight, overlap } from "../../core/ui/components/movement/sight.js";

const box = (left, top, width, height) => ({ left, top, width, height, right: left + width, bottom: top + height });
const boxed = (rect) => ({ getBoundingClientRect: () => rect });

test("boxes that share an edge do not overlap", () => {
  assert.equal(overlap(box(0, 0, 10, 10), box(10, 0, 5, 5)), false);
  assert.equal(overlap(box(0, 0, 10, 10), box(9, 9, 5, 5)), true);
});

/** A window of 768 pixels with a part of 200 that belongs `top` pixels below its upper edge. */
function opened(top, spared, height = 200) {
  Object.assign(globalThis, { window: globalThis, innerHeight: 768, document: new EventTarget(),
    requestAnimationFrame: (look) => look(), cancelAnimationFrame: () => {} });
  globalThis.addEventListener ??= () => {};
  const names = new Set();
  const classList = { add: (name) => names.add(name), remove: (name) => names.delete(name),
    contains: (name) => names.has(name) };
  const part = Object.assign(new EventTarget(), { style: {}, removeAttribute: () => {}, classList,
    ...boxed(box(20, 768 - height, 280, height)) });
  const place = { style: {}, offsetHeight: 270, ...boxed({ top }) };
  const wanted = { read: true };
  const sight = keepInSight(part, place, () => wanted.read, () => spared.map(boxed));
  sight.look();
  return { sight, names, part, wanted, place };
}

const canvas = box(20, 130, 280, 280);

test("what belongs below the window stands under the canvas, where it covers nothing that is needed", () => {
  assert.ok(opened(1000, [canvas, box(20, 450, 280, 100)]).names.has("afloat"));
  assert.ok(!opened(500, [canvas]).names.has("afloat")); // in sight as it is
  assert.ok(opened(700, [canvas]).names.has("afloat")); // only its edge is
  assert.ok(!opened(1000, [canvas, box(20, 500, 280, 100)]).names.has("afloat")); // buttons are there
  assert.ok(opened(1000, [canvas, box(400, 500, 280, 200)]).names.has("afloat")); // beside it
  assert.ok(!opened(1000, [box(20, -500, 280, 280)]).names.has("afloat")); // the canvas is out of sight
  assert.ok(!opened(1000, []).names.has("afloat"));
});

class Element extends EventTarget {
  constructor(looks) {
    super();
    this.matches = (selector) => selector === looks;
  }
}

/** The focus moves to an element. */
function focus(element) {
  globalThis.Element = Element;
  globalThis.document.dispatchEvent(Object.defineProperty(new Event("focusin"), "target", { value: element }));
}

test("it makes room for a pointer and for the keyboard until somebody draws again", () => {
  for (const come of [
    ({ part }) => part.dispatchEvent(Object.assign(new Event("pointerenter"), { buttons: 0, pointerType: "mouse" })),
    () => focus(new Element(":focus-visible")),
  ]) {
    const page = opened(1000, [canvas]);
    come(page);
    page.sight.look();
    assert.ok(!page.names.has("afloat"));
    page.sight.wake();
    page.sight.look();
    assert.ok(page.names.has("afloat"));
    page.wanted.read = false; // the sheet is empty again
    page.sight.look();
    assert.ok(!page.names.has("afloat"));
    assert.equal(page.place.style.minHeight, "");
  }
});

test("a pen that slips off the canvas does not send it away, nor does the focus that it moves", () => {
  const { part, names } = opened(1000, [canvas]);
  part.dispatchEvent(Object.assign(new Event("pointerenter"), { buttons: 1, pointerType: "mouse" }));
  focus(new Element(""));
  assert.ok(names.has("afloat"));
});
