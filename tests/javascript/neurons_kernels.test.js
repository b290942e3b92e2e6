import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { fastestEngine, plainEngine } from "../../core/ui/components/neurons/engine.js";
import { uniform } from "../../core/ui/components/neurons/random.js";

const wabt = await import("wabt").catch(() => null); // a package of `npm ci`; the other tests need none

test("kernels_wasm.js is made of kernels.wat", { skip: !wabt && "run `npm ci` first" }, async () => {
  const { build } = await import("./kernels.js");
  const kept = readFileSync(new URL("../../core/ui/components/neurons/kernels_wasm.js", import.meta.url), "utf8");
  assert.equal(await build(), kept);
});

test("sums with vectors are those of plain JavaScript, for every size of a layer", () => {
  const random = uniform(7);
  for (let inputs = 1; inputs <= 16; inputs++) {
    for (const outputs of [1, 2, 3, 8, 15, 16]) {
      const [lanes, found] = [12, /** @type {Float64Array[][]} */ ([])];
      const numbers = [inputs * outputs, outputs, inputs * lanes, outputs * lanes].map((size) =>
        Array.from({ length: size }, () => random() - 0.5),
      );
      for (const engine of [fastestEngine(), plainEngine()]) {
        const [w, b, x, delta] = numbers.map((values) => {
          const room = engine.float64(values.length);
          room.set(values);
          return room;
        });
        const [z, back, gradW, gradB] = [outputs * lanes, inputs * lanes, inputs * outputs, outputs].map((size) =>
          engine.float64(size),
        );
        engine.affine(w, b, x, z, inputs, outputs, lanes);
        engine.transposed(w, delta, back, inputs, outputs, lanes);
        engine.gradients(delta, x, gradW, gradB, inputs, outputs, lanes);
        found.push([z, back, gradW, gradB]);
      }
      found[0].forEach((values, which) =>
        values.forEach((value, k) =>
          assert.ok(Math.abs(value - found[1][which][k]) < 1e-13, `${which} of ${inputs} x ${outputs}`),
        ),
      );
    }
  }
});

test("what is not a number does not lead out of memory", () => {
  const engine = fastestEngine();
  const [z, a] = [engine.float64(4), engine.float64(4)];
  z.set([NaN, Infinity, -Infinity, 1e300]);
  engine.activate("tanh", z, a, 4);
  assert.deepEqual([...a], [NaN, 1, -1, 1]);
  new BigUint64Array(z.buffer, z.byteOffset, 1)[0] = 0x7ff8ffffffffffffn; // a NaN with all lower bits set
  engine.activate("tanh", z, a, 4);
  assert.ok(Number.isNaN(a[0]));
});
