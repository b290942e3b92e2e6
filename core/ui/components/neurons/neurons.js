// The playground: a network that learns from points, in the browser. Python sends measured data sets and colours, and
// hears only of a training that shall become a run.

import { write } from "../lib/elements.js";
import { pressOnUndo } from "../lib/keyboard.js";
import { mount } from "../lib/mounting.js";
import { watchWidth } from "../lib/resizing.js";
import { save } from "./code_panel.js";
import { CLASS_COLOURS, MIDDLE } from "./colours.js";
import { writeTable } from "./csv.js";
import { showLegend } from "./data_panel.js";
import { Drawing } from "./drawing.js";
import { answer } from "./explain.js";
import { FEATURE_NAMES } from "./features.js";
import { measuredOf } from "./inspector.js";
import { Model } from "./model.js";
import { short } from "./numbers.js";
import { writeOwn } from "./own_points.js";
import { layOut, makeParts, placePen } from "./parts.js";
import { GRID } from "./pictures.js";
import { comeBack, keepAddress, leave } from "./remembering.js";
import { describeBoundary } from "./shape.js";
import { editWeight } from "./weight_editor.js";
import { answerName, inputName, standing } from "./wording.js";

/** @typedef {import("./diagram.js").Unit} Unit */
/** @typedef {{ x1: number, x2: number }} Place */
/**
 * @typedef {object} Data
 * @property {Record<string, import("./model.js").Table & { title: string }>} tables measured data sets
 * @property {import("./pictures.js").Colour[]} palette of signed values, 255 colours
 * @property {import("../lib/csv.js").CsvStyle} csv how points are saved
 */

const TALK = 400; // ms between two descriptions while it learns
const KEEP = 300; // ms without another change, and the address is written
const REST =
  "Point at a unit to see its arithmetic; click it to change its weights. Click a line to change one weight.";

/** @returns {Worker | null} null where the browser has no workers that are modules */
function makeWorker() {
  try {
    return new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
  } catch {
    return null;
  }
}

/** @param {import("./datasets.js").Points} one @param {import("./datasets.js").Points} other @param {number} k
 * @returns {boolean} whether point k is the same in both */
const hasSame = (one, other, k) =>
  one.y[k] === other.y[k] && one.x[2 * k] === other.x[2 * k] && one.x[2 * k + 1] === other.x[2 * k + 1];

class Playground {
  /** @param {HTMLElement} root @param {Data} data @param {(run: object) => void} train */
  constructor(root, data, train) {
    this.root = root;
    this.train = train;
    this.csv = data.csv;
    const colours = { classes: [...CLASS_COLOURS], middle: MIDDLE, signed: data.palette };
    this.model = new Model({ tables: data.tables, worker: makeWorker, colours });
    const problems = comeBack(this.model);
    this.drawing = new Drawing(this.model);
    this.parts = makeParts(this.model, data, colours, this.#hands());
    layOut(root, this.parts);
    this.keys = new AbortController();
    pressOnUndo(this.parts.pen.undo, this.keys.signal);
    /** @type {Unit | null} */ this.unit = null; // that is pointed at
    /** @type {Unit | null} */ this.pinned = null;
    /** @type {Place | null} */ this.place = null; // that is pointed at, in the plane or in the picture of a unit
    this.chosen = -1; // the point that is looked at
    this.fresh = false;
    this.talked = 0;
    this.frames = 0;
    this.timer = 0;
    this.ended = false;
    this.model.listeners.push((change) => this.#heard(change));
    this.stopWatching = watchWidth(root, () => this.#resize());
    root.addEventListener("keydown", (event) => event.stopPropagation()); // Streamlit has shortcuts on single letters
    this.visible = () => {
      this.model.last = 0;
    };
    document.addEventListener("visibilitychange", this.visible);
    this.#resize();
    this.#networkChanged();
    this.#pointsChanged();
    this.#say([...problems, this.model.problem].join(" ").trim());
    requestAnimationFrame(this.loop);
  }

  /** @returns {import("./parts.js").Hands} what the parts call */
  #hands() {
    const { model, drawing } = this;
    return {
      plane: {
        look: (place) => this.#choose(model.nearest(place.x1, place.x2)),
        hover: (place) => this.#hover(null, place),
        draw: (place, first) => this.#draw(place, first),
      },
      diagram: {
        hover: (unit, place) => this.#hover(unit, place),
        pin: (unit) => this.#pin(unit),
        edit: (edge, at) => this.#edit(edge, at),
        toggle: (feature) => this.#toggle(feature),
        resize: (layer, units) =>
          model.set({ layers: model.settings.layers.map((one, l) => (l === layer - 1 ? units : one)) }),
      },
      pen: (mode) => this.parts.plane.setDrawing(mode !== "look"),
      undo: () => drawing.undo(),
      clear: () => drawing.clear(),
      bring: (points) => model.bring(points),
      unpin: () => this.#pin(null),
      unchoose: () => this.#choose(-1),
      save: () => this.#save(),
      train: () => this.#train(),
    };
  }

  /** @param {string} text about what went wrong; nothing takes it away */
  #say(text) {
    write(this.parts.said, text);
    this.parts.said.hidden = !text;
  }

  /** @param {import("./model.js").Change} change */
  #heard(change) {
    const { model } = this;
    if (change === "frame") this.fresh = true;
    else if (change === "said") this.#say(model.said || model.problem);
    else if (change === "running") {
      this.parts.bar.update();
      this.fresh = true; // what the last frame left out
      if (!model.running) this.#talk(true);
    } else if (change === "points") this.#pointsChanged();
    else if (change === "network") this.#networkChanged();
    else this.#settingsChanged();
  }

