import assert from "node:assert/strict";
import { test } from "node:test";

import { finder } from "../../core/ui/components/glossary/words.js";

const WORDS = [
  { title: "Gradient", forms: ["gradient", "gradients"], sentence: "A slope." },
  { title: "Integrated gradients", forms: ["integrated gradients"], sentence: "A way to explain." },
  { title: "Adam", forms: ["Adam"], sentence: "A way to train." },
  { title: "t-SNE", forms: ["t-SNE"], sentence: "A map." },
];
const find = (text) => finder(WORDS)(text).map(({ title }) => title);

test("words are found as core/glossary.py finds them", () => {
  assert.deepEqual(find("Gradients of Adam, and gradients"), ["Gradient", "Adam"]);
  assert.deepEqual(find("Integrated gradients"), ["Integrated gradients"]);
  assert.deepEqual(find("adam, gradiently, pre-gradient, AdamW, gradient-free"), []);
  assert.deepEqual(find("t-SNE"), ["t-SNE"]);
});
