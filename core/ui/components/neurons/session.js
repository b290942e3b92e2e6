// A training as it runs in the worker: told what to learn, asked for a while of training and for how things stand after
// it. Works without a worker too. Knows no page.

import { fastestEngine } from "./engine.js";
import { GRID, PICTURE, Painter, Pictures, limitOf } from "./pictures.js";
import { Trainer } from "./trainer.js";

/** @typedef {import("./trainer.js").Saved} Saved */
/** @typedef {import("./trainer.js").Score} Score */
/** @typedef {import("./settings.js").Settings} Settings */
/** @typedef {{ steps?: number, epochs?: number, milliseconds?: number }} Amount of training */
/**
 * What the session is told.
 * @typedef {{ kind: "build", points: import("./datasets.js").Points, settings: Settings, keep: boolean, saved: Saved |
 * null }
 *   | { kind: "change", settings: Settings }
 *   | { kind: "restore", saved: Saved }
 *   | { kind: "colours", colours: import("./pictures.js").Colours }
 *   | { kind: "weight", index: number, value: number }
 *   | { kind: "frame", number: number, amount: Amount, used: ArrayBuffer[] }} Message
 */
/**
 * How things stand after a while of training.
 * @typedef {Saved & { number: number, train: Score, test: Score | null, units: Uint32Array, answer: Uint32Array,
 *   outputs: Float32Array, progress: number, begun: number, took: number }} Frame `units` are the pixels of every
 * unit, `answer` those of the plane; `progress` are epochs with the share of the one that is going on, `begun` is the
 * loss of the first weights, `took` the milliseconds of the pictures
 */

export class Session {
  constructor() {
    /** @type {Trainer | null} */ this.trainer = null;
    /** @type {Pictures | null} */ this.pictures = null;
    /** @type {Painter | null} */ this.painter = null;
    /** @type {ArrayBuffer[]} */ this.spare = [];
    this.begun = Number.NaN;
  }

  /** @param {Message} message @returns {{ frame: Frame, moved: ArrayBuffer[] } | null} `moved` may change hands */
  tell(message) {
    if (message.kind === "build") this.#build(message);
    else if (message.kind === "change") this.trainer?.change(message.settings);
    else if (message.kind === "restore") this.trainer?.restore(message.saved);
    else if (message.kind === "colours") this.painter = new Painter(message.colours);
    else if (message.kind === "weight" && this.trainer) this.trainer.network.params[message.index] = message.value;
    else if (message.kind === "frame") return this.#frame(message);
    return null;
  }

  /** @param {Extract<Message, { kind: "build" }>} message */
  #build({ points, settings, keep, saved }) {
    const before = this.trainer;
    const trainer = new Trainer(points, settings, fastestEngine());
    const same =
      before &&
      String(before.network.sizes) === String(trainer.network.sizes) &&
      before.network.goal === trainer.network.goal;
    if (keep && same) trainer.takeOver(before);
    else this.begun = trainer.score(trainer.train).loss;
    if (saved && saved.params.length === trainer.network.count) trainer.restore(saved);
    this.trainer = trainer;
    this.pictures = new Pictures(trainer.network, settings.features);
  }

  /** @param {Extract<Message, { kind: "frame" }>} message */
  #frame({ number, amount, used }) {
    const { trainer, pictures, painter } = this;
    if (!trainer || !pictures || !painter) return null;
    this.spare.push(...used);
    train(trainer, amount);
    const begun = performance.now();
    pictures.compute();
    const units = new Uint32Array(this.#room(4 * pictures.values.length));
    const answer = new Uint32Array(this.#room(4 * GRID * GRID));
    const outputs = new Float32Array(this.#room(4 * pictures.outputs.length));
    const size = PICTURE * PICTURE;
    const { goal } = trainer.network;
    for (let unit = 0; unit < pictures.units; unit++) {
      const values = pictures.values.subarray(unit * size, (unit + 1) * size);
      const pixels = units.subarray(unit * size, (unit + 1) * size);
      // The only output is shown as the plane is; all other units are blue below zero and red above.
      if (goal !== "classes" && unit === pictures.units - 1) painter.paintAnswer(goal, values, pixels);
      else painter.paintSigned(values, limitOf(values), pixels);
    }
    painter.paintAnswer(goal, pictures.outputs, answer);
    outputs.set(pictures.outputs);
    /** @type {Frame} */
    const frame = {
      ...trainer.save(),
      number,
      progress: trainer.progress,
      begun: this.begun,
      train: trainer.score(trainer.train),
      test: trainer.test.length ? trainer.score(trainer.test) : null,
      units,
      answer,
      outputs,
      took: performance.now() - begun,
    };
    return { frame, moved: [units.buffer, answer.buffer, outputs.buffer] };
  }

  /** @param {number} bytes @returns {ArrayBuffer} one that was used before, if there is one of this size */
  #room(bytes) {
    const at = this.spare.findIndex((one) => one.byteLength === bytes);
    if (at >= 0) return this.spare.splice(at, 1)[0];
    if (this.spare.length > 12) this.spare.length = 0; // of a network that is gone
    return new ArrayBuffer(bytes);
  }
}

/** @param {Trainer} trainer @param {Amount} amount */
function train(trainer, { steps = 0, epochs = 0, milliseconds = 0 }) {
  for (let k = 0; k < steps; k++) trainer.step();
  for (let k = 0; k < epochs; k++) trainer.epoch();
  const end = performance.now() + milliseconds;
  while (milliseconds && performance.now() < end) for (let k = 0; k < 20; k++) trainer.step();
}
