import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { GATES, Learner, countRight, wantedBy } from "../../core/ui/components/neuron/gates.js";
import { activateOne, normal, sigmoid, slopeOne, tanh } from "../../core/ui/components/neurons/activations.js";
import { fastestEngine, plainEngine } from "../../core/ui/components/neurons/engine.js";
import { defaults } from "../../core/ui/components/neurons/settings.js";
import { Trainer } from "../../core/ui/components/neurons/trainer.js";
import { standing } from "../../core/ui/components/neurons/wording.js";
import { differences } from "./neurons_differences.js";

// Cases of PyTorch: those of the file, or others that a test has just had made.
const FILE = process.env.NEURONS_REFERENCE ?? new URL("neurons_reference.json", import.meta.url);
const CASES = JSON.parse(readFileSync(FILE, "utf8"));

for (const [name, engine] of [
  ["WebAssembly", fastestEngine],
  ["JavaScript", plainEngine],
]) {
  test(`loss, gradients, updates and 200 steps are PyTorch's: ${name}`, () => {
    const found = differences({ Trainer, defaults }, CASES, engine);
    assert.equal(found.length, CASES.length);
    for (const { name: which, loss, grads, one, all, dropped } of found) {
      const said = `${which}: loss ${loss}, gradients ${grads}, update ${one}, dropout ${dropped}`;
      assert.ok(Math.max(loss, grads, one, dropped) < 1e-9, said);
      assert.ok(all < 1e-6, `${which}: ${all} after 200 steps`);
    }
  });
}

test("all optimisers, penalties, activations and goals are among the cases", () => {
  const seen = (/** @type {string} */ key) => new Set(CASES.map((/** @type {any} */ item) => item[key])).size;
  assert.deepEqual(["optimiser", "penalty", "activation", "goal"].map(seen), [3, 3, 5, 3]);
});

test("WebAssembly is what is used where it can be had", () => {
  assert.ok(fastestEngine().float64(4).buffer.byteLength > 1e6);
});

test("functions that are looked up are right to the last bits", () => {
  for (let x = -25; x <= 25; x += 0.0137) {
    assert.ok(Math.abs(tanh(x) - Math.tanh(x)) < 5e-16, `tanh ${x}`);
    assert.ok(Math.abs(sigmoid(x) - 1 / (1 + Math.exp(-x))) < 5e-16, `sigmoid ${x}`);
  }
  // Values of the normal distribution to 15 digits.
  for (const [x, share] of [
    [-8, 6.22096057427178e-16],
    [-3, 1.34989803163009e-3],
    [-1, 0.158655253931457],
    [0, 0.5],
    [0.7, 0.758036347776927],
    [2, 0.977249868051821],
    [6, 0.999999999013412],
  ]) {
    assert.ok(Math.abs(normal(x) - share) < 2e-15, `normal ${x}`);
  }
});

test("a derivative is the slope of its activation", () => {
  for (const name of ["relu", "tanh", "sigmoid", "linear", "gelu"]) {
    for (const z of [-3.1, -0.4, 0.3, 2.2]) {
      const slope = (activateOne(name, z + 1e-6) - activateOne(name, z - 1e-6)) / 2e-6;
      assert.ok(Math.abs(slope - slopeOne(name, z)) < 1e-8, `${name} at ${z}`);
    }
  }
});

test("what is not a number stays so: a network that has burst must not look well", () => {
  for (const name of ["relu", "tanh", "sigmoid", "linear", "gelu"]) assert.ok(Number.isNaN(activateOne(name, NaN)));
});

test("the neuron that has learnt a gate is the one on the sliders, and answers all its rows", () => {
  for (const inputs of [2, 3, 4]) {
    for (const gate of /** @type {const} */ (["AND", "OR", "NOT"])) {
      const wanted = wantedBy(gate, inputs);
      const learner = new Learner(GATES[gate].neuron(inputs), wanted, 10, 16); // AND of 3 and 4 wants a bias beyond -16
      let found = learner.learn(5);
      while (found.free >= 1e-3 && found.steps < 3000) found = learner.learn(5);
      const { weights, bias } = found.neuron;
      assert.ok(found.steps < 3000 && weights.every((w) => Math.abs(w) <= 10) && Math.abs(bias) <= 16, gate);
      assert.equal(countRight(found.neuron, wanted), wanted.length, `${gate} of ${inputs}`);
    }
  }
});

test("numbers that are all the same have no variance that could be explained", () => {
  const settings = { ...defaults(), layers: [], test: 20 };
  const points = /** @type {any} */ ({
    x: Float64Array.of(0, 0, 1, 0, 0, 1, 1, 1, 0.5, 0),
    y: Float64Array.of(0.1, 0.1, 0.1, 0.1, 0.1),
    classes: 0,
  });
  const trainer = new Trainer(points, settings);
  assert.equal(trainer.test.length, 1);
  const [train, single] = [trainer.score(trainer.train), trainer.score(trainer.test)];
  const said = standing(/** @type {any} */ ({ train, test: single }), points, "");
  assert.match(said, /one point has no variance.*all numbers are the same/);
  points.y = Float64Array.of(0.1, 0.3, 0.2, 0.7, 0.5);
  const some = new Trainer(points, settings);
  const mean = (/** @type {number[]} */ of) => of.reduce((sum, value) => sum + value) / of.length;
  const y = Array.from(some.train, (k) => points.y[k]);
  const variance = mean(y.map((value) => (value - mean(y)) ** 2));
  const { right, loss } = some.score(some.train);
  assert.ok(Math.abs(right - (1 - loss / variance)) < 1e-9);
});
