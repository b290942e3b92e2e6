// How fast the networks of the page "Neurons" learn and draw: epochs and boundaries of a 2-8-8-8-1 network a second of
// processor time, in batches of 10 from 500 points. With a compiled nn.js of TensorFlow Playground as an argument the
// same is done with that, turn by turn, in the loops of its own page. Prints one line of JSON.

import { pathToFileURL } from "node:url";
import { EDGE, makePoints } from "../../core/ui/components/neurons/datasets.js";
import { fastestEngine, plainEngine } from "../../core/ui/components/neurons/engine.js";
import { Pictures } from "../../core/ui/components/neurons/pictures.js";
import { defaults } from "../../core/ui/components/neurons/settings.js";
import { Trainer } from "../../core/ui/components/neurons/trainer.js";

const [BATCH, GRID, ROUNDS, SECONDS] = [10, 100, 3, 1];
const made = { points: 500, noise: 10, seed: 0 };
const settings = { ...defaults(), ...made, data: "xor", layers: [8, 8, 8], batch: BATCH, rate: 0.03, test: 0 };
const points = makePoints("xor", { ...settings, count: made.points });

/** @param {import("../../core/ui/components/neurons/engine.js").Engine} engine */
function ours(engine) {
  const trainer = new Trainer(points, settings, engine);
  const pictures = new Pictures(trainer.network, ["x1", "x2"]);
  return { epoch: () => trainer.epoch(), boundary: () => pictures.compute() };
}

/** @param {any} nn the compiled module */
function theirs(nn) {
  const { TANH } = nn.Activations;
  const network = nn.buildNetwork([2, 8, 8, 8, 1], TANH, TANH, null, ["x", "y"]);
  const examples = Array.from(points.y, (y, k) => ({ at: [points.x[2 * k], points.x[2 * k + 1]], label: 2 * y - 1 }));
  /** @type {Record<string, number[][]>} */ const drawn = {};
  nn.forEachNode(network, false, (/** @type {any} */ node) => {
    drawn[node.id] = Array.from({ length: GRID }, () => new Array(GRID).fill(0));
  });
  return {
    epoch() {
      examples.forEach(({ at, label }, k) => {
        nn.forwardProp(network, at);
        nn.backProp(network, label, nn.Errors.SQUARE);
        if ((k + 1) % BATCH === 0) nn.updateWeights(network, 0.03, 0);
      });
    },
    boundary() {
      for (let i = 0; i < GRID; i++) {
        for (let j = 0; j < GRID; j++) {
          nn.forwardProp(network, [(2 * EDGE * i) / (GRID - 1) - EDGE, (2 * EDGE * j) / (GRID - 1) - EDGE]);
          nn.forEachNode(network, true, (/** @type {any} */ node) => (drawn[node.id][i][j] = node.output));
        }
      }
    },
  };
}

const seconds = () => process.cpuUsage().user / 1e6 + process.cpuUsage().system / 1e6;

/** @param {() => void} work @returns {number} how often a second */
function rate(work) {
  const began = seconds();
  let times = 0;
  do {
    work();
    times += 1;
  } while (seconds() - began < SECONDS);
  return times / (seconds() - began);
}

/** @type {Record<string, { epoch: () => void, boundary: () => void }>} */
const contestants = { vectors: ours(fastestEngine()), plain: ours(plainEngine()) };
if (process.argv[2]) contestants.playground = theirs(await import(pathToFileURL(process.argv[2]).href));
/** @type {Record<string, { epochs: number[], boundaries: number[] }>} */
const found = {};
for (let round = 0; round < ROUNDS; round++) {
  for (const [name, { epoch, boundary }] of Object.entries(contestants)) {
    found[name] ??= { epochs: [], boundaries: [] };
    found[name].epochs.push(rate(epoch));
    found[name].boundaries.push(rate(boundary));
  }
}
console.log(JSON.stringify(found));
