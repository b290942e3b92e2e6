import assert from "node:assert/strict";
import { test } from "node:test";

import { makePoints } from "../../core/ui/components/neurons/datasets.js";
import { fastestEngine, plainEngine } from "../../core/ui/components/neurons/engine.js";
import { answer, explain } from "../../core/ui/components/neurons/explain.js";
import { featuresOf } from "../../core/ui/components/neurons/features.js";
import { History } from "../../core/ui/components/neurons/history.js";
import { Model } from "../../core/ui/components/neurons/model.js";
import { Network } from "../../core/ui/components/neurons/network.js";
import { Drawing } from "../../core/ui/components/neurons/drawing.js";
import { bracketed, fixed, percent, short } from "../../core/ui/components/neurons/numbers.js";
import { Optimiser } from "../../core/ui/components/neurons/optimisers.js";
import { GRID, PICTURE, Painter, Pictures } from "../../core/ui/components/neurons/pictures.js";
import { writePyTorch } from "../../core/ui/components/neurons/pytorch.js";
import { Session } from "../../core/ui/components/neurons/session.js";
import { defaults } from "../../core/ui/components/neurons/settings.js";
import { describeBoundary } from "../../core/ui/components/neurons/shape.js";
import { Trainer } from "../../core/ui/components/neurons/trainer.js";
import { uniform } from "../../core/ui/components/neurons/random.js";
import { standing, sumOf, workedOut } from "../../core/ui/components/neurons/wording.js";

const COLOURS = { classes: Array(6).fill([0, 114, 178]), middle: [246, 246, 244], signed: Array(255).fill([9, 9, 9]) };
const newModel = () => new Model({ tables: {}, worker: () => null, colours: COLOURS });

test("moons are learnt, and the same seed gives the same training", () => {
  const run = () => {
    const settings = { ...defaults(), optimiser: "adam", rate: 0.01 };
    const trainer = new Trainer(
      makePoints("moons", { count: 300, noise: 0.05, classes: 2, seed: 0 }),
      settings,
      fastestEngine(),
    );
    for (let k = 0; k < 60; k++) trainer.epoch();
    return trainer;
  };
  const [one, other] = [run(), run()];
  const score = one.score(one.test);
  assert.ok(score.right >= 0.97 * score.count, `${score.right} of ${score.count}`);
  assert.deepEqual(one.network.params, other.network.params);
  assert.deepEqual([one.epochs, one.steps], [60, 60 * 21]);
});

test("an epoch learns from every training point once; a step from one batch", () => {
  const points = makePoints("xor", { count: 47, noise: 0, classes: 2, seed: 0 });
  const trainer = new Trainer(points, { ...defaults(), test: 0, batch: 10 }, plainEngine());
  trainer.step();
  assert.deepEqual([trainer.at, trainer.steps, trainer.epochs], [10, 1, 0]);
  trainer.epoch();
  assert.deepEqual([trainer.at, trainer.steps, trainer.epochs], [0, 5, 1]);
});

test("pictures are what the network computes, for every activation and both engines", () => {
  for (const [which, engine] of [
    ["fast", fastestEngine],
    ["plain", plainEngine],
  ]) {
    for (const activation of ["relu", "tanh", "sigmoid", "linear", "gelu"]) {
      const network = new Network([3, 5, 4, 2], activation, "classes", engine());
      network.begin(uniform(3));
      const features = ["x1", "x2", "x1x2"];
      const pictures = new Pictures(network, features);
      pictures.compute();
      for (const [row, column] of [
        [0, 0],
        [10, 84],
        [98, 2],
        [50, 50],
      ]) {
        const place = (/** @type {number} */ k) => ((k + 0.5) / GRID) * 12 - 6;
        const { a, z } = answer(network, featuresOf(features, [place(column), -place(row)]));
        const said = `${which} ${activation} ${row} ${column}`;
        for (let j = 0; j < 2; j++)
          assert.ok(Math.abs(pictures.outputs[j * GRID * GRID + row * GRID + column] - z[3][j]) < 2e-5, said);
        let unit = 0;
        for (const layer of [1, 2, 3]) {
          for (let j = 0; j < network.sizes[layer]; j++, unit++) {
            const value = pictures.values[unit * PICTURE * PICTURE + (row / 2) * PICTURE + column / 2];
            assert.ok(Math.abs(value - a[layer][j]) < 2e-5, `${said}: ${value} is not ${a[layer][j]}`);
          }
        }
      }
    }
  }
});

