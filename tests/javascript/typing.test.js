import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { createSender } from "../../core/ui/components/typing/sending.js";

let clock, sent;

/** Let time go by, for timers and for `performance.now`. */
function pass(t, milliseconds) {
  for (let i = 0; i < milliseconds; i++) {
    clock += 1;
    t.mock.timers.tick(1);
  }
}

function start(t) {
  t.mock.timers.enable({ apis: ["setTimeout", "Date"] });
  t.mock.method(performance, "now", () => clock);
  return createSender((message) => sent.push(message));
}

const texts = () => sent.map(({ text }) => text);

beforeEach(() => {
  [clock, sent] = [1000, []];
  globalThis.document = { querySelector: () => null };
});

test("a text is sent a moment after the last key", (t) => {
  const sender = start(t);
  sender.send("a", 40);
  pass(t, 30);
  sender.send("ab", 40);
  pass(t, 39);
  assert.deepEqual(texts(), []);
  pass(t, 1);
  assert.deepEqual(texts(), ["ab"]);
});

test("whoever types without a pause is not kept waiting", (t) => {
  const sender = start(t);
  for (let key = 1; key <= 6; key++) {
    sender.send("x".repeat(key), 40);
    pass(t, 30);
  }
  assert.deepEqual(texts(), ["x".repeat(6)]); // 160 ms after the first key
});

test("a text whose field is left does not wait for an answer, and is sent once", (t) => {
  const sender = start(t);
  sender.send("a", 0);
  sender.send("ab", 40);
  sender.leave("abc");
  sender.leave("abc");
  assert.deepEqual(texts(), ["a", "abc"]);
  sender.answered(sent[0].number); // of the one before: the newer one is awaited now
  sender.send("abcd", 0);
  assert.deepEqual(texts(), ["a", "abc"]);
  sender.answered(sent[1].number);
  assert.deepEqual(texts(), ["a", "abc", "abcd"]);
});

test("no text goes out while an answer is awaited, and then only the latest", (t) => {
  const sender = start(t);
  sender.send("a", 0);
  sender.send("ab", 0);
  sender.send("abc", 0);
  assert.deepEqual(texts(), ["a"]);
  sender.answered(sent[0].number - 1); // of another field
  assert.deepEqual(texts(), ["a"]);
  sender.answered(sent[0].number);
  assert.deepEqual(texts(), ["a", "abc"]);
  assert.ok(sent[1].number > sent[0].number);
});

test("an answer that never comes is awaited for five seconds", (t) => {
  const sender = start(t);
  sender.send("a", 0);
  sender.send("b", 40);
  pass(t, 4999);
  assert.deepEqual(texts(), ["a"]);
  pass(t, 1);
  assert.deepEqual(texts(), ["a", "b"]);
});

test("the same text is not sent twice, nor a text that was replaced", (t) => {
  const sender = start(t);
  sender.send("a", 0);
  sender.answered(sent[0].number);
  sender.send("a", 0);
  sender.send("ab", 40);
  sender.reset("a sample");
  pass(t, 100);
  sender.send("a sample", 0);
  assert.deepEqual(texts(), ["a"]);
});

test("the next text waits until the page has run to its end", (t) => {
  let ended;
  const app = { isConnected: true, state: "running", getAttribute() { return this.state; } };
  globalThis.document = { querySelector: () => app };
  globalThis.MutationObserver = class {
    constructor(act) { ended = act; }
    observe() {}
    disconnect() { ended = null; }
  };
  t.after(() => delete globalThis.MutationObserver);
  const sender = start(t);
  sender.send("a", 0);
  sender.send("b", 0);
  sender.answered(sent[0].number);
  assert.deepEqual(texts(), ["a"]);
  app.state = "notRunning";
  ended();
  assert.deepEqual(texts(), ["a", "b"]);
  assert.equal(ended, null);
});

test("a text is cut between characters, and half a character is mended", async () => {
  const { beginning } = await import("../../core/ui/components/typing/typing.js");
  assert.equal(beginning("a\u{1F600}b", 2), "a\u{1F600}");
  assert.equal(beginning("a\u{1F600}b", 9), "a\u{1F600}b");
  assert.equal(beginning("ab\ud83d", 9), "ab\ufffd");
});
