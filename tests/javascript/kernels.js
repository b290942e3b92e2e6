// `npm run kernels` translates kernels.wat into kernels_wasm.js.
import { readFileSync, writeFileSync } from "node:fs";

import wabt from "wabt";

const here = new URL("../../core/ui/components/neurons/", import.meta.url);

/** @returns {Promise<string>} the text of kernels_wasm.js */
export async function build() {
  const source = readFileSync(new URL("kernels.wat", here), "utf8");
  const module = (await wabt()).parseWat("kernels.wat", source, { simd: true });
  module.validate();
  const code = Buffer.from(module.toBinary({}).buffer).toString("base64");
  const lines = (code.match(/.{1,110}/g) ?? []).map((line) => `  "${line}"`);
  return `// Made of kernels.wat by \`npm run kernels\`.\n\nexport const MODULE =\n${lines.join(" +\n")};\n`;
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  writeFileSync(new URL("kernels_wasm.js", here), await build());
}