test("a point is explained with the updates of the optimisers, and the network is left as it is", () => {
  const network = new Network([2, 4, 1], "tanh", "binary");
  network.begin(uniform(1));
  const before = network.params.slice();
  const learning = { rate: 0.1, penalty: "l2", strength: 0.01 };
  const found = explain(network, [1, -2], 1, learning, new Optimiser("sgd", network.count));
  assert.deepEqual(network.params, before);
  found.sgd.change.forEach((change, k) => assert.ok(Math.abs(change + 0.1 * found.grads[k]) < 1e-15));
  found.adam.change.forEach((change, k) => assert.ok(Math.abs(Math.abs(change) - (found.grads[k] ? 0.1 : 0)) < 1e-6));
  assert.ok(found.sgd.lossAfter < found.loss && found.adam.lossAfter < found.loss);
  const numeric = (/** @type {number} */ k) => {
    const shifted = (/** @type {number} */ by) => {
      network.params.set(before);
      network.params[k] += by;
      const weights = network.weights.flatMap((part) => [...part]);
      const { z } = answer(network, [1, -2]);
      return Math.log1p(Math.exp(-z[2][0])) + 0.005 * weights.reduce((sum, w) => sum + w * w, 0);
    };
    const slope = (shifted(1e-6) - shifted(-1e-6)) / 2e-6;
    network.params.set(before);
    return slope;
  };
  for (let k = 0; k < network.count; k++) assert.ok(Math.abs(numeric(k) - found.grads[k]) < 1e-7, `parameter ${k}`);
});

test("Adam goes on with its memory where it is the optimiser", () => {
  const network = new Network([2, 1], "tanh", "binary");
  network.begin(uniform(1));
  const optimiser = new Optimiser("adam", network.count);
  for (let k = 0; k < 5; k++) optimiser.step(network.params, Float64Array.of(1, -1, 0.5), 0.01);
  const found = explain(network, [1, 1], 0, { rate: 0.01, penalty: "none", strength: 0 }, optimiser);
  assert.deepEqual([found.adam.steps, found.sgd.steps, optimiser.steps], [6, 1, 5]);
});

test("the arithmetic of a unit is written out", () => {
  const { terms, z } = sumOf([0.5, -2], [1, -0.25], 0.1);
  assert.deepEqual(terms, ["0.50·1.00", "(−2.00)·(−0.25)", "0.10"]);
  assert.equal(z, 1.1);
});

test("numbers are written as people read them", () => {
  assert.deepEqual(
    [fixed(-0.001), fixed(-1.005, 1), fixed(NaN), fixed(-Infinity)],
    ["0.00", "−1.0", "not a number", "−∞"],
  );
  assert.deepEqual([short(0), short(-0.00012), short(1234.5), bracketed(-2)], ["0", "−1.2e−4", "1230", "(−2.00)"]);
  assert.deepEqual([percent(1 - 1e-9), percent(1e-9), percent(0.5)], ["> 99.9 %", "< 0.1 %", "50.0 %"]);
});

test("boundaries are told in words", () => {
  const draw = (/** @type {(x: number, y: number) => number} */ of) =>
    Float32Array.from({ length: GRID * GRID }, (_, k) => of((k % GRID) - 49.5, 49.5 - Math.floor(k / GRID)));
  const say = (/** @type {(x: number, y: number) => number} */ of) => describeBoundary(draw(of), GRID, ["a", "b"]);
  assert.equal(
    say(() => -1),
    "the whole plane is a",
  );
  assert.equal(
    say((x, y) => 20 - Math.hypot(x, y)),
    "the boundary is a ring around b",
  );
  assert.equal(
    say((x, y) => x + 0.4 * y - 3),
    "the boundary is nearly a straight line",
  );
  assert.equal(
    say((x, y) => y - 12 * Math.sin(x / 8)),
    "the boundary is one curved line",
  );
  assert.match(
    say((x, y) => -x * y),
    /4 regions: 2 of a, 2 of b/,
  );
  const three = new Float32Array(3 * GRID * GRID);
  for (let k = 0; k < GRID * GRID; k++) three[Math.floor((k % GRID) / 34) * GRID * GRID + k] = 1;
  assert.match(describeBoundary(three, GRID, ["a", "b", "c"]), /3 classes lie side by side/);
});

