import assert from "node:assert/strict";
import test from "node:test";

import { sentence } from "../../core/ui/components/connection/connection.js";

test("a page with a server says nothing, one without says what to do", () => {
  assert.equal(sentence("CONNECTED"), "");
  assert.equal(sentence(null), "");
  for (const state of ["PINGING_SERVER", "CONNECTING"]) assert.match(sentence(state), /tries again by itself/);
  assert.match(sentence("DISCONNECTED_FOREVER"), /Reload the page/);
});
