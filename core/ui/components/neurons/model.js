// What the playground knows: settings, points, the training in its worker, and how it stands. Knows no elements.

import { MADE, makePoints, measuredPoints } from "./datasets.js";
import { featuresOf } from "./features.js";
import { History } from "./history.js";
import { Network } from "./network.js";
import { fixed } from "./numbers.js";
import { Optimiser } from "./optimisers.js";
import { ownPoints } from "./own_points.js";
import { Session } from "./session.js";
import { SPEEDS, defaults } from "./settings.js";
import { goalOf, sizesOf, split } from "./trainer.js";

/** @typedef {import("./datasets.js").Points} Points */
/** @typedef {import("./own_points.js").OwnPoint} OwnPoint */
/** @typedef {import("./session.js").Frame} Frame */
/** @typedef {import("./session.js").Message} Message */
/** @typedef {import("./settings.js").Settings} Settings */
/** @typedef {{ x1: number[], x2: number[], y: number[], names: string[], axes: [string, string] }} Table measured */
/** @typedef {"settings" | "points" | "network" | "frame" | "running" | "said"} Change */

const WITHOUT_RESET = ["optimiser", "rate", "batch", "penalty", "strength", "dropout", "speed"];
const TOO_HIGH = 1e6; // a loss that counts as burst
const QUICK = 9; // ms of pictures that the page itself may make within a frame
const CHEAP = 1e6; // products of an update or an epoch that it may compute as well
const WORSE = 2; // times the first loss that is no learning any more
const MEMORY = 0.95; // of the mean of the losses that is judged: some 20 frames
const LONGEST = 0.1; // seconds that one frame makes up for

export class Model {
  /**
   * @param {{ tables: Record<string, Table>, worker: () => Worker | null, colours: import("./pictures.js").Colours }}
   * given
   */
  constructor({ tables, worker, colours }) {
    this.tables = tables;
    this.settings = defaults();
    /** @type {OwnPoint[]} */ this.drawn = [];
    /** @type {Points | null} */ this.table = null; // pasted or uploaded, where the own points are that
    this.history = new History();
    this.running = false;
    /** @type {string} */ this.said = ""; // about the training, for people
    /** @type {Frame | null} */ this.frame = null;
    /** @type {((change: Change) => void)[]} */ this.listeners = [];
    this.number = 0; // of the network: frames of an older one are dropped
    this.owed = 0; // training that is due and did not fit into a frame
    this.last = 0;
    this.awaited = false;
    this.stale = false;
    /** @type {ArrayBuffer[]} */ this.used = [];
    this.points = this.#findPoints();
    this.network = this.#emptyNetwork();
    this.mean = Number.NaN; // of the losses of late
    this.edited = false; // by hand: whatever the loss does then, it need not be the learning rate
    this.colours = colours;
    this.worker = worker();
    this.session = this.worker ? null : new Session();
    if (this.worker) {
      this.worker.onmessage = ({ data }) => this.#take(data);
      this.worker.onerror = () => this.#withoutWorker();
    }
    this.#tell({ kind: "colours", colours });
    /** @type {{ session: Session, number: number } | null} */ this.here = null; // beside the worker, see `advance`
  }

