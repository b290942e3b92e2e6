import assert from "node:assert/strict";
import { test } from "node:test";

import { isUndo, pressOnUndo } from "../../core/ui/components/lib/keyboard.js";

/** A field with its letters, or a slider. */
class Element {
  constructor(typed) {
    this.typed = typed;
  }

  matches() {
    return this.typed;
  }
}

const press = (key, more = {}, from = new Element(false)) => ({
  key, code: "KeyZ", ctrlKey: true, metaKey: false, shiftKey: false, altKey: false, composedPath: () => [from], ...more,
});

test("Ctrl+Z takes back, on every keyboard, but not the letters of a field", (t) => {
  globalThis.Element = Element;
  t.after(() => delete globalThis.Element);
  assert.ok(isUndo(press("z")));
  assert.ok(isUndo(press("Z"))); // with Caps Lock
  assert.ok(isUndo(press("z", { ctrlKey: false, metaKey: true })));
  assert.ok(isUndo(press("z", { code: "KeyY" }))); // a German keyboard
  assert.ok(isUndo(press("\u0626"))); // an Arabic one
  assert.ok(!isUndo(press("y"))); // where a German one has its Y
  assert.ok(!isUndo(press("z", { ctrlKey: false })));
  assert.ok(!isUndo(press("Z", { shiftKey: true }))); // redo
  assert.ok(!isUndo(press("z", { altKey: true })));
  assert.ok(!isUndo(press("z", {}, new Element(true))));
});

test("a button is pressed by Ctrl+Z while it is seen and can be pressed", (t) => {
  const page = new EventTarget();
  Object.assign(globalThis, { document: page, Element });
  t.after(() => ["document", "Element"].forEach((name) => delete globalThis[name]));
  let pressed = 0;
  const undo = { title: "Takes back.", disabled: false, offsetParent: {}, click: () => pressed++ };
  const ended = new AbortController();
  pressOnUndo(undo, ended.signal);
  assert.deepEqual([undo.title, undo.ariaKeyShortcuts], ["Takes back. Ctrl+Z does the same.", "Control+Z Meta+Z"]);
  const key = () => page.dispatchEvent(Object.assign(new Event("keydown", { cancelable: true }), press("z")));
  assert.equal(key(), false); // and the browser does nothing else
  assert.equal(pressed, 1);
  undo.disabled = true;
  assert.equal(key(), true);
  Object.assign(undo, { disabled: false, offsetParent: null });
  key();
  Object.assign(undo, { offsetParent: {} });
  ended.abort();
  key();
  assert.equal(pressed, 1);
});
