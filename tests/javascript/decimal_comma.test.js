import assert from "node:assert/strict";
import test from "node:test";

import { finishNumber, readComma } from "../../core/ui/components/page_history/decimal_comma.js";

class HTMLInputElement {}
Object.defineProperty(HTMLInputElement.prototype, "value", {
  get() { return this.shown; },
  set(text) { this.shown = text; },
});

/** A field in which the caret stands behind the text. `takes`: what a browser does with a comma. */
function fieldWith(shown, { takes = "nothing", step = "0.01" } = {}) {
  const heard = new Map();
  const field = Object.assign(new HTMLInputElement(), {
    tagName: "INPUT", type: "number", step, shown, selected: false, told: [], validity: { badInput: false },
    addEventListener: (name, listener) => heard.set(name, listener),
    dispatchEvent: ({ type }) => field.told.push(type),
    select() { field.selected = true; },
    comma() {
      readComma({ type: "beforeinput", data: ",", composedPath: () => [field] });
      if (takes === "nothing") return;
      field.shown += takes;
      field.validity.badInput = takes === ",";
      heard.get("input")?.();
    },
    leave: (event) => finishNumber({ ...event, composedPath: () => [field] }),
  });
  globalThis.document = {
    execCommand(what, _, text) {
      if (what === "delete") field.shown = field.shown.slice(0, -1);
      else if (field.selected) field.shown = text;
      else if (!field.shown.includes(".")) field.shown += text; // no browser takes a second point
    },
  };
  return field;
}

test.beforeEach(({ mock }) => mock.timers.enable({ apis: ["setTimeout"] }));
Object.assign(globalThis, { HTMLInputElement, InputEvent: class { constructor(type) { this.type = type; } } });

function speak(language) {
  Object.defineProperty(globalThis, "navigator", { value: { language }, configurable: true });
}

test("a comma that the browser drops, or does not understand, becomes a point", ({ mock }) => {
  for (const takes of ["nothing", ","]) {
    const field = fieldWith("3", { takes });
    field.comma();
    mock.timers.tick(1);
    assert.equal(field.shown, "3.");
  }
});

test("a browser that reads commas does so", ({ mock }) => {
  const field = fieldWith("3", { takes: "." });
  field.comma();
  mock.timers.tick(1);
  assert.equal(field.shown, "3.");
});

test("in a whole number a comma parts thousands, and 1,5 is not 15", ({ mock }) => {
  speak("de-AT");
  const field = fieldWith("1", { step: "1" });
  field.comma();
  mock.timers.tick(1);
  field.shown += "234";
  field.comma();
  mock.timers.tick(1);
  field.shown += "567";
  field.leave({ type: "focusout" });
  assert.deepEqual([field.shown, field.told], ["1234567", ["input"]]);
});

test("what becomes of decimals in a whole number is said", ({ mock }) => {
  const [said, field] = [[], fieldWith("1", { step: "1" })];
  Object.assign(globalThis, { window: { setTimeout } });
  Object.assign(globalThis.document, { querySelector: () => ({ append: (note) => said.push(note) }),
    documentElement: { clientWidth: 390 }, createElement: () => ({ style: {}, setAttribute: () => {} }) });
  field.getBoundingClientRect = () => ({ left: 20, bottom: 40 });
  field.comma();
  mock.timers.tick(1);
  field.shown += "5";
  field.leave({ type: "keydown", key: "Enter" });
  field.shown = "1"; // what Streamlit makes of it
  mock.timers.tick(200);
  assert.deepEqual(said.map(({ textContent }) => textContent), ["Only whole numbers here: 1.5 became 1."]);
});

test("a point before a comma parts thousands", ({ mock }) => {
  const field = fieldWith("1.000");
  field.comma();
  mock.timers.tick(1);
  assert.equal(field.shown, "1000.");
});

test("what looks like thousands is thousands where decimals follow a point", ({ mock }) => {
  for (const [language, begun, shown] of [["en-GB", "1", "1290"], ["de-AT", "1", "1.290"], ["en-GB", "0", "0.290"]]) {
    speak(language);
    const field = fieldWith(begun);
    field.comma();
    mock.timers.tick(1);
    field.shown += "290";
    field.leave({ type: "keydown", key: "0" });
    assert.equal(field.shown, `${begun}.290`);
    field.leave({ type: "keydown", key: "Enter" });
    assert.equal(field.shown, shown);
    assert.deepEqual(field.told, shown === "1290" ? ["input"] : []);
  }
});

test("a number that was written with a point stays as it is", () => {
  speak("en");
  const field = fieldWith("9.125");
  field.leave({ type: "focusout" });
  assert.equal(field.shown, "9.125");
});
