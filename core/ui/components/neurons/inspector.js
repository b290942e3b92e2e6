// Below the network: the arithmetic of the unit that is pointed at, and what one point teaches. Knows no training.

import { button, element, write } from "../lib/elements.js";
import { fromPlane } from "./datasets.js";
import { explain } from "./explain.js";
import { numberField } from "./fields.js";
import { fixed, short, whole } from "./numbers.js";
import { afterSum, answerName, inputName, pointName, sumOf } from "./wording.js";

/** @typedef {import("./diagram.js").Unit} Unit */
/** @typedef {import("./model.js").Model} Model */
/** @typedef {import("./explain.js").Explained} Explained */

/** @param {Model} model @returns {(place: number, axis: 0 | 1) => number} how the axes read */
export const measuredOf = (model) => (place, axis) => fromPlane(place, model.points.scales?.[axis]);

/** The line below the network: z and a of one unit, with all numbers. */
export class UnitLine {
  constructor() {
    this.box = element("div", "line");
    this.title = element("div", "what");
    this.sum = element("div", "sum");
    this.box.append(this.title, this.sum);
  }

  /** @param {string} text for when no unit is pointed at */
  rest(text) {
    write(this.title, text);
    write(this.sum, "");
  }

  /**
   * @param {Model} model @param {Unit} unit @param {string} name
   * @param {number} k the point whose numbers are used @param {import("./explain.js").Explained["a"]} a of every layer
   */
  show(model, unit, name, k, a) {
    const { network, points } = model;
    const { layer, index } = unit;
    const inputs = a[layer - 1];
    const rows = Array.from({ length: network.sizes[layer] }, (_, j) =>
      sumOf(
        network.weights[layer - 1].subarray(j * inputs.length, (j + 1) * inputs.length),
        inputs,
        network.biases[layer - 1][j],
      ),
    );
    const { terms, z, shown } = rows[index];
    const equals = fixed(shown, 3) === fixed(z, 3) ? "=" : "\u2248"; // its parts are rounded
    write(this.title, `${name[0].toUpperCase()}${name.slice(1)}, at the ${pointName(points, k, measuredOf(model))}`);
    write(
      this.sum,
      `z = ${terms.join(" + ")} ${equals} ${fixed(z, 3)};  ${afterSum(
        network,
        points,
        layer,
        rows.map((row) => row.z),
        index,
      )}`,
    );
  }
}

/** The pinned unit: every weight and the bias as numbers that can be changed. */
export class UnitCard {
  /** @param {(param: number, value: number) => void} change @param {() => void} close */
  constructor(change, close) {
    this.change = change;
    this.box = element("section", "card unit-card");
    this.title = element("h2");
    this.list = element("div", "weights");
    const shut = button("\u00d7", { title: "Close", onclick: close, className: "close" });
    shut.setAttribute("aria-label", "Close");
    this.box.append(this.title, shut, this.list);
    this.box.hidden = true;
    /** @type {{ param: number, field: import("./fields.js").Field<number> }[]} */ this.fields = [];
  }

  /** @param {Model} model @param {Unit | null} unit @param {string} name */
  pin(model, unit, name) {
    this.box.hidden = !unit;
    this.fields = [];
    if (!unit) return;
    const { network, settings } = model;
    const { layer, index } = unit;
    const inputs = network.sizes[layer - 1];
    const first = (network.weights[layer - 1].byteOffset - network.params.byteOffset) / 8 + index * inputs;
    const bias = (network.biases[layer - 1].byteOffset - network.params.byteOffset) / 8 + index;
    write(this.title, `Weights of ${name}`);
    const made = Array.from({ length: inputs + 1 }, (_, i) => {
      const param = i < inputs ? first + i : bias;
      const label = i < inputs ? `w from ${inputName(settings, layer, i)}` : "bias b";
      const field = numberField(label, {
        step: 0.1,
        title: "Change it and press Enter",
        change: (value) => this.change(param, value),
      });
      return { param, field };
    });
    this.fields = made;
    this.list.replaceChildren(...made.map(({ field }) => field.box));
    this.update(model);
  }

  /** @param {Model} model */
  update({ network }) {
    for (const { param, field } of this.fields) {
      if (!field.control.matches(":focus")) field.set(Number(network.params[param].toFixed(4)));
    }
  }
}

/** A clicked point: forward, loss, backward, and the updates of SGD and Adam side by side. */
export class PointCard {
  /** @param {() => void} close */
  constructor(close) {
    this.box = element("section", "card point-card");
    this.title = element("h2");
    const shut = button("\u00d7", { title: "Close", onclick: close, className: "close" });
    shut.setAttribute("aria-label", "Close");
    this.steps = element("ol");
    this.tabs = element("div", "tabs");
    this.table = element("div", "gradients");
    this.note = element("p", "note");
    this.box.append(this.title, shut, this.steps, this.tabs, this.table, this.note);
    this.box.hidden = true;
    this.layer = -1; // whose gradients are shown; -1 is the last
  }

