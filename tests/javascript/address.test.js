import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { keepInAddress } from "../../core/ui/components/lib/address.js";

let written;

beforeEach(() => {
  written = [];
  globalThis.window = { location: { href: "http://host/sentence?text=old&cell=gru" } };
  globalThis.history = { state: "state", replaceState: (state, _, address) => written.push([state, String(address)]) };
});

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
