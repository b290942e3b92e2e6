// Where the points come from: data sets to choose, a pen, a table of one's own. Knows no network.

import { textIn } from "../lib/csv.js";
import { button, element, write } from "../lib/elements.js";
import { CLASS_COLOURS, css, drawMark, markOf } from "./colours.js";
import { BadTable, MOST_CHARACTERS, readTable, tooLarge } from "./csv.js";
import { EDGE, MADE, makePoints, measuredPoints } from "./datasets.js";
import { numberField, selectField, sliderField } from "./fields.js";
import { whole } from "./numbers.js";
import { MOST_CLASSES } from "./own_points.js";

/** @typedef {import("./model.js").Model} Model */

const THUMB = 40;

/** @param {HTMLCanvasElement} canvas @param {import("./datasets.js").Points} points */
function paintThumb(canvas, points) {
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const scale = canvas.width / THUMB;
  context.scale(scale, scale);
  context.fillStyle = "#fff";
  context.fillRect(0, 0, THUMB, THUMB);
  for (let k = 0; k < points.y.length; k++) {
    const [x, y] = [
      ((points.x[2 * k] + EDGE) / (2 * EDGE)) * THUMB,
      ((EDGE - points.x[2 * k + 1]) / (2 * EDGE)) * THUMB,
    ];
    const value = points.classes ? points.y[k] : points.y[k] > 0 ? 1 : 0;
    context.globalAlpha = points.classes ? 1 : Math.min(1, 0.15 + Math.abs(points.y[k]));
    context.fillStyle = css(CLASS_COLOURS[value]);
    context.fillRect(x - 1.25, y - 1.25, 2.2, 2.2);
  }
}

/** The data sets, and what can be set of them. */
export class DataPanel {
  /** @param {Model} model @param {Record<string, string>} titles of the measured data sets */
  constructor(model, titles) {
    this.model = model;
    this.box = element("div", "data");
    this.chosen = element("div", "chosen");
    this.thumbs = element("div", "thumbs");
    this.thumbs.setAttribute("role", "group");
    this.thumbs.setAttribute("aria-label", "Data sets");
    /** @type {Record<string, HTMLButtonElement>} */ this.buttons = {};
    /** @type {Record<string, string>} */ this.titles = { ...titles, own: "Your points" };
    for (const [name, { title }] of Object.entries(MADE)) {
      this.titles[name] = title;
      this.#thumb(
        name,
        makePoints(/** @type {keyof typeof MADE} */ (name), { count: 150, noise: 0.05, classes: 3, seed: 1 }),
      );
    }
    for (const name of Object.keys(titles)) {
      const { x1, x2, y, names, axes } = model.tables[name];
      this.#thumb(name, measuredPoints(x1, x2, y, names, axes));
    }
    const set = (/** @type {Partial<import("./settings.js").Settings>} */ changes) => model.set(changes);
    this.fields = {
      points: sliderField("Points", {
        min: 20,
        max: 1000,
        step: 20,
        title: "How many there are",
        change: (points) => set({ points }),
      }),
      noise: sliderField("Noise", {
        min: 0,
        max: 50,
        step: 5,
        unit: " %",
        title: "How far points scatter",
        change: (noise) => set({ noise }),
      }),
      test: sliderField("Test", {
        min: 0,
        max: 80,
        step: 10,
        unit: " %",
        title: "Share of the points that is only looked at, never learnt from: the hollow ones",
        change: (test) => set({ test }),
      }),
    };
    this.classes = selectField(
      "Classes",
      [2, 3, 4, 5, 6].map((one) => ({ value: String(one), text: String(one) })),
      { title: "How many kinds of points", change: (value) => set({ classes: Number(value) }) },
    );
    this.seed = numberField("Seed", {
      min: 0,
      max: 9999,
      step: 1,
      title: "Of points, split, first weights and order: the same seed gives the same training",
      change: (seed) => set({ seed: Math.round(seed) }),
    });
    const grid = element("div", "grid");
    const { points, noise, test } = this.fields;
    grid.append(points.box, noise.box, test.box, this.seed.box, this.classes.box);
    this.box.append(this.chosen, this.thumbs, grid);
    this.update();
  }

  /** @param {string} name @param {import("./datasets.js").Points} points */
  #thumb(name, points) {
    const made = button("", {
      title: this.titles[name],
      onclick: () => this.model.set({ data: name }),
      className: "thumb",
    });
    const canvas = Object.assign(element("canvas"), { width: 2 * THUMB, height: 2 * THUMB });
    paintThumb(canvas, points);
    made.setAttribute("aria-label", this.titles[name]);
    made.append(canvas);
    this.buttons[name] = made;
    this.thumbs.append(made);
  }

  update() {
    const { settings, points } = this.model;
    const { data } = settings;
    for (const [name, one] of Object.entries(this.buttons)) one.setAttribute("aria-pressed", String(name === data));
    const made = data in MADE ? MADE[/** @type {keyof typeof MADE} */ (data)] : null;
    write(this.chosen, data === "own" || !made ? `${this.titles[data]} (${points.y.length})` : this.titles[data]);
    this.fields.points.box.hidden = this.fields.noise.box.hidden = !made;
    this.classes.box.hidden = made?.classes !== "many";
    this.fields.points.set(settings.points);
    this.fields.noise.set(settings.noise);
    this.fields.test.set(settings.test);
    this.classes.set(String(settings.classes));
    this.seed.set(settings.seed);
  }
}