test("the curve keeps its ends, however long the training", () => {
  const history = new History();
  for (let k = 0; k <= 10_000; k++) history.add(k, 1 / (k + 1), null);
  assert.ok(history.epochs.length <= 601 && history.epochs.length > 250);
  assert.deepEqual([history.epochs[0], history.epochs.at(-1)], [0, 10_000]);
  assert.ok(history.epochs.every((epoch, k) => k === 0 || epoch > history.epochs[k - 1]));
});

test("the model trains at the chosen speed, and a change of the rate does not reset it", () => {
  const model = newModel();
  model.build();
  model.run(true);
  for (let k = 0; k <= 60; k++) model.tick(1000 + (k * 1000) / 60);
  assert.ok(Math.abs((model.frame?.epochs ?? 0) - 60) <= 1, `${model.frame?.epochs} epochs in a second`);
  model.set({ rate: 0.3, optimiser: "adam", penalty: "l2" });
  model.tick(2100);
  assert.ok((model.frame?.epochs ?? 0) >= 60);
  model.set({ layers: [4] });
  model.run(false);
  model.tick(2200);
  assert.deepEqual([model.frame?.epochs, model.frame?.steps], [0, 0]);
});

test("one update, one epoch and a changed weight", () => {
  const model = newModel();
  model.build();
  model.advance({ steps: 1 });
  assert.deepEqual([model.frame?.steps, model.running], [1, false]);
  model.advance({ epochs: 1 });
  assert.equal(model.frame?.epochs, 1);
  model.setWeight(0, 3.5);
  model.tick(0);
  assert.equal(model.frame?.params[0], 3.5);
});

test("a training that bursts stops, and says what to try", () => {
  const model = newModel();
  model.set({ data: "slope", activation: "relu", rate: 10, layers: [8, 8] });
  model.run(true);
  for (let k = 0; k < 300 && model.running; k++) model.tick(k * 17);
  assert.equal(model.running, false);
  assert.match(model.said, /learning rate of 10 is too high here\. Try 1, or Adam/);
});

test("a weight that was set far too large is not said to be the learning rate's doing", () => {
  const model = newModel();
  model.set({ data: "slope", activation: "relu", rate: 0.001, layers: [8, 8] });
  for (let param = 0; param < model.network.count; param++) model.setWeight(param, 1e6);
  model.run(true);
  for (let k = 0; k < 300 && model.running; k++) model.tick(k * 17);
  assert.equal(model.running, false);
  assert.match(model.said, /weights that were set by hand/);
  assert.doesNotMatch(model.said, /learning rate/);
});

test("numbers that have burst are no answer, and have the colour of none", () => {
  const score = { loss: Number.NaN, right: 7, count: 9 };
  const frame = /** @type {any} */ ({ train: score, test: score });
  assert.match(standing(frame, makePoints("moons", { count: 9, noise: 0, classes: 2, seed: 0 }), ""), /no answer/);
  const [one, other, middle] = [1, 2, 3].map((red) => /** @type {[number, number, number]} */ ([50 * red, 0, 0]));
  const signed = Array.from({ length: 255 }, (_, k) => /** @type {[number, number, number]} */ ([k, 0, 0]));
  const painter = new Painter({ classes: [one, other], middle, signed });
  const pixels = new Uint32Array(1);
  const red = () => pixels[0] & 255;
  for (const [goal, outputs] of /** @type {const} */ ([
    ["binary", 1],
    ["classes", 2],
  ])) {
    painter.paintAnswer(goal, new Float32Array(outputs).fill(Number.NaN), pixels);
    assert.equal(red(), 150, goal);
  }
  painter.paintSigned(Float32Array.of(Number.NaN), 1, pixels);
  assert.equal(red(), 127);
});