  #settingsChanged() {
    this.parts.bar.update();
    this.parts.settings.update();
    this.parts.data.update();
    this.parts.code.update();
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => {
      const left = keepAddress(this.model);
      if (left) this.#say(left);
    }, KEEP);
  }

  #pointsChanged() {
    const { model } = this;
    this.test = new Set(model.parts?.test);
    if (!this.points || !hasSame(this.points, model.points, this.chosen)) this.chosen = -1;
    this.points = model.points;
    if (this.chosen < 0) this.parts.pointCard.show(model, -1); // otherwise with the next frame
    showLegend(this.parts.legend, model.points);
    this.#showPoints();
    this.parts.data.update();
    this.parts.pen.undo.disabled = this.drawing.before.length === 0;
    this.#say(model.problem);
  }

  #networkChanged() {
    const {
      model,
      parts: { diagram },
    } = this;
    const { sizes } = model.network;
    if (String(sizes) === this.shape && String(model.settings.features) === String(diagram.features)) return;
    this.shape = String(sizes);
    this.pinned = this.unit = null;
    this.parts.unitCard.pin(model, null, "");
    this.#buildDiagram();
    this.parts.line.rest(REST);
  }

  #buildDiagram() {
    const {
      model,
      parts: { diagram },
    } = this;
    diagram.build(model.network, model.settings.features, diagram.box.clientWidth);
    diagram.pin(this.pinned);
  }

  #resize() {
    const {
      root,
      model,
      parts: { plane, curves },
    } = this;
    const narrow = root.clientWidth < 860;
    root.classList.toggle("narrow", narrow);
    placePen(this.parts, narrow);
    const right = /** @type {HTMLElement} */ (plane.box.parentElement);
    plane.resize(Math.min(right.clientWidth, 420));
    curves.width = right.clientWidth;
    this.#showPoints();
    this.#buildDiagram();
    model.stale = model.points.y.length > 0;
  }

  #showPoints() {
    this.parts.plane.showPoints(this.model.points, this.test ?? new Set(), this.chosen);
  }

  loop = (/** @type {number} */ now) => {
    if (this.ended) return;
    if (!document.hidden) this.model.tick(now);
    if (this.fresh) this.#show(now);
    requestAnimationFrame(this.loop);
  };

  /** @param {number} now */
  #show(now) {
    const {
      model,
      parts: { diagram },
    } = this;
    const { frame, points } = model;
    this.fresh = false;
    if (!frame) return;
    diagram.network = model.network;
    // The units' pictures, lines and curves take most of the time, and change too little in a sixtieth of a second
    // to be seen.
    this.frames += 1;
    if (!model.running || this.frames % 2) diagram.showPictures(frame.units);
    if (!model.running || this.frames % 2 === 0) {
      diagram.showWeights();
      this.parts.curves.show(model.history, Boolean(frame.test));
    }
    this.parts.plane.showAnswer(frame.answer, frame.outputs, points.classes === 2);
    this.parts.bar.update();
    this.parts.unitCard.update(model);
    if (this.unit) this.#showUnit();
    if (!model.running && this.chosen >= 0) this.parts.pointCard.show(model, this.chosen);
    if (now - this.talked > TALK || !model.running) {
      this.talked = now;
      this.#talk(!model.running);
    }
  }

  /** Say how things stand. @param {boolean} aloud to those who do not see the page, too */
  #talk(aloud) {
    const { frame, points } = this.model;
    if (!frame || !points.y.length || frame.outputs.length % (GRID * GRID)) return;
    const text = standing(frame, points, points.classes ? describeBoundary(frame.outputs, GRID, points.names) : "");
    write(this.parts.standing, text);
    this.parts.plane.dots.setAttribute("aria-label", `The plane. ${text} Arrow keys move a cross, Enter clicks.`);
    if (aloud) write(this.parts.live, text);
  }

  /** @param {Unit | null} unit @param {Place | null} place */
  #hover(unit, place) {
    this.unit = unit ?? this.pinned;
    this.place = place;
    if (unit && unit.layer === 0) this.unit = null;
    this.parts.plane.showUnit(unit ? this.parts.diagram.pictureOf(unit) : null);
    if (this.unit) this.#showUnit();
    else if (place && this.model.points.y.length) this.#showPlace(place);
    else this.parts.line.rest(REST);
    if (!unit && this.parts.plane.dots.matches(":focus-visible")) this.#showPoints();
  }

  /** @param {Place} place */
  #showPlace({ x1, x2 }) {
    const { model } = this;
    const { probabilities } = answer(model.network, model.featuresAt(x1, x2));
    const measured = measuredOf(model);
    const place = [measured(x1, 0), measured(x2, 1)].map((value) => short(Number(value.toPrecision(3))));
    this.parts.line.rest(
      `At (${place.join(", ")}) the network says ${answerName(model.points, probabilities)}.`,
    );
  }

  #showUnit() {
    const { model, unit } = this;
    const near = this.place ? model.nearest(this.place.x1, this.place.x2) : Math.max(0, this.chosen);
    if (!unit || near < 0 || near >= model.points.y.length) return;
    const { x } = model.points;
    const { a } = answer(model.network, model.featuresAt(x[2 * near], x[2 * near + 1]));
    this.parts.line.show(model, unit, this.parts.diagram.nameOf(unit), near, a);
  }

  /** @param {Unit | null} unit */
  #pin(unit) {
    const same = unit && this.pinned && unit.layer === this.pinned.layer && unit.index === this.pinned.index;
    this.pinned = this.unit = same ? null : unit;
    this.parts.diagram.pin(this.pinned);
    this.parts.unitCard.pin(this.model, this.pinned, this.pinned ? this.parts.diagram.nameOf(this.pinned) : "");
    if (this.unit) this.#showUnit();
    else this.parts.line.rest(REST);
  }

  /** @param {import("./diagram.js").Edge} edge @param {{ x: number, y: number }} at */
  #edit(edge, { x, y }) {
    const {
      model,
      parts: { diagram },
    } = this;
    const to = diagram.nameOf({ layer: edge.layer, index: edge.to });
    const name = `${inputName(model.settings, edge.layer, edge.from)} \u2192 ${to}`;
    editWeight(diagram.sheet, {
      x,
      y,
      name,
      value: model.network.params[edge.param],
      change: (value) => model.setWeight(edge.param, value),
    });
  }

  /** @param {import("./features.js").Feature} feature */
  #toggle(feature) {
    const { features } = this.model.settings;
    const chosen = FEATURE_NAMES.filter((name) =>
      name === feature ? !features.includes(name) : features.includes(name),
    );
    if (chosen.length) this.model.set({ features: chosen });
    else this.#say("The network needs at least one input.");
  }

  /** @param {number} k a point, -1 for none */
  #choose(k) {
    this.chosen = k;
    this.#showPoints();
    this.parts.pointCard.show(this.model, k);
    if (k >= 0) write(this.parts.live, this.parts.pointCard.title.textContent ?? "");
  }

  /** @param {Place} place @param {boolean} first of a stroke */
  #draw(place, first) {
    const { mode } = this.parts.pen;
    if (first) this.drawing.remember();
    if (mode === "erase") this.drawing.erase(place);
    else if (typeof mode === "number") this.#say(this.drawing.add(place, mode) || this.model.problem);
  }

  #save() {
    const { model } = this;
    save("points.csv", writeTable(model.points, model.parts?.test ?? new Uint32Array(), measuredOf(model), this.csv));
  }

  #train() {
    const { model } = this;
    const { points, settings, frame } = model;
    if (model.problem) return this.#say(model.problem);
    if (!points.classes) return this.#say("Only points of classes can be trained as a run.");
    const written = (/** @type {Uint32Array | undefined} */ chosen) =>
      writeOwn(Array.from(chosen ?? [], (k) => ({ x1: points.x[2 * k], x2: points.x[2 * k + 1], kind: points.y[k] })));
    return this.train({
      ...settings,
      title: this.parts.data.titles[settings.data],
      names: points.names,
      train: written(model.parts?.train),
      test: written(model.parts?.test),
      epochs: Math.max(20, frame?.epochs ?? 0),
    });
  }

  end() {
    this.ended = true;
    this.keys.abort();
    clearTimeout(this.timer);
    leave(this.model);
    this.model.end();
    this.stopWatching();
    document.removeEventListener("visibilitychange", this.visible);
  }
}

/** @type {(run: import("../lib/mounting.js").Run<Data>) => () => void} */
export default mount("neurons", (root) => {
  /** @type {Playground | null} */ let playground = null;
  /** @type {(name: string, value: unknown) => void} */ let send = () => {};
  return {
    update({ data, setTriggerValue }) {
      send = setTriggerValue;
      playground ??= new Playground(root, data, (run) => send("train", run));
      playground.csv = data.csv;
    },
    end: () => playground?.end(),
  };
});
