// One neuron by hand: inputs, weights and bias as sliders, its sum and activation in numbers, and the truth tables that
// it
// can and cannot do.

import { button, element, write } from "../lib/elements.js";
import { mount } from "../lib/mounting.js";
import { ACTIVATIONS, activateOne, slopeOne } from "../neurons/activations.js";
import { markOf } from "../neurons/colours.js";
import { selectField } from "../neurons/fields.js";
import { fixed, whole } from "../neurons/numbers.js";
import { ACTIVATION_NAMES, workedOut } from "../neurons/wording.js";
import { ActivationChart, PlaneChart, isFlat, lineInWords } from "./charts.js";
import { GATES, Learner, bestPossible, countRight, gateOf, rowsOf, sum, wantedBy } from "./gates.js";
import {
  LEAST_INPUTS,
  LEAST_X,
  MOST_BIAS,
  MOST_INPUTS,
  MOST_WEIGHT,
  MOST_X,
  readState,
  resized,
  writeState,
} from "./state.js";

/** @typedef {import("./state.js").State} State */

const DIGITS = "\u2081\u2082\u2083\u2084";
/** @type {Record<number, string>} */ const BORDERS = { 2: "line", 3: "plane" }; // between the answers, by inputs
const KEEP = 300; // ms without another change, and the address is written
const MOST_UPDATES = 3000; // of one lesson
const ENOUGH = 1e-3; // length of the gradient within the sliders below which there is nothing more to learn

/** A slider with a number beside it. @param {string} name @param {number} low @param {number} high
 * @param {(value: number) => void} change */
function pairOf(name, low, high, change) {
  const row = element("div", "slider");
  const range = Object.assign(element("input"), { type: "range", min: low, max: high, step: 0.1 });
  const number = Object.assign(element("input"), { type: "number", min: low, max: high, step: 0.1 });
  range.setAttribute("aria-label", `${name}, slider`);
  number.setAttribute("aria-label", name);
  let last = 0;
  range.oninput = () => change(Number(range.value));
  number.onchange = () => {
    const value = number.value.trim() === "" ? Number.NaN : Number(number.value);
    if (value >= low && value <= high) change(value);
    else number.value = String(last);
  };
  row.append(element("b", "", name), range, number);
  return {
    row,
    /** @param {number} value */
    set(value) {
      last = Number(value.toFixed(3));
      range.value = String(value);
      if (!number.matches(":focus")) number.value = String(last);
    },
  };
}

/** Why a saturated sigmoid still learns here. @param {import("../neurons/activations.js").Activation} activation */
const atTheEnd = (activation) =>
  activation === "sigmoid"
    ? " As the output it does learn: under the cross-entropy the derivative cancels out, and a \u2212 wanted is left."
    : "";

class NeuronPage {
  /** @param {HTMLElement} root */
  constructor(root) {
    const { state, problem } = readState(new URLSearchParams(window.location.search));
    this.state = state;
    this.root = root;
    /** @type {Learner | null} */ this.learner = null;
    this.timer = 0;
    this.gates = element("div", "gates");
    this.formula = element("div", "formula");
    this.sliders = element("div", "sliders");
    this.plane = new PlaneChart((x1, x2) => this.set({ x: [x1, x2, ...this.state.x.slice(2)] }));
    this.chart = new ActivationChart();
    this.table = element("table");
    this.line = element("p");
    this.flat = element("p", "flat");
    this.verdict = element("p", "verdict");
    this.lesson = element("p", "lesson");
    this.learn = button("Let it learn", {
      title: "Adam on the cross-entropy of its sigmoid, from the weights of now",
      onclick: () => this.#learn(),
      className: "primary",
    });
    this.activation = selectField(
      "Activation",
      ACTIVATIONS.map((name) => ({ value: name, text: ACTIVATION_NAMES[name] })),
      { title: "What becomes of z", change: (value) => this.set({ activation: /** @type {any} */ (value) }) },
    );
    this.verdict.setAttribute("role", "status");
    this.#layOut();
    this.#build();
    if (problem) write(this.lesson, problem);
    root.addEventListener("keydown", (event) => event.stopPropagation()); // Streamlit has shortcuts on single letters
  }

