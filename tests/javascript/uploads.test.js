import assert from "node:assert/strict";
import test from "node:test";

import { uploadSentence, watchUploads } from "../../core/ui/components/connection/uploads.js";

test("what the library says of a file that did not arrive becomes a sentence, others stay", () => {
  assert.match(uploadSentence("Error: AxiosError: Network Error"), /not arrived whole.*again/);
  assert.match(uploadSentence("Error: AxiosError: Request failed with status code 429"), /a lot of files.*Wait/);
  assert.equal(uploadSentence("Error: File must be 5.0MB or smaller."), null);
});

test("files are looked after from when one is chosen until none is on the page", ({ mock }) => {
  mock.timers.enable({ apis: ["setTimeout"] });
  class HTMLInputElement {}
  Object.assign(globalThis, { HTMLInputElement });
  const input = Object.assign(new HTMLInputElement(), { type: "file" });
  const heard = new Map();
  const nodes = ["Error: ", "AxiosError: Network Error"].map((nodeValue) => ({ nodeValue }));
  const alert = { childNodes: nodes, get textContent() { return nodes.map((one) => one.nodeValue).join(""); } };
  let [there, looks] = [true, 0];
  globalThis.document = {
    addEventListener: (name, listener) => heard.set(name, listener),
    querySelector: () => there,
    querySelectorAll: () => (looks++, there ? [alert] : []),
  };
  const wait = (seconds) => { for (let i = 0; i < 10 * seconds; i++) mock.timers.tick(100); };
  const end = watchUploads();
  heard.get("change")({ type: "change", composedPath: () => [{ type: "text" }] });
  wait(5);
  assert.equal(looks, 0);
  heard.get("change")({ type: "change", composedPath: () => [input] });
  wait(5);
  assert.match(alert.textContent, /^This file has not arrived whole/);
  there = false;
  wait(20);
  looks = 0;
  wait(20);
  assert.equal(looks, 0);
  end();
});
