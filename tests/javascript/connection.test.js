import assert from "node:assert/strict";
import test from "node:test";

import { sentence } from "../../core/ui/components/connection/connection.js";
import { remedy } from "../../core/ui/components/connection/recovery.js";

test("a page with a server says nothing, one without says what to do", () => {
  assert.equal(sentence("CONNECTED", false), "");
  assert.equal(sentence(null, false), "");
  for (const state of ["PINGING_SERVER", "CONNECTING"]) assert.match(sentence(state, false), /tries again by itself/);
  assert.match(sentence("DISCONNECTED_FOREVER", false), /Reload the page/);
});

test("a part that Streamlit could not fetch is said, after what is said of the connection", () => {
  assert.match(sentence("CONNECTED", true), /could not be fetched.*Reload/);
  assert.match(sentence("CONNECTING", true), /tries again by itself/);
});

test("a page is run once in any case, half a page twice more, and one that is gone is loaded again", () => {
  const half = { connection: "CONNECTED", script: "notRunning", whole: false };
  assert.equal(remedy(half, 1, 0), "wait");
  assert.equal(remedy(half, 2, 0), "run");
  assert.equal(remedy(half, 2, 2), "run");
  assert.equal(remedy(half, 2, 3), "stop");
  assert.equal(remedy({ ...half, whole: true }, 2, 0), "run");
  assert.equal(remedy({ ...half, whole: true }, 2, 1), "stop");
  assert.equal(remedy({ ...half, connection: "PINGING_SERVER" }, 0, 0), "wait");
  assert.equal(remedy({ ...half, connection: "DISCONNECTED_FOREVER" }, 0, 0), "stop");
  assert.equal(remedy(null, 0, 0), "reload");
});
