import assert from "node:assert/strict";
import { test } from "node:test";

import { mount } from "../../core/ui/components/lib/mounting.js";

/** An element as far as `mount` looks at it: a parent with one child. */
function place() {
  const root = { emptied: false, replaceChildren() { this.emptied = true; } };
  return { root, parentElement: { querySelector: (selector) => (selector === ".pick" ? root : null) } };
}

test("a component is made once for its element and updated with every run", () => {
  const seen = [];
  const create = (root) => ({ update: ({ data }) => seen.push([root, data]), end: () => seen.push("end") });
  const update = mount("pick", create);
  const [one, other] = [place(), place()];
  update({ data: 1, parentElement: one.parentElement });
  const end = update({ data: 2, parentElement: one.parentElement });
  update({ data: 3, parentElement: other.parentElement });
  assert.deepEqual(seen, [[one.root, 1], [one.root, 2], [other.root, 3]]);
  end();
  assert.equal(seen.at(-1), "end");
  assert.ok(one.root.emptied && !other.root.emptied);
});

test("after its end an element gets a new component", () => {
  let made = 0;
  const update = mount("pick", () => ({ update() {}, number: (made += 1) }));
  const { parentElement } = place();
  update({ parentElement })();
  update({ parentElement });
  assert.equal(made, 2);
});