test("a loss that stays above the first one is said, and no more once it falls", () => {
  const model = newModel();
  model.set({ rate: 10, optimiser: "adam", layers: [8, 8, 8] });
  model.run(true);
  for (let k = 0; k < 300 && !model.said; k++) model.tick(k * 17);
  assert.match(model.said, /stays above the 0\.\d\d of the first weights.* 10 is too high here\. Try 1, and reset/);
  assert.equal(model.running, true);
  model.set({ rate: 0.03 });
  model.build();
  for (let k = 300; k < 500; k++) model.tick(k * 17);
  assert.equal(model.said, "");
  const weight = model.network.count - 1;
  model.setWeight(weight, 60); // that is no learning rate
  for (let k = 500; k < 560; k++) model.tick(k * 17);
  assert.equal(model.said, "");
});

test("the curve counts the epochs that were learnt, whatever the batches were", () => {
  const model = newModel();
  model.build();
  model.set({ batch: 1 });
  for (let k = 0; k < 3; k++) model.advance({ epochs: 1 });
  for (const batch of [256, 1, 100]) {
    model.set({ batch });
    model.advance({ epochs: 1 });
  }
  assert.deepEqual(model.history.epochs, [1, 2, 3, 4, 5, 6]);
  model.set({ batch: 21 });
  model.advance({ steps: 1 });
  assert.equal(model.history.epochs.at(-1), 6.1);
});

test("batches of any size can be changed for ever: an engine frees nothing", () => {
  const settings = { ...defaults(), features: /** @type {any} */ (["x1", "x2", "x1x1", "x2x2", "x1x2", "sinx1"]) };
  const points = makePoints("blobs", { count: 300, noise: 0.1, classes: 6, seed: 0 });
  const trainer = new Trainer(points, { ...settings, layers: Array(6).fill(16), test: 0 }, fastestEngine());
  const pictures = new Pictures(trainer.network, settings.features);
  for (let k = 0; k < 200; k++) trainer.change({ ...trainer.settings, batch: [256, 1, 100, 50, 20][k % 5] });
  trainer.change({ ...trainer.settings, batch: 256 });
  trainer.epoch();
  pictures.compute();
  assert.equal(trainer.steps, 2);
});

test("Undo takes a stroke back, and nothing else that was set", () => {
  const model = newModel();
  model.build();
  const drawing = new Drawing(model);
  drawing.remember();
  drawing.add({ x1: 0, x2: 5 }, 1);
  model.set({ rate: 0.3, optimiser: "adam" });
  model.set({ layers: [3] });
  drawing.undo();
  const { data, rate, optimiser, layers } = model.settings;
  assert.deepEqual([data, rate, optimiser, layers], ["moons", 0.3, "adam", [3]]);
  assert.equal(model.points.y.length, 300);
});

test("where the browser has no workers that are modules, the page goes on by itself", () => {
  const worker = /** @type {any} */ ({ postMessage() {}, terminate() {} });
  const model = new Model({ tables: {}, worker: () => worker, colours: COLOURS });
  model.build();
  model.tick(0);
  assert.equal(model.frame, null);
  worker.onerror();
  model.advance({ epochs: 1 });
  assert.equal(model.frame?.epochs, 1);
});

test("a click is answered at once, and page and worker are one training", (t) => {
  t.mock.method(performance, "now", () => 0); // a machine on which nothing takes long, whatever else it does
  const session = new Session();
  /** @type {any[]} */ const answers = [];
  const worker = /** @type {any} */ ({
    postMessage(/** @type {any} */ message) {
      const told = session.tell(structuredClone(message));
      if (told) answers.push(told.frame);
    },
  });
  const hear = () => {
    for (const frame of answers.splice(0)) worker.onmessage({ data: frame });
  };
  const model = new Model({ tables: {}, worker: () => worker, colours: COLOURS });
  const alone = newModel();
  for (const one of [model, alone]) {
    one.set({ layers: [4], optimiser: "adam", dropout: 0.2, batch: 7 });
    one.tick(0);
  }
  hear();
  const both = (/** @type {(one: Model) => void} */ act) => {
    act(model);
    act(alone);
    return model.frame?.steps;
  };
  assert.equal(both((one) => one.advance({ steps: 1 })), 1); // nobody has heard of the worker
  assert.equal(both((one) => one.advance({ epochs: 1 })), 30);
  assert.equal(answers.length, 0);
  assert.deepEqual(model.frame?.params, alone.frame?.params);
  both((one) => one.run(true));
  both((one) => one.tick(20));
  hear();
  both((one) => one.run(false));
  both((one) => one.set({ optimiser: "momentum", batch: 20 }));
  both((one) => one.tick(40));
  hear();
  assert.equal(both((one) => one.advance({ steps: 1 })), 61);
  for (const name of /** @type {const} */ (["params", "first", "order", "at", "random", "begun", "train"]))
    assert.deepEqual(model.frame?.[name], alone.frame?.[name], name);
  both((one) => one.setWeight(0, 2));
  both((one) => one.advance({ steps: 1 }));
  assert.equal(answers.length, 1); // the worker knows the weight
});