  #layOut() {
    const [left, middle, right, columns] = [
      element("div", "left"),
      element("div"),
      element("div", "right"),
      element("div", "columns"),
    ];
    left.append(this.sliders, this.flat, this.verdict);
    middle.append(this.plane.canvas, this.line);
    right.append(this.chart.canvas, this.table, this.lesson);
    columns.append(left, middle, right);
    this.root.append(this.gates, this.formula, columns);
  }

  /** What changes with the number of inputs. */
  #build() {
    const inputs = this.state.weights.length;
    const { gates, sliders } = this;
    const choose = Object.keys(GATES).map((name) => {
      const gate = /** @type {import("./gates.js").Gate} */ (name);
      const made = button(name, {
        title: `What ${name} wants, and weights to begin with`,
        onclick: () =>
          this.set({
            ...GATES[gate].neuron(this.state.weights.length),
            wanted: wantedBy(gate, this.state.weights.length),
          }),
      });
      made.dataset.gate = name;
      return made;
    });
    const count = selectField(
      "Inputs",
      Array.from({ length: MOST_INPUTS - LEAST_INPUTS + 1 }, (_, k) => ({
        value: String(k + LEAST_INPUTS),
        text: String(k + LEAST_INPUTS),
      })),
      {
        title: "How many numbers the neuron reads",
        change: (value) => {
          this.state = resized(this.state, Number(value));
          this.#build();
        },
      },
    );
    count.set(String(inputs));
    gates.replaceChildren(...choose, count.box, this.activation.box, this.learn);
    const change = (/** @type {"x" | "weights"} */ what, /** @type {number} */ i) => (/** @type {number} */ value) =>
      this.set({ [what]: this.state[what].map((one, k) => (k === i ? value : one)) });
    this.pairs = Array.from({ length: inputs }, (_, i) => [
      pairOf(`x${DIGITS[i]}`, LEAST_X, MOST_X, change("x", i)),
      pairOf(`w${DIGITS[i]}`, -MOST_WEIGHT, MOST_WEIGHT, change("weights", i)),
    ]).flat();
    this.bias = pairOf("b", -MOST_BIAS, MOST_BIAS, (bias) => this.set({ bias }));
    sliders.replaceChildren(...this.pairs.map(({ row }) => row), this.bias.row);
    this.set({});
  }

  /** @param {Partial<State>} changes @param {boolean} byHand a lesson that goes on ends then */
  set(changes, byHand = true) {
    if (byHand) this.learner = null;
    this.state = { ...this.state, ...changes };
    this.show();
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => writeState(this.state), KEEP);
  }

  show() {
    const { state } = this;
    const { x, weights, bias, activation, wanted } = state;
    const gate = gateOf(wanted, weights.length);
    for (const one of this.gates.querySelectorAll("button"))
      one.setAttribute("aria-pressed", String(one.dataset.gate === gate));
    this.activation.set(activation);
    this.pairs?.forEach(({ set }, k) => set(k % 2 ? weights[(k - 1) / 2] : x[k / 2]));
    this.bias?.set(bias);
    this.#showFormula();
    this.plane.show(state);
    this.chart.show(state);
    write(this.line, lineInWords(state));
    const z = sum(state, x);
    const slope = slopeOne(activation, z);
    write(
      this.flat,
      isFlat(activation, z)
        ? `At z = ${fixed(z)} the neuron is saturated: its derivative is ${fixed(slope, 3)}, ` +
            `so almost no gradient comes through, and inside a network it hardly learns.${atTheEnd(activation)}`
        : `At z = ${fixed(z)} the derivative is ${fixed(slope, 3)}: a gradient that comes back is multiplied by it.`,
    );
    this.#showTable(gate);
  }

  #showFormula() {
    const { x, weights, bias, activation } = this.state;
    const name = ACTIVATION_NAMES[activation];
    const names = weights.map((_, i) => `w${DIGITS[i]}x${DIGITS[i]}`).join(" + ");
    const { terms, z, a } = workedOut(activation, weights, x, bias);
    const lines = [`z = ${names} + b = ${terms} = ${z}`, `a = ${name}(z) = ${name}(${z}) = ${a}`];
    this.formula.replaceChildren(...lines.map((text) => element("div", "", text)));
  }

  /** @param {string | null} gate */
  #showTable(gate) {
    const { weights, activation, wanted } = this.state;
    const right = countRight(this.state, wanted);
    const cells = (/** @type {string[]} */ texts) => texts.map((text) => element("th", "", text));
    const head = element("tr");
    head.append(...cells([...weights.map((_, i) => `x${DIGITS[i]}`), "wanted", "z", "a"]), element("td"));
    const rows = rowsOf(weights.length).map((x, row) => {
      const z = sum(this.state, x);
      const made = element("tr");
      const flip = button("", {
        title: "Want the other",
        onclick: () => this.set({ wanted: wanted.map((bit, k) => (k === row ? 1 - bit : bit)) }),
      });
      flip.append(markOf(wanted[row]), String(wanted[row]));
      flip.setAttribute("aria-label", `Row ${x.join(" ")} wants ${wanted[row]}: want the other`);
      const cell = element("td");
      cell.append(flip);
      made.append(
        ...x.map((value) => element("td", "", String(value))),
        cell,
        element("td", "", fixed(z)),
        element("td", "", fixed(activateOne(activation, z))),
        element("td", "", (z > 0 ? 1 : 0) === wanted[row] ? "right" : "wrong"),
      );
      made.onclick = (event) =>
        event.target instanceof Element && !event.target.closest("button") && this.set({ x: [...x] });
      return made;
    });
    this.table.replaceChildren(head, ...rows);
    const best = bestPossible(wanted);
    const name = gate ? gate : "This table";
    const border = BORDERS[weights.length] ?? "hyperplane";
    const most =
      best.right === wanted.length
        ? `${name} can be done by one neuron: a ${border} separates the ones from the zeros.`
        : `${name} cannot be done by one neuron: of ${whole(best.tried)} ${border}s that were tried, ` +
          `none gets more than ${best.right} of ${wanted.length} right.`;
    write(this.verdict, `Says 1 where z > 0: right in ${right} of ${wanted.length}. ${most}`);
  }

  #learn() {
    this.set({ activation: "sigmoid" });
    const learner = new Learner(this.state, this.state.wanted, MOST_WEIGHT, MOST_BIAS);
    this.learner = learner;
    const step = () => {
      if (this.learner !== learner || !this.root.isConnected) return;
      const { neuron, loss, steps, slope, free } = learner.learn(5);
      const ended = steps >= MOST_UPDATES || free < ENOUGH;
      this.set(neuron, false);
      let why = "";
      if (ended && Math.abs(loss - Math.LN2) < 1e-3)
        why = " That is ln 2 = 0.693, the loss of a coin: the best it can do is to say 0.5 to everything.";
      else if (ended && free < ENOUGH && slope >= ENOUGH)
        why = " What is left of it leads beyond the ends of the sliders.";
      write(
        this.lesson,
        `After ${whole(steps)} updates the cross-entropy is ${fixed(loss, 4)}, ` +
          `the gradient ${fixed(slope, 4)} long.${why}`,
      );
      if (ended) this.learner = null;
      else requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  }

  end() {
    this.learner = null;
    clearTimeout(this.timer);
    writeState(this.state);
  }
}

/** @type {(run: import("../lib/mounting.js").Run<null>) => () => void} */
export default mount("neuron", (root) => {
  /** @type {NeuronPage | null} */ let page = null;
  return {
    update() {
      page ??= new NeuronPage(root);
    },
    end: () => page?.end(),
  };
});
