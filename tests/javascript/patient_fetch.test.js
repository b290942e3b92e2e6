import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

import { fetchPatiently } from "../../core/ui/components/lib/patient_fetch.js";

let asked;

beforeEach(() => {
  asked = 0;
  globalThis.document = { baseURI: "http://host/" };
  mock.method(globalThis, "setTimeout", (act) => queueMicrotask(act));
});

afterEach(() => mock.restoreAll());

const lost = () => Promise.reject(new TypeError("no connection"));
const cut = { ok: true, arrayBuffer: lost };
const whole = { ok: true, arrayBuffer: async () => new ArrayBuffer(3) };

/** @param {unknown[]} answers the last one is given for good */
function serve(answers) {
  globalThis.fetch = async () => {
    const answer = answers[Math.min(asked++, answers.length - 1)];
    return typeof answer === "function" ? answer() : answer;
  };
}

test("a file is asked for again where the connection was lost, or half of it came", async () => {
  serve([lost, cut, whole]);
  assert.equal((await fetchPatiently("components/published/1")).byteLength, 3);
  assert.equal(asked, 3);
});

test("some attempts are enough, and a file that is not there is asked for once", async () => {
  serve([lost]);
  await assert.rejects(fetchPatiently("components/published/1"), /no connection/);
  assert.equal(asked, 6);
  asked = 0;
  serve([{ ok: false, status: 404 }]);
  await assert.rejects(fetchPatiently("components/published/1"), /404/);
  assert.equal(asked, 1);
});
