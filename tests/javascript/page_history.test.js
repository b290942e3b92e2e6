import assert from "node:assert/strict";
import { test } from "node:test";

import pageHistory, { isSamePage } from "../../core/ui/components/page_history/page_history.js";

const HERE = "http://host/class/draw-digit?test=7";

test("another setting is the same page, another path is not", () => {
  for (const same of ["?test=8", "", null, undefined, "http://host/class/draw-digit", "/class/draw-digit?x=1#y"]) {
    assert.ok(isSamePage(same, HERE), String(same));
  }
  for (const other of ["/class/", "/draw-digit", "train?run=1", new URL("http://host/class/runs")]) {
    assert.ok(!isSamePage(other, HERE), String(other));
  }
});

test("what changes within a page replaces, another page is an entry", () => {
  const written = [];
  globalThis.window = { location: { href: HERE } };
  const clicks = [];
  globalThis.Element = class {
    constructor(href) {
      this.href = href;
    }
    closest(what) {
      return what === "a" ? this : null;
    }
  };
  globalThis.document = { addEventListener: (name, heard) => name === "click" && clicks.push(heard) };
  globalThis.history = {
    pushState: (_state, _unused, address) => written.push(["push", address]),
    replaceState: (_state, _unused, address) => written.push(["replace", address]),
  };
  globalThis.MutationObserver = class { observe() {} };
  const root = {};
  const run = { parentElement: { querySelector: () => root } };
  pageHistory(run);
  pageHistory(run); // a second time changes nothing
  globalThis.history.pushState({}, "", "?test=8");
  globalThis.history.pushState({}, "", "/class/runs");
  assert.deepEqual(written, [
    ["replace", "?test=8"],
    ["push", "/class/runs"],
  ]);
  written.length = 0;
  const click = (href) => {
    const target = new globalThis.Element(href);
    clicks.forEach((heard) => heard({ target, composedPath: () => [target] }));
  };
  globalThis.matchMedia = () => ({ matches: false });
  click("http://host/class/runs");
  globalThis.window.location.href = "http://host/class/draw-digit"; // which Streamlit empties before it goes
  globalThis.history.pushState({}, "", "/class/runs");
  click("http://host/class/draw-digit#top");
  globalThis.history.pushState({}, "", "/class/runs");
  assert.deepEqual(written, [
    ["replace", HERE],
    ["push", "/class/runs"],
    ["push", "/class/runs"],
  ]);
});
