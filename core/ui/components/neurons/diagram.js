// The network as a picture: a column for every layer, in it the picture of every unit, and lines for the weights. Knows
// no training.

import { button, element, write } from "../lib/elements.js";
import { sharp } from "./canvases.js";
import { EDGE } from "./datasets.js";
import { FEATURES, FEATURE_NAMES, featuresOf } from "./features.js";
import { fixed } from "./numbers.js";
import { PICTURE, limitOf } from "./pictures.js";
import { MOST_UNITS } from "./settings.js";

/** @typedef {import("./network.js").Network} Network */
/** @typedef {{ layer: number, index: number }} Unit layer 0 are the features; `index` counts all there are */
/** @typedef {{ x1: number, x2: number }} Place */
/**
 * @typedef {{ param: number, layer: number, to: number, from: number }} Edge `layer` of its end; `from` a unit or a row
 */
/**
 * What the diagram calls.
 * @typedef {object} Hands
 * @property {(unit: Unit | null, place: Place | null) => void} hover
 * @property {(unit: Unit) => void} pin
 * @property {(edge: Edge, at: { x: number, y: number }) => void} edit
 * @property {(feature: import("./features.js").Feature) => void} toggle
 * @property {(layer: number, units: number) => void} resize
 */

const [HEAD, GAP, PITCH] = [40, 5, 78];
const [NEGATIVE, POSITIVE, MARK] = ["#2f7fbd", "#d6604d", "#ffb000"];
const NEAR = 7; // pixels from a line that still count as on it

export class Diagram {
  /** @param {Hands} hands @param {import("./pictures.js").Painter} painter */
  constructor(hands, painter) {
    this.hands = hands;
    this.painter = painter;
    this.box = element("div", "diagram");
    this.sheet = element("div", "sheet");
    this.lines = element("canvas", "edges");
    this.parts = element("div");
    this.tip = element("div", "tip");
    this.tip.hidden = true;
    this.sheet.append(this.lines, this.parts, this.tip);
    this.box.append(this.sheet);
    /** @type {{ x: number, y: number, node: HTMLButtonElement, picture: HTMLCanvasElement }[][]} */ this.columns = [];
    /** @type {Edge | null} */ this.hot = null;
    /** @type {Unit | null} */ this.pinned = null;
    this.image = new ImageData(PICTURE, PICTURE);
    this.size = 44;
    this.#listen();
  }

  /**
   * Lay out a network anew.
   * @param {Network} network @param {readonly import("./features.js").Feature[]} features that are used
   * @param {number} width that there is
   */
  build(network, features, width) {
    this.network = network;
    this.features = features;
    this.hot = null;
    const rows = Math.max(FEATURE_NAMES.length, ...network.sizes.slice(1));
    this.size = Math.max(24, Math.min(44, Math.floor(376 / rows) - GAP));
    const columns = network.layers + 1;
    const pitch = Math.max(PITCH, (width - this.size - 24) / (columns - 1));
    const [wide, high] = [Math.ceil(pitch * (columns - 1) + this.size + 24), HEAD + rows * (this.size + GAP)];
    Object.assign(this.sheet.style, { width: `${wide}px`, height: `${high}px` });
    this.width = wide;
    this.height = high;
    this.parts.replaceChildren();
    this.columns = [...network.sizes.keys()].map((layer) => {
      const count = layer === 0 ? FEATURE_NAMES.length : network.sizes[layer];
      const top = HEAD + ((rows - count) * (this.size + GAP)) / 2;
      this.#head(layer, 12 + layer * pitch);
      return Array.from({ length: count }, (_, index) =>
        this.#unit({ layer, index }, 12 + layer * pitch, top + index * (this.size + GAP)),
      );
    });
    this.#paintFeatures();
    this.pin(null);
  }