  /** Go on in the page itself: some browsers have workers, but none that are modules, and say so late. */
  #withoutWorker() {
    this.worker?.terminate();
    this.worker = null;
    this.session = new Session();
    this.#tell({ kind: "colours", colours: this.colours });
    this.build(false, this.frame);
  }

  /** @param {Change} change */
  #say(change) {
    for (const listener of this.listeners) listener(change);
  }

  /** @param {Message} message @param {ArrayBuffer[]} moved */
  #tell(message, moved = []) {
    if (this.worker) this.worker.postMessage(message, moved);
    else {
      const told = this.session?.tell(message);
      if (told) this.#take(told.frame);
    }
  }

  /** @returns {Points} */
  #findPoints() {
    const { data, points: count, noise, classes, seed } = this.settings;
    if (data === "own") return this.table ?? ownPoints(this.drawn);
    if (data in MADE) {
      return makePoints(/** @type {keyof typeof MADE} */ (data), { count, noise: noise / 100, classes, seed });
    }
    const { x1, x2, y, names, axes } = this.tables[data];
    return measuredPoints(x1, x2, y, names, axes);
  }

  #emptyNetwork() {
    return new Network(sizesOf(this.points, this.settings), this.settings.activation, goalOf(this.points));
  }

  /** Make points and network anew. @param {boolean} keep the weights, where the shape stays the same
   * @param {import("./session.js").Saved | null} saved weights to go on with */
  build(keep = false, saved = null) {
    this.points = this.#findPoints();
    const before = this.network;
    this.network = this.#emptyNetwork();
    const fits = String(before.sizes) === String(this.network.sizes);
    if (keep && fits) this.network.params.set(before.params); // until the worker has answered
    this.parts = split(this.points.y.length, this.settings.test, this.settings.seed);
    this.number += 1;
    this.owed = 0;
    this.awaited = false;
    if (!keep || !fits) {
      this.history.clear();
      this.mean = Number.NaN;
      this.edited = false;
    }
    if (!keep) this.said = "";
    if (!this.points.y.length) this.running = false;
    else this.#tell({ kind: "build", points: this.points, settings: this.settings, keep, saved });
    this.stale = this.points.y.length > 0;
    this.#say("points");
    this.#say("network");
    this.#say("running");
  }

  /** @param {Partial<Settings>} changes */
  set(changes) {
    this.settings = { ...this.settings, ...changes };
    if (Object.keys(changes).every((name) => WITHOUT_RESET.includes(name))) {
      this.#tell({ kind: "change", settings: this.settings });
      this.stale = true;
      this.mean = Number.NaN; // what is set now is judged anew
    } else this.build();
    this.#say("settings");
  }

  /** @param {readonly OwnPoint[]} drawn the network goes on with them @param {boolean} keep its weights */
  draw(drawn, keep = true) {
    this.drawn = [...drawn];
    this.table = null;
    this.settings = { ...this.settings, data: "own" };
    this.build(keep);
    this.#say("settings");
  }

  /**
   * Have the points of before again; what else was set since stays, and so do the weights where they fit.
   * @param {{ data: string, drawn: OwnPoint[], table: Points | null }} before
   */
  takeBack({ data, drawn, table }) {
    Object.assign(this, { drawn, table });
    this.settings = { ...this.settings, data };
    this.build(data === "own");
    this.#say("settings");
  }

  /** @param {Points} table that somebody brought */
  bring(table) {
    this.table = table;
    this.drawn = [];
    this.settings = { ...this.settings, data: "own" };
    this.build();
    this.#say("settings");
  }

  /** @param {boolean} running */
  run(running) {
    this.running = running && this.points.y.length > 0;
    this.owed = 0;
    this.last = 0;
    this.said = "";
    this.#say("running");
    this.#say("said");
  }

  /**
   * Learn from one batch, or for one epoch. Where that is little, the page does it itself and lets the worker know: a
   * browser draws the answer to a click before it hears of any worker.
   * @param {{ steps?: number, epochs?: number }} amount
   */
  advance(amount) {
    if (this.running) this.run(false);
    if (!this.points.y.length) return;
    if (this.#isQuick(amount)) this.#advanceHere(amount);
    else this.#ask(amount);
  }

  /** @param {{ steps?: number, epochs?: number }} amount */
  #isQuick({ steps = 0, epochs = 0 }) {
    const { worker, awaited, stale, frame, number, parts, settings, network } = this;
    if (!worker || awaited || stale || frame?.number !== number || frame.took > QUICK) return false;
    const updates = steps + epochs * Math.ceil((parts?.train.length ?? 0) / settings.batch);
    return updates * Math.max(4, settings.batch) * network.count < CHEAP;
  }

  /** @param {{ steps?: number, epochs?: number }} amount */
  #advanceHere(amount) {
    const { points, settings, number, frame } = this;
    if (this.here?.number !== number) {
      this.here = { session: new Session(), number };
      this.here.session.tell({ kind: "colours", colours: this.colours });
      this.here.session.tell({ kind: "build", points, settings, keep: false, saved: null });
    }
    const { session } = this.here;
    session.tell({ kind: "change", settings });
    if (frame) session.tell({ kind: "restore", saved: frame });
    const told = session.tell({ kind: "frame", number, amount, used: this.used.splice(0) });
    if (!told) return;
    const { params, first, second, made, steps, epochs, at, order, random } = told.frame;
    this.#tell({ kind: "restore", saved: { params, first, second, made, steps, epochs, at, order, random } });
    this.#take({ ...told.frame, begun: frame?.begun ?? told.frame.begun });
  }

  /** @param {number} index of the parameter @param {number} value */
  setWeight(index, value) {
    this.network.params[index] = value;
    this.edited = true;
    this.#tell({ kind: "weight", index, value });
    this.stale = true;
  }

  /** Once for every frame of the screen. @param {number} now in milliseconds */
  tick(now) {
    if (this.awaited) return;
    if (this.running) this.#ask(this.#due(now));
    else if (this.stale) this.#ask({});
  }

  /** @param {number} now @returns {import("./session.js").Amount} of training for this frame */
  #due(now) {
    const speed = SPEEDS[this.settings.speed];
    const passed = this.last ? Math.min(LONGEST, (now - this.last) / 1000) : 1 / 60;
    this.last = now;
    if (speed.milliseconds) return { milliseconds: speed.milliseconds };
    this.owed += passed * (speed.steps ?? speed.epochs ?? 0);
    const whole = Math.floor(this.owed + 1e-9);
    this.owed -= whole;
    return speed.steps ? { steps: whole } : { epochs: whole };
  }

  /** @param {import("./session.js").Amount} amount */
  #ask(amount) {
    this.awaited = true;
    this.stale = false;
    const used = this.used.splice(0);
    this.#tell({ kind: "frame", number: this.number, amount, used }, used);
  }

  /** @param {Frame} frame */
  #take(frame) {
    if (frame.number !== this.number) return; // of a network that is gone
    this.awaited = false;
    if (this.frame) {
      for (const one of [this.frame.units, this.frame.answer, this.frame.outputs]) {
        if (one.byteLength) this.used.push(/** @type {ArrayBuffer} */ (one.buffer));
      }
    }
    this.frame = frame;
    if (!this.stale) this.network.params.set(frame.params);
    const { train, test } = frame;
    this.history.add(frame.progress, train.loss, test ? test.loss : null);
    this.#judge(train.loss, frame.begun);
    this.#say("frame");
  }

  /** Say it where the steps are too long; where the loss bursts, stop. @param {number} loss
   * @param {number} begun the loss of the first weights */
  #judge(loss, begun) {
    if (!Number.isFinite(loss) || loss > TOO_HIGH) {
      this.running = false;
      this.said = this.edited
        ? "The loss has diverged: weights that were set by hand, or the steps from there, are too large. Reset them."
        : `The loss has diverged: the steps are too large, and each one leads further off. ${this.#advice}`;
      this.#say("running");
      this.#say("said");
      return;
    }
    if (!this.running) return;
    this.mean = MEMORY * (this.mean || begun) + (1 - MEMORY) * loss;
    const worse = this.mean > WORSE * begun && !this.edited;
    if (worse === Boolean(this.said) || (this.said && this.mean > begun)) return;
    this.said = worse
      ? `The loss stays above the ${fixed(begun)} of the first weights: the steps are too large. ${this.#advice}`
      : "";
    this.#say("said");
  }

  /** @returns {string} what to try where the steps are too long */
  get #advice() {
    const { rate, optimiser } = this.settings;
    const other = optimiser === "adam" ? "" : ", or Adam";
    return (
      `A learning rate of ${rate} is too high here. ` +
      `Try ${Number((rate / 10).toPrecision(1))}${other}, and reset the weights.`
    );
  }

  /** @returns {string} what is wrong with the points, a sentence; nothing where they will do */
  get problem() {
    const { y, classes, names } = this.points;
    if (y.length === 0) return "There are no points. Choose a class and draw some in the plane.";
    const kinds = new Set(y);
    if (classes && kinds.size < 2) {
      return `All points are ${names[y[0]]}: there is nothing to tell apart. Draw points of a second class.`;
    }
    return "";
  }

  /** The optimiser as it is in the worker. @returns {Optimiser} */
  get optimiser() {
    const made = new Optimiser(this.settings.optimiser, this.network.count);
    if (this.frame && this.frame.first.length === made.first.length) {
      made.first.set(this.frame.first);
      made.second.set(this.frame.second);
      made.steps = this.frame.made;
    }
    return made;
  }

  /** @param {number} x1 @param {number} x2 @returns {Float64Array} what the network is given of a place */
  featuresAt(x1, x2) {
    return featuresOf(this.settings.features, [x1, x2]);
  }

  /** @param {number} x1 @param {number} x2 @returns {number} the number of the nearest point, -1 where there is none */
  nearest(x1, x2) {
    const { x } = this.points;
    let [best, most] = [-1, Infinity];
    for (let k = 0; k < x.length / 2; k++) {
      const distance = (x[2 * k] - x1) ** 2 + (x[2 * k + 1] - x2) ** 2;
      if (distance < most) [best, most] = [k, distance];
    }
    return best;
  }

  end() {
    this.worker?.terminate();
    this.listeners = [];
  }
}
