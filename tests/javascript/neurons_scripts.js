// Prints PyTorch scripts of the page "Neurons" for some settings, as JSON.

import { makePoints, measuredPoints } from "../../core/ui/components/neurons/datasets.js";
import { writePyTorch } from "../../core/ui/components/neurons/pytorch.js";
import { defaults } from "../../core/ui/components/neurons/settings.js";

const made = (name, classes = 2) => makePoints(name, { count: 120, noise: 0.05, classes, seed: 1 });
const names = ['say "hi"', "back\\slash\n", "ünï"];
const measured = measuredPoints([1, 2, 3, 4, 5, 6], [10, 20, 10, 30, 25, 5], [0, 1, 2, 0, 1, 2], names, names.slice(1));
const fast = { ...defaults(), optimiser: "adam", rate: 0.02 };

const scripts = {
  moons: writePyTorch(made("moons"), fast, 80),
  blobs: writePyTorch(made("blobs", 5), { ...fast, activation: "relu", dropout: 0.1, batch: 20 }, 60),
  number: writePyTorch(made("slope"), { ...fast, activation: "gelu", features: ["x1", "x2", "sinx1"], test: 0 }, 60),
  line: writePyTorch(made("blobs"), { ...fast, layers: [], optimiser: "momentum", penalty: "l1" }, 60),
  ring: writePyTorch(made("circles"), { ...fast, features: ["x1x1", "x2x2", "x1x2"], penalty: "l2", layers: [4] }, 80),
  linear: writePyTorch(made("blobs"), { ...fast, activation: "linear", optimiser: "sgd" }, 40),
  measured: writePyTorch(measured, { ...fast, batch: 256, test: 20 }, 5),
};
process.stdout.write(JSON.stringify(scripts));