/** The pen: look, draw a class, erase, take back. */
export class Pen {
  /** @param {(mode: number | "look" | "erase") => void} choose @param {{ undo: () => void, clear: () => void }} acts */
  constructor(choose, { undo, clear }) {
    this.box = element("div", "pen");
    this.box.setAttribute("role", "group");
    this.box.setAttribute("aria-label", "Pen");
    this.box.append(element("b", "all", "Draw your own points"));
    /** @type {number | "look" | "erase"} */ this.mode = "look";
    /** @type {Map<number | "look" | "erase", HTMLButtonElement>} */ this.modes = new Map();
    const mode = (
      /** @type {number | "look" | "erase"} */ which,
      /** @type {string} */ text,
      /** @type {string} */ title,
    ) => {
      const made = button(text, {
        title,
        onclick: () => {
          this.set(which);
          choose(which);
        },
      });
      if (text) made.className = "wide";
      else made.setAttribute("aria-label", title);
      this.modes.set(which, made);
      this.box.append(made);
      return made;
    };
    mode("look", "Look", "Click a point to see what it teaches");
    mode("erase", "Erase", "Erase points");
    for (let kind = 0; kind < MOST_CLASSES; kind++)
      mode(kind, "", `Draw points of class ${kind + 1}`).append(markOf(kind));
    this.undo = button("Undo", { title: "Take back the last stroke.", onclick: undo, className: "wide" });
    this.clear = button("Clear", { title: "Take away all points", onclick: clear, className: "wide" });
    this.box.append(this.undo, this.clear);
    this.set("look");
  }

  /** @param {number | "look" | "erase"} mode */
  set(mode) {
    this.mode = mode;
    for (const [which, one] of this.modes) one.setAttribute("aria-pressed", String(which === mode));
  }
}

/** A table to paste or to upload. */
export class TablePanel {
  /** @param {(points: import("./datasets.js").Points) => void} take */
  constructor(take) {
    this.take = take;
    this.box = element("details", "panel");
    this.text = Object.assign(element("textarea"), {
      rows: 6,
      spellcheck: false,
      placeholder: "height, weight, kind\n171, 64.5, cat\n180, 81.0, dog",
    });
    this.text.setAttribute("aria-label", "A table with two columns of numbers and a label");
    const file = Object.assign(element("input"), { type: "file", accept: ".csv,.tsv,.txt,text/csv,text/plain" });
    file.setAttribute("aria-label", "A CSV file");
    file.onchange = async () => {
      await this.#upload(file.files?.[0]);
      file.value = "";
    };
    this.text.onpaste = (event) => this.#refuse(event, event.clipboardData?.getData("text") ?? "");
    this.text.ondrop = (event) => {
      const [dropped] = event.dataTransfer?.files ?? [];
      if (dropped) event.preventDefault();
      if (dropped) this.#upload(dropped);
      else this.#refuse(event, event.dataTransfer?.getData("text") ?? "");
    };
    this.said = element("p", "said");
    this.said.setAttribute("role", "status");
    const row = element("div", "row");
    row.append(
      button("Use this table", {
        title: "Learn from these points",
        onclick: () => this.read(this.text.value),
        className: "primary",
      }),
      file,
    );
    this.box.append(
      element("summary", "", "Your own table (CSV)"),
      element(
        "p",
        "",
        "Two columns of numbers and a label: the name of one of two to six classes, or a number to predict. " +
          "At most 5,000 rows. Nothing is sent to the server.",
      ),
      this.text,
      row,
      this.said,
    );
  }

  /** @param {string} text @param {boolean} wrong */
  #say(text, wrong) {
    write(this.said, text);
    this.said.className = wrong ? "said wrong" : "said";
  }

  /** A field with 100,000 lines would keep the browser busy for minutes. @param {Event} event that brings a text
   * @param {string} text */
  #refuse(event, text) {
    const problem = tooLarge(text);
    if (!problem) return;
    event.preventDefault();
    this.#say(problem, true);
  }

  /** @param {File | undefined} file */
  async #upload(file) {
    if (!file) return;
    if (file.size > MOST_CHARACTERS) {
      const size = `${whole(Math.round(file.size / 1000))} kB; the limit is ${MOST_CHARACTERS / 1000} kB.`;
      this.#say(`${file.name} has ${size} Leave out columns or rows.`, true);
      return;
    }
    const text = textIn(await file.arrayBuffer());
    this.text.value = tooLarge(text) ? "" : text;
    this.read(text);
  }

  /** @param {string} text */
  read(text) {
    try {
      const { points, said } = readTable(text);
      this.take(points);
      this.#say(said, false);
    } catch (problem) {
      if (!(problem instanceof BadTable)) throw problem;
      this.#say(problem.message, true);
    }
  }
}

/**
 * The marks of the classes with their names.
 * @param {HTMLElement} box
 * @param {import("./datasets.js").Points} points
 */
export function showLegend(box, points) {
  const entries = points.names.map((name, kind) => {
    const entry = element("span");
    entry.append(markOf(kind), name);
    return entry;
  });
  const hollow = element("span");
  const canvas = Object.assign(element("canvas", "mark"), { width: 36, height: 36 });
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.scale(2, 2);
  drawMark(context, { x: 9, y: 9, radius: 5, kind: 0, fill: "#556", hollow: true });
  hollow.append(canvas, "test");
  box.replaceChildren(...entries, hollow);
}
