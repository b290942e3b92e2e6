import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

import { isInAddress, keepInAddress } from "../../core/ui/components/lib/address.js";

let written;

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout"] });
  written = [];
  globalThis.window = { location: { href: "http://host/sentence?text=old&cell=gru" } };
  globalThis.history = { state: "state", replaceState: (state, _, address) => written.push([state, String(address)]) };
});

afterEach(() => mock.timers.reset());

test("a value replaces the one in the address, and the rest stays", () => {
  keepInAddress("text", "a <b> & c");
  assert.deepEqual(written, [["state", "http://host/sentence?text=a+%3Cb%3E+%26+c&cell=gru"]]);
});

test("an empty text is kept, and null takes the name away", () => {
  keepInAddress("text", "");
  keepInAddress("text", null);
  const addresses = written.map(([, address]) => address);
  assert.deepEqual(addresses, ["http://host/sentence?text=&cell=gru", "http://host/sentence?cell=gru"]);
});

test("what is there already, or has no name, changes nothing", () => {
  keepInAddress("text", "old");
  keepInAddress("unit", null);
  keepInAddress("", "x");
  assert.deepEqual(written, []);
});

test("what is in the address is known, empty or not", () => {
  globalThis.window.location.href = "http://host/sentence?text=";
  assert.deepEqual(["text", "cell", ""].map(isInAddress), [true, false, false]);
});

/** A browser that refuses so many changes, as Safari and Firefox do when there are many in a short time. */
function refuse(times) {
  const { replaceState } = globalThis.history;
  globalThis.history.replaceState = (...change) => {
    if (times-- > 0) throw new Error("SecurityError: more than 100 times per 10 seconds");
    replaceState(...change);
    globalThis.window.location.href = String(change[2]);
  };
}

test("what the browser refuses is no error, and is written with the next change", () => {
  refuse(1);
  keepInAddress("text", "new");
  keepInAddress("cell", "lstm");
  assert.deepEqual(written, [["state", "http://host/sentence?text=new&cell=lstm"]]);
});

test("what was refused is tried again, the latest of it, also where that is refused", () => {
  refuse(3);
  keepInAddress("text", "new");
  keepInAddress("text", "newer");
  for (let second = 0; second < 10; second++) mock.timers.tick(1000);
  assert.deepEqual(written, [["state", "http://host/sentence?text=newer&cell=gru"]]);
});

test("what was refused is not written into the address of another page", () => {
  refuse(1);
  keepInAddress("text", "new");
  globalThis.window.location.href = "http://host/order?unit=1";
  keepInAddress("unit", "2");
  for (let second = 0; second < 10; second++) mock.timers.tick(1000);
  assert.deepEqual(written, [["state", "http://host/order?unit=2"]]);
});
