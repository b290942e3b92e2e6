import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { linked, unpack, withStyle } from "../../core/ui/components/lib/packing.js";

const ADDRESS = "http://class/components/1/0/pick/pick.json";

/** An answer as `fetch` gives it; a `Response` has no address. */
const answer = (pack) => ({ ok: true, url: ADDRESS, status: 200, json: async () => pack });

/** Addresses of modules that were made. */
const made = [];

// Node imports no blobs.
globalThis.Blob = class { constructor(parts) { this.text = parts.join(""); } };
URL.createObjectURL = ({ text }) => {
  made.push(`data:text/javascript,${encodeURIComponent(text)}%20${made.length}`);
  return made.at(-1);
};

beforeEach(() => {
  made.length = 0;
  globalThis[Symbol.for("modules of this page")].clear();
});

test("a module imports what came before it, and is the last one's default export", async () => {
  globalThis.seen = 0;
  const modules = [
    ["lib/counter.js", "globalThis.seen += 1; export const step = 2;"],
    ["lib/twice.js", 'import { step } from "module:lib/counter.js"; export const twice = 2 * step;'],
    ["pick/pick.js", 'import { step } from "module:lib/counter.js";import { twice } from "module:lib/twice.js";'
      + "export default (run) => [run, step, twice, import.meta.url]"],
  ];
  const update = await unpack(answer({ place: "components/1", modules, style: null }));
  assert.deepEqual(update("run"), ["run", 2, 4, "http://class/components/1/0/pick/pick.js"]);
  assert.equal(globalThis.seen, 1);
});

test("what another pack has brought is not made again, but another version is", async () => {
  const modules = [["lib/one.js", "export const one = {};"],
    ["a/a.js", 'export { one as default } from "module:lib/one.js";']];
  const [first, again, next] = [
    await unpack(answer({ place: "1", modules, style: null })),
    await unpack(answer({ place: "1", modules: [modules[0], ["b/b.js", modules[1][1]]], style: null })),
    await unpack(answer({ place: "2", modules, style: null })),
  ];
  assert.equal(first, again);
  assert.notEqual(first, next);
  assert.equal(made.length, 5);
});

test("a text that looks like code of ours is left alone", () => {
  assert.match(linked('const text = "import.meta";', "1", "http://class/a.js"), /^const text = "import.meta";\n/);
  assert.match(linked("1;", "1", "http://class/a.js"), /sourceURL=http:\/\/class\/a.js$/);
});

test("a style is laid once on what a component stands in", async (t) => {
  const root = { adoptedStyleSheets: [] };
  globalThis.CSSStyleSheet = class { replaceSync(text) { this.text = text; } };
  t.after(() => delete globalThis.CSSStyleSheet);
  const update = withStyle(() => "end", ".pick { color: red }");
  for (let run = 0; run < 2; run++) assert.equal(update({ parentElement: { getRootNode: () => root } }), "end");
  assert.deepEqual(root.adoptedStyleSheets.map(({ text }) => text), [".pick { color: red }"]);
});

test("a pack that is not there is a failure", async () => {
  await assert.rejects(unpack(new Response("", { status: 404 })), /404/);
});