  /** @param {Model} model @param {number} k the point, -1 for none */
  show(model, k) {
    this.box.hidden = k < 0;
    if (k < 0) return;
    const { network, points, settings } = model;
    const [x1, x2] = [points.x[2 * k], points.x[2 * k + 1]];
    const found = explain(network, model.featuresAt(x1, x2), points.y[k], settings, model.optimiser);
    write(this.title, `What one point teaches: ${pointName(points, k, measuredOf(model))}`);
    this.steps.replaceChildren(
      ...this.#steps(model, k, found).map(([name, text]) => {
        const item = element("li");
        item.append(element("b", "", `${name} `), text);
        return item;
      }),
    );
    if (this.layer < 1 || this.layer > network.layers) this.layer = network.layers;
    this.tabs.replaceChildren(
      ...Array.from({ length: network.layers }, (_, l) => {
        const layer = network.layers - l; // the order in which the gradient comes back
        const made = button(layer === network.layers ? "output layer" : `hidden layer ${layer}`, {
          title: "Gradients of the weights of this layer",
          onclick: () => {
            this.layer = layer;
            this.show(model, k);
          },
        });
        made.setAttribute("aria-pressed", String(layer === this.layer));
        return made;
      }),
    );
    this.table.replaceChildren(gradientTable(model, found, this.layer));
    write(
      this.note,
      `After ${whole(model.frame?.steps ?? 0)} updates: one more, of batch 1, with learning rate ${settings.rate}. ` +
        `${adamsMemory(model)}${penaltyOf(settings)}`,
    );
  }

  /** @param {Model} model @param {number} k @param {Explained} found @returns {[string, string][]} */
  #steps({ network, points }, k, found) {
    const target = points.classes ? points.names[points.y[k]] : fixed(points.y[k], 3);
    const list = (/** @type {ArrayLike<number>} */ values) => Array.from(values, (one) => fixed(one)).join(", ");
    /** @type {[string, string][]} */ const forward = found.a
      .slice(0, -1)
      .map((a, l) => [l ? `Hidden layer ${l}:` : "Inputs:", list(a)]);
    const [last, size] = [network.layers, Math.hypot(...found.grads)];
    const how = {
      binary: "\u2212ln of the probability of the right class",
      classes: "\u2212ln of the probability of the right class",
      number: "(answer \u2212 target)\u00b2",
    }[network.goal];
    return [
      ...forward,
      [
        "Output:",
        `z = ${list(found.z[last])}, so the answer is ${answerName(points, found.probabilities)}; right is ${target}`,
      ],
      ["Loss:", `${how} = ${fixed(found.loss, 4)}`],
      [
        "Backward:",
        `at the output the gradient is ${Array.from(found.deltas[last], short).join(", ")}; ` +
          `over all ${network.count} weights and biases its length is ${short(size)}`,
      ],
      [
        "Update:",
        `the loss of this point is ${fixed(found.loss, 4)} before, ` +
          `${fixed(found.sgd.lossAfter, 4)} after a step of SGD, ${fixed(found.adam.lossAfter, 4)} after one of Adam`,
      ],
    ];
  }
}

/** @param {Model} model @returns {string} */
function adamsMemory({ settings, frame }) {
  if (settings.optimiser === "adam" && frame?.made)
    return `Adam goes on with its memory of ${whole(frame.made)} updates.`;
  return (
    "Adam begins here, so its first step moves every number by the learning rate, however small its gradient is, " +
    "unless that is 0."
  );
}

/** @param {import("./settings.js").Settings} settings @returns {string} */
function penaltyOf({ penalty }) {
  return penalty === "none" ? "" : ` The gradients hold the ${penalty.toUpperCase()} penalty.`;
}

/** @param {Model} model @param {Explained} found @param {number} layer @returns {HTMLTableElement} */
function gradientTable({ network, settings }, found, layer) {
  const table = element("table");
  const row = (/** @type {"th" | "td"} */ kind, /** @type {string[]} */ cells) => {
    const made = element("tr");
    made.append(...cells.map((text) => element(kind, "", text)));
    return made;
  };
  table.append(row("th", ["to", "from", "weight", "gradient", "SGD adds", "Adam adds"]));
  const [inputs, outputs] = [network.sizes[layer - 1], network.sizes[layer]];
  const begin = (network.weights[layer - 1].byteOffset - network.params.byteOffset) / 8;
  for (let j = 0; j < outputs; j++) {
    for (let i = 0; i <= inputs; i++) {
      const at = i < inputs ? begin + j * inputs + i : begin + inputs * outputs + j;
      const to = layer === network.layers ? (outputs > 1 ? `output ${j + 1}` : "output") : `unit ${j + 1}`;
      table.append(
        row("td", [
          to,
          i < inputs ? inputName(settings, layer, i) : "bias",
          ...[network.params[at], found.grads[at], found.sgd.change[at], found.adam.change[at]].map(short),
        ]),
      );
    }
  }
  return table;
}