  /** @param {number} layer @param {number} x */
  #head(layer, x) {
    const { network } = this;
    if (!network) return;
    const head = element("div", "head");
    head.style.left = `${x + this.size / 2}px`;
    if (layer === 0 || layer === network.layers) head.textContent = layer ? "output" : "inputs";
    else {
      const units = network.sizes[layer];
      const step = (/** @type {string} */ sign, /** @type {number} */ by) => {
        const made = button(sign, {
          title: `${by > 0 ? "One unit more" : "One unit fewer"} in hidden layer ${layer}`,
          onclick: () => this.hands.resize(layer, units + by),
        });
        made.setAttribute("aria-label", made.title);
        made.disabled = units + by < 1 || units + by > MOST_UNITS;
        return made;
      };
      head.append(step("\u2212", -1), element("b", "", String(units)), step("+", 1));
    }
    this.parts.append(head);
  }

  /** @param {Unit} unit @param {number} x @param {number} y */
  #unit(unit, x, y) {
    const { size } = this;
    const name = this.nameOf(unit);
    const node = button("", {
      title: "",
      onclick: () => this.#click(unit),
      className: unit.layer ? "unit" : "unit feature",
    });
    const picture = Object.assign(element("canvas"), { width: PICTURE, height: PICTURE });
    node.append(picture);
    node.setAttribute(
      "aria-label",
      unit.layer ? `${name}: show its arithmetic` : `Input ${FEATURES[FEATURE_NAMES[unit.index]].label}`,
    );
    Object.assign(node.style, { left: `${x}px`, top: `${y}px`, width: `${size}px`, height: `${size}px` });
    if (unit.layer === 0) {
      const feature = FEATURE_NAMES[unit.index];
      node.setAttribute("aria-pressed", String(Boolean(this.features?.includes(feature))));
      node.append(element("span", "", FEATURES[feature].label));
    }
    node.onpointermove = (event) => event.pointerType === "mouse" && this.hands.hover(unit, this.#place(node, event));
    node.onpointerleave = () => this.hands.hover(null, null);
    node.onfocus = () => node.matches(":focus-visible") && this.hands.hover(unit, null);
    node.onblur = () => this.hands.hover(null, null);
    this.parts.append(node);
    return { x, y, node, picture };
  }

  /** @param {Unit} unit */
  #click(unit) {
    if (unit.layer === 0) this.hands.toggle(FEATURE_NAMES[unit.index]);
    else this.hands.pin(unit);
  }

  /** @param {HTMLElement} node @param {MouseEvent} event @returns {Place} of the plane, in the picture of a unit */
  #place(node, { clientX, clientY }) {
    const { left, top, width, height } = node.getBoundingClientRect();
    return { x1: ((clientX - left) / width) * 2 * EDGE - EDGE, x2: EDGE - ((clientY - top) / height) * 2 * EDGE };
  }

  /** @param {Unit} unit @returns {string} */
  nameOf({ layer, index }) {
    const { network } = this;
    if (!network || layer === 0) return `input ${FEATURES[FEATURE_NAMES[index]].label}`;
    if (layer < network.layers) return `hidden layer ${layer}, unit ${index + 1}`;
    return network.sizes[layer] > 1 ? `output ${index + 1}` : "the output";
  }

  /** Mark a unit as pinned, or none. @param {Unit | null} unit */
  pin(unit) {
    this.pinned = unit;
    this.columns.forEach((column, layer) =>
      column.forEach(({ node }, index) => {
        if (layer) node.setAttribute("aria-pressed", String(unit?.layer === layer && unit.index === index));
      }),
    );
  }

  /** @param {Unit} unit @returns {HTMLCanvasElement} */
  pictureOf({ layer, index }) {
    return this.columns[layer][index].picture;
  }

  #paintFeatures() {
    const places = new Float64Array(2 * PICTURE * PICTURE);
    for (let k = 0; k < PICTURE * PICTURE; k++) {
      places[2 * k] = (((k % PICTURE) + 0.5) / PICTURE) * 2 * EDGE - EDGE;
      places[2 * k + 1] = EDGE - ((Math.floor(k / PICTURE) + 0.5) / PICTURE) * 2 * EDGE;
    }
    const pixels = new Uint32Array(this.image.data.buffer);
    FEATURE_NAMES.forEach((name, index) => {
      const values = Float32Array.from(featuresOf([name], places));
      this.painter.paintSigned(values, limitOf(values), pixels);
      this.columns[0][index].picture.getContext("2d")?.putImageData(this.image, 0, 0);
    });
  }

  /** Show a frame: the pictures of all units, and the weights. @param {Uint32Array} pixels of every unit */
  showPictures(pixels) {
    const to = new Uint32Array(this.image.data.buffer);
    const size = PICTURE * PICTURE;
    let at = 0;
    for (const column of this.columns.slice(1)) {
      for (const { picture } of column) {
        to.set(pixels.subarray(at, (at += size)));
        picture.getContext("2d")?.putImageData(this.image, 0, 0);
      }
    }
  }

  /**
   * Every line with its weight.
   * @param {(edge: Edge, ends: [number, number, number, number], weight: number) => void} visit
   */
  #eachEdge(visit) {
    const { network, columns, size } = this;
    if (!network) return;
    let param = 0;
    for (let layer = 1; layer <= network.layers; layer++) {
      const inputs = network.sizes[layer - 1];
      for (let to = 0; to < network.sizes[layer]; to++) {
        const end = columns[layer][to];
        for (let from = 0; from < inputs; from++, param++) {
          const row = layer === 1 ? FEATURE_NAMES.indexOf((this.features ?? [])[from]) : from;
          const begin = columns[layer - 1][row];
          visit(
            { param, layer, to, from },
            [begin.x + size, begin.y + size / 2, end.x, end.y + size / 2],
            network.params[param],
          );
        }
      }
      param += network.sizes[layer];
    }
  }

  showWeights() {
    const { network, width, height } = this;
    if (!network || !width || !height) return;
    const context = sharp(this.lines, width, height);
    const most = network.weights.map((part) => part.reduce((found, w) => Math.max(found, Math.abs(w)), 1));
    this.#eachEdge((edge, [x0, y0, x1, y1], weight) => {
      const hot = this.hot?.param === edge.param;
      const share = Math.min(1, Math.abs(weight) / most[edge.layer - 1]) || 0;
      const middle = (x0 + x1) / 2;
      context.beginPath();
      context.moveTo(x0, y0);
      context.bezierCurveTo(middle, y0, middle, y1, x1, y1);
      context.strokeStyle = hot ? MARK : weight < 0 ? NEGATIVE : POSITIVE;
      context.globalAlpha = hot ? 1 : 0.35 + 0.6 * share;
      context.lineWidth = hot ? 6 : 0.6 + 5 * share;
      context.stroke();
    });
    context.globalAlpha = 1;
  }

  /**
   * @param {MouseEvent} event
   * @returns {{ edge: Edge, weight: number, x: number, y: number } | null} under the pointer
   */
  #edgeAt({ clientX, clientY }) {
    const { left, top } = this.sheet.getBoundingClientRect();
    const [x, y] = [clientX - left, clientY - top];
    let best = /** @type {{ edge: Edge, weight: number, x: number, y: number } | null} */ (null);
    let most = NEAR;
    this.#eachEdge((edge, [x0, y0, x1, y1], weight) => {
      if (x < x0 + 2 || x > x1 - 2) return;
      // Along the curve x is 1.5 t (1 - t) + t^3 of the way, which Newton's steps turn round.
      const way = (x - x0) / (x1 - x0);
      let t = way;
      for (let k = 0; k < 4; k++) {
        t -= (1.5 * t * (1 - t) + t ** 3 - way) / Math.max(0.3, 1.5 - 3 * t + 3 * t * t);
      }
      const off = Math.abs(y0 + (y1 - y0) * (3 * t * t - 2 * t ** 3) - y);
      if (off < most) [best, most] = [{ edge, weight, x, y }, off];
    });
    return best;
  }

  #listen() {
    this.sheet.onpointermove = (event) => {
      const found =
        event.target instanceof Element && event.target.closest(".unit, .head") ? null : this.#edgeAt(event);
      if (found?.edge.param !== this.hot?.param) {
        this.hot = found?.edge ?? null;
        this.showWeights();
      }
      this.sheet.style.cursor = found ? "pointer" : "";
      this.tip.hidden = !found;
      if (found) {
        write(this.tip, `weight ${fixed(found.weight, 3)}`);
        Object.assign(this.tip.style, {
          left: `${Math.min(found.x + 12, (this.width ?? 0) - 120)}px`,
          top: `${found.y - 34}px`,
        });
      }
    };
    this.sheet.onpointerleave = () => {
      this.tip.hidden = true;
      if (!this.hot) return;
      this.hot = null;
      this.showWeights();
    };
    this.sheet.onclick = (event) => {
      if (event.target instanceof Element && event.target.closest(".unit, .head, .editing")) return;
      const found = this.#edgeAt(event);
      if (found) this.hands.edit(found.edge, found);
    };
  }
}
