// The controls of the training: the bar above, and the settings below it. Knows no network.

import { button, element, once, write } from "../lib/elements.js";
import { ACTIVATIONS } from "./activations.js";
import { selectField } from "./fields.js";
import { whole } from "./numbers.js";
import { BATCHES, DROPOUTS, MOST_LAYERS, RATES, SPEEDS, STRENGTHS } from "./settings.js";
import { ACTIVATION_NAMES } from "./wording.js";

/** @typedef {import("./model.js").Model} Model */
/** @typedef {import("./settings.js").Settings} Settings */

/** @param {readonly (string | number)[]} values @param {(value: any) => string} text */
const options = (values, text = String) => values.map((value) => ({ value: String(value), text: text(value) }));

/** Start, one update, one epoch, reset, and where the training stands. */
export class Bar {
  /** @param {Model} model */
  constructor(model) {
    this.model = model;
    this.box = element("div", "bar");
    this.start = button("", {
      title: "Start or pause the training",
      onclick: once(() => model.run(!model.running)),
      className: "primary",
    });
    this.step = button("1 update", { title: "Learn from one batch", onclick: () => model.advance({ steps: 1 }) });
    this.epoch = button("1 epoch", {
      title: "Learn from every training point once",
      onclick: () => model.advance({ epochs: 1 }),
    });
    this.reset = button("Reset weights", { title: "Begin again with the first weights", onclick: () => model.build() });
    this.count = element("output", "count");
    this.speed = selectField(
      "Speed",
      Object.entries(SPEEDS).map(([value, { label }]) => ({ value, text: label })),
      { title: "How much is learnt in a second", change: (speed) => model.set({ speed }) },
    );
    this.box.append(this.start, this.step, this.epoch, this.reset, this.count, this.speed.box);
    this.update();
  }

  update() {
    const { running, frame, settings, points } = this.model;
    write(this.start, running ? "\u275a\u275a Pause" : "\u25b6 Start");
    for (const one of [this.start, this.step, this.epoch, this.reset]) one.disabled = points.y.length === 0;
    write(this.count, `Epoch ${whole(frame?.epochs ?? 0)}, update ${whole(frame?.steps ?? 0)}`);
    this.speed.set(settings.speed);
  }
}

/** What can be set of network and learning. */
export class SettingsRow {
  /** @param {Model} model */
  constructor(model) {
    this.model = model;
    this.box = element("div", "settings");
    const set = (/** @type {Partial<Settings>} */ changes) => model.set(changes);
    /** @type {Record<string, import("./fields.js").Field<string>>} */
    this.fields = {
      activation: selectField(
        "Activation",
        options(ACTIVATIONS, (name) => ACTIVATION_NAMES[/** @type {keyof typeof ACTIVATION_NAMES} */ (name)]),
        {
          title: "Of all hidden units. Resets the weights.",
          change: (value) => set({ activation: /** @type {any} */ (value) }),
        },
      ),
      optimiser: selectField(
        "Optimiser",
        [
          { value: "sgd", text: "SGD" },
          { value: "momentum", text: "Momentum" },
          { value: "adam", text: "Adam" },
        ],
        {
          title: "How gradients become updates. The training goes on.",
          change: (value) => set({ optimiser: /** @type {any} */ (value) }),
        },
      ),
      rate: selectField("Learning rate", options(RATES), {
        title: "The size of a step. The training goes on.",
        change: (value) => set({ rate: Number(value) }),
      }),
      batch: selectField("Batch", options(BATCHES), {
        title: "Points an update learns from. The training goes on.",
        change: (value) => set({ batch: Number(value) }),
      }),
      penalty: selectField(
        "Penalty",
        [
          { value: "none", text: "none" },
          { value: "l1", text: "L1" },
          { value: "l2", text: "L2" },
        ],
        {
          title: "Regularisation: large weights cost something. L1 counts their size, L2 half its square.",
          change: (value) => set({ penalty: /** @type {any} */ (value) }),
        },
      ),
      strength: selectField("Strength", options(STRENGTHS), {
        title: "How much the penalty counts",
        change: (value) => set({ strength: Number(value) }),
      }),
      dropout: selectField(
        "Dropout",
        options(DROPOUTS, (share) => (Number(share) ? `${100 * Number(share)} %` : "none")),
        {
          title: "Share of the hidden units that is set to 0 at random in every update",
          change: (value) => set({ dropout: Number(value) }),
        },
      ),
    };
    this.layers = element("div", "field layers");
    this.fewer = this.#layerButton("\u2212", "One hidden layer fewer", () => model.settings.layers.slice(0, -1));
    this.more = this.#layerButton("+", "One hidden layer more", () => [
      ...model.settings.layers,
      model.settings.layers.at(-1) ?? 4,
    ]);
    this.layerCount = element("b");
    const count = element("div", "row");
    count.append(this.fewer, this.layerCount, this.more);
    this.layers.append(element("span", "name", "Hidden layers"), count);
    this.box.append(this.layers, ...Object.values(this.fields).map(({ box }) => box));
    this.update();
  }

  /** @param {string} sign @param {string} title @param {() => number[]} layers */
  #layerButton(sign, title, layers) {
    const made = button(sign, { title, onclick: () => this.model.set({ layers: layers() }) });
    made.setAttribute("aria-label", title);
    return made;
  }

  update() {
    const { settings } = this.model;
    for (const [name, field] of Object.entries(this.fields))
      field.set(String(settings[/** @type {keyof Settings} */ (name)]));
    this.fields.strength.control.disabled = settings.penalty === "none";
    write(this.layerCount, String(settings.layers.length));
    this.fewer.disabled = settings.layers.length === 0;
    this.more.disabled = settings.layers.length === MOST_LAYERS;
  }
}
