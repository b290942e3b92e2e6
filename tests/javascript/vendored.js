// `npm run abcjs` puts the built file of abcjs (package.json says which) into the component that draws scores.
import { readFileSync, writeFileSync } from "node:fs";

export const FROM = new URL("../../node_modules/abcjs/", import.meta.url);
export const TO = new URL("../../core/ui/components/score/vendor/abcjs.js", import.meta.url);

/** @returns {string} abcjs as a module, under its licence */
export function build() {
  const read = (/** @type {string} */ name) => readFileSync(new URL(name, FROM), "utf8");
  const licence = read("LICENSE.md").trim().split("\n").map((line) => ` * ${line}`.trimEnd()).join("\n");
  // It looks for the variables of CommonJS, which a module does not have.
  return [
    `/*!\n${licence}\n */`,
    "const module = { exports: {} }, exports = module.exports;",
    read("dist/abcjs-basic-min.js").trim(),
    "export default module.exports;\n",
  ].join("\n");
}

if (process.argv[1] === new URL(import.meta.url).pathname) writeFileSync(TO, build());