test("no points, one point and one class are said", () => {
  const model = newModel();
  model.draw([]);
  assert.match(model.problem, /no points/);
  model.run(true);
  assert.equal(model.running, false);
  model.draw([{ x1: 1, x2: 1, kind: 0 }]);
  assert.match(model.problem, /All points are class 1/);
  model.advance({ epochs: 3 });
  assert.ok(Number.isFinite(model.frame?.train.loss));
  model.draw([
    { x1: 1, x2: 1, kind: 0 },
    { x1: -1, x2: 1, kind: 1 },
  ]);
  assert.equal(model.problem, "");
});

test("a network without hidden layers learns a line", () => {
  const model = newModel();
  model.set({ data: "blobs", classes: 2, layers: [], optimiser: "adam", rate: 0.1 });
  for (let k = 0; k < 40; k++) model.advance({ epochs: 1 });
  assert.deepEqual(model.network.sizes, [2, 1]);
  assert.ok((model.frame?.train.right ?? 0) > 200);
});

test("drawing goes on with the weights; the curve too", () => {
  const model = newModel();
  model.draw([
    { x1: 1, x2: 1, kind: 0 },
    { x1: -1, x2: -1, kind: 1 },
  ]);
  for (let k = 0; k < 5; k++) model.advance({ epochs: 1 });
  const weights = model.frame?.params.slice();
  model.draw([...model.drawn, { x1: 2, x2: 1, kind: 0 }]);
  model.tick(0);
  assert.deepEqual(model.frame?.params, weights);
  model.draw([...model.drawn, { x1: 2, x2: 2, kind: 2 }]); // a third class: another network
  model.tick(0);
  assert.equal(model.frame?.epochs, 0);
});

test("names of people stay inside their comments in the script", () => {
  const points = makePoints("xor", { count: 8, noise: 0, classes: 2, seed: 0 });
  points.axes = ["a\nimport os", "b"];
  points.scales = [
    { middle: 0, half: 1 },
    { middle: 0, half: 1 },
  ];
  assert.ok(!/^import os/m.test(writePyTorch(points, defaults(), 3)));
});

test("a sum that is worked out from its parts as they are shown is the sum that is shown", () => {
  const number = (/** @type {string} */ text) => Number(text.replace("(", "").replace(")", "").replace("\u2212", "-"));
  for (let seed = 1; seed < 400; seed++) {
    const [w1, w2, bias] = [1, 2, 3].map((k) => 16 * ((Math.sin(seed * k * 12.9898) * 43758.5453) % 1) - 8);
    const { terms, z, a } = workedOut("sigmoid", [w1, w2], [1, 0.7], bias);
    const sum = terms.split(" + ").map((term) => term.split("\u00b7").map(number).reduce((x, y) => x * y, 1));
    const total = sum.reduce((x, y) => x + y, 0);
    assert.equal(total.toFixed(z.split(".")[1].length).replace("-", "\u2212"), z, terms);
    assert.equal((1 / (1 + Math.exp(-number(z)))).toFixed(3), a, z);
  }
  const { terms, z, a } = workedOut("sigmoid", [4, 4], [1, 0], -6);
  assert.deepEqual([terms, z, a], ["4.00\u00b71.00 + 4.00\u00b70.00 + (\u22126.00)", "\u22122.00", "0.119"]);
});
