// The pictures of one neuron: its answer over the plane with the line z = 0, and its activation with the derivative.

import { element } from "../lib/elements.js";
import { activateOne, slopeOne } from "../neurons/activations.js";
import { sharp, themeOf } from "../neurons/canvases.js";
import { CLASS_COLOURS, MIDDLE, css, drawMark } from "../neurons/colours.js";
import { fixed } from "../neurons/numbers.js";
import { mix } from "../neurons/pictures.js";
import { rowsOf, sum } from "./gates.js";
import { LEAST_X, MOST_X } from "./state.js";

/** @typedef {import("./state.js").State} State */

const [CELLS, SIDE, LEFT, BELOW] = [60, 290, 30, 38];
const [LOW, HIGH] = [LEAST_X, MOST_X]; // of both axes: 0 and 1 lie well inside
const STRENGTH = 0.75; // of a colour at its end: the marks are stronger
const FLAT = 0.05; // a derivative below it counts as saturated

/** @param {import("../neurons/activations.js").Activation} activation @param {number} z */
export const isFlat = (activation, z) => Math.abs(slopeOne(activation, z)) < FLAT && Math.abs(z) > 0.5;

/** The plane of x1 and x2. */
export class PlaneChart {
  /** @param {(x1: number, x2: number) => void} move the input */
  constructor(move) {
    this.canvas = element("canvas", "plane");
    this.canvas.setAttribute("role", "img");
    this.small = Object.assign(document.createElement("canvas"), { width: CELLS, height: CELLS });
    this.image = new ImageData(CELLS, CELLS);
    this.canvas.onpointerdown = (event) => {
      this.canvas.setPointerCapture(event.pointerId);
      this.#drag(event, move);
    };
    this.canvas.onpointermove = (event) => event.buttons && this.#drag(event, move);
  }

  /** @param {PointerEvent} event @param {(x1: number, x2: number) => void} move */
  #drag(event, move) {
    const { left, top } = this.canvas.getBoundingClientRect();
    const value = (/** @type {number} */ share) =>
      Math.max(LOW, Math.min(HIGH, Math.round((LOW + share * (HIGH - LOW)) * 20) / 20));
    move(value((event.clientX - left - LEFT) / SIDE), value(1 - (event.clientY - top) / SIDE));
    event.preventDefault();
  }

  /** @param {State} state */
  show(state) {
    const context = sharp(this.canvas, SIDE + LEFT, SIDE + BELOW);
    const theme = themeOf(this.canvas);
    const px = (/** @type {number} */ x) => LEFT + ((x - LOW) / (HIGH - LOW)) * SIDE;
    const py = (/** @type {number} */ x) => SIDE - ((x - LOW) / (HIGH - LOW)) * SIDE;
    this.#answer(state);
    context.imageSmoothingEnabled = true;
    context.drawImage(this.small, LEFT, 0, SIDE, SIDE);
    Object.assign(context, { font: theme.font, fillStyle: theme.text, textAlign: "center" });
    for (const x of [-1, 0, 1, 2]) {
      context.fillText(fixed(x, 0), Math.min(px(x), LEFT + SIDE - 6), SIDE + 16);
      context.fillText(fixed(x, 0), LEFT - 12, Math.max(12, Math.min(SIDE - 2, py(x) + 5)));
    }
    context.fillText("x\u2081", LEFT + SIDE / 2, SIDE + 34);
    context.fillText("x\u2082", LEFT - 18, SIDE / 2 - 24);
    context.save();
    context.beginPath();
    context.rect(LEFT, 0, SIDE, SIDE);
    context.clip();
    strokeLine(context, state, px, py);
    context.restore();
    for (const [row, x] of rowsOf(state.weights.length).entries()) {
      if (x.slice(2).some((value, i) => value !== state.x[i + 2])) continue; // rows of the other inputs as they are set
      drawMark(context, {
        x: px(x[0]),
        y: py(x[1]),
        radius: 9,
        kind: state.wanted[row],
        fill: css(CLASS_COLOURS[state.wanted[row]]),
        hollow: false,
      });
    }
    const [x1, x2] = state.x;
    for (const [colour, width] of /** @type {const} */ ([
      ["#1a1200", 6],
      ["#ffb000", 3.5],
    ])) {
      Object.assign(context, { strokeStyle: colour, lineWidth: width });
      context.beginPath();
      context.arc(px(x1), py(x2), 14, 0, 2 * Math.PI);
      context.stroke();
    }
    this.canvas.setAttribute("aria-label", `The plane of x1 and x2. ${lineInWords(state)}`);
  }

  /** @param {State} state */
  #answer({ x, weights, bias, activation }) {
    const pixels = this.image.data;
    const step = (HIGH - LOW) / CELLS;
    const rest = weights.slice(2).reduce((z, w, i) => z + w * x[i + 2], bias);
    const values = new Float64Array(CELLS * CELLS);
    const [middle, half] = activation === "sigmoid" ? [0.5, 0.5] : [0, 1];
    let most = half;
    for (let row = 0; row < CELLS; row++) {
      for (let column = 0; column < CELLS; column++) {
        const z = rest + weights[0] * (LOW + (column + 0.5) * step) + weights[1] * (HIGH - (row + 0.5) * step);
        const value = activateOne(activation, z) - middle;
        values[row * CELLS + column] = value;
        if (Math.abs(value) > most) most = Math.abs(value);
      }
    }
    values.forEach((value, k) => {
      const colour = mix(MIDDLE, CLASS_COLOURS[value > 0 ? 1 : 0], (Math.abs(value) / most) * STRENGTH);
      pixels.set([...colour, 255], 4 * k);
    });
    this.small.getContext("2d")?.putImageData(this.image, 0, 0);
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {State} state
 * @param {(x: number) => number} px
 * @param {(x: number) => number} py
 */
function strokeLine(context, { x, weights, bias }, px, py) {
  const [w1, w2] = weights;
  const rest = weights.slice(2).reduce((z, w, i) => z + w * x[i + 2], bias);
  const length = Math.hypot(w1, w2);
  if (length < 1e-9) return;
  const [cx, cy] = [(-rest * w1) / length ** 2, (-rest * w2) / length ** 2]; // the place of the line nearest to 0
  const [dx, dy] = [-w2 / length, w1 / length];
  for (const [colour, width] of /** @type {const} */ ([
    ["#fff", 6],
    ["#14202b", 3],
  ])) {
    Object.assign(context, { strokeStyle: colour, lineWidth: width });
    context.beginPath();
    context.moveTo(px(cx - 9 * dx), py(cy - 9 * dy));
    context.lineTo(px(cx + 9 * dx), py(cy + 9 * dy));
    context.stroke();
  }
}

/** @param {State} state @returns {string} where z is 0, in words */
export function lineInWords({ x, weights, bias }) {
  const [w1, w2] = weights;
  const rest = weights.slice(2).reduce((z, w, i) => z + w * x[i + 2], bias);
  if (Math.abs(w1) < 1e-9 && Math.abs(w2) < 1e-9)
    return `Both weights are 0, so z is ${fixed(rest)} everywhere: there is no line.`;
  const cuts = [];
  if (Math.abs(w1) > 1e-9) cuts.push(`the x\u2081 axis at ${fixed(-rest / w1)}`);
  if (Math.abs(w2) > 1e-9) cuts.push(`the x\u2082 axis at ${fixed(-rest / w2)}`);
  return `The line z = 0 cuts ${cuts.join(" and ")}. On the orange side z is above 0.`;
}

/** The activation and its derivative. */
export class ActivationChart {
  constructor() {
    this.canvas = element("canvas", "activation");
    this.canvas.setAttribute("role", "img");
    this.width = 300;
  }

  /** @param {State} state */
  show(state) {
    const { activation } = state;
    const z = sum(state, state.x);
    const [width, height, top] = [this.width, 180, 24];
    const context = sharp(this.canvas, width, height);
    const theme = themeOf(this.canvas);
    const far = Math.max(6, Math.ceil(Math.abs(z)) + 1);
    const open = activation === "relu" || activation === "linear" || activation === "gelu";
    const [low, high] = open
      ? [activation === "linear" ? -far : -1, far]
      : [activation === "tanh" ? -1.15 : -0.15, 1.15];
    const x = (/** @type {number} */ value) => 34 + ((value + far) / (2 * far)) * (width - 42);
    const y = (/** @type {number} */ value) => height - 22 - ((value - low) / (high - low)) * (height - 22 - top);
    shadeFlat(context, activation, far, x, top, height - 22);
    Object.assign(context, { font: theme.font, strokeStyle: theme.line, lineWidth: 1.5 });
    for (const [x0, y0, x1, y1] of [
      [x(-far), y(0), x(far), y(0)],
      [x(0), top, x(0), height - 22],
    ]) {
      context.beginPath();
      context.moveTo(x0, y0);
      context.lineTo(x1, y1);
      context.stroke();
    }
    const curve = (
      /** @type {(z: number) => number} */ of,
      /** @type {string} */ colour,
      /** @type {number[]} */ dash,
    ) => {
      context.beginPath();
      for (let k = 0; k <= 120; k++) context.lineTo(x(-far + (k / 60) * far), y(of(-far + (k / 60) * far)));
      context.setLineDash(dash);
      Object.assign(context, { strokeStyle: colour, lineWidth: 3 });
      context.stroke();
      context.setLineDash([]);
    };
    context.save();
    context.beginPath();
    context.rect(30, top - 2, width - 30, height - 20 - top);
    context.clip();
    curve((at) => slopeOne(activation, at), theme.series[1], [6, 4]);
    curve((at) => activateOne(activation, at), theme.series[0], []);
    context.restore();
    this.#words(context, theme, far, height, x, y);
    drawMark(context, {
      x: x(z),
      y: y(activateOne(activation, z)),
      radius: 7,
      kind: 0,
      fill: "#ffb000",
      hollow: false,
    });
    this.canvas.setAttribute(
      "aria-label",
      `${activation} of z = ${fixed(z)} is ${fixed(activateOne(activation, z), 3)}, ` +
        `its derivative ${fixed(slopeOne(activation, z), 3)}.`,
    );
  }

  /** @param {CanvasRenderingContext2D} context @param {import("../neurons/canvases.js").Theme} theme
   * @param {number} far
   * @param {number} height @param {(z: number) => number} x @param {(a: number) => number} y */
  #words(context, theme, far, height, x, y) {
    Object.assign(context, { fillStyle: theme.text, textAlign: "center" });
    for (const at of [-far, 0, far])
      context.fillText(fixed(at, 0), Math.max(44, Math.min(x(at), this.width - 14)), height - 5);
    context.textAlign = "right";
    context.fillText("1", 28, y(1) + 5);
    context.textAlign = "left";
    let at = 34;
    for (const [name, colour, dash] of /** @type {[string, string, number[]][]} */ ([
      ["a", theme.series[0], []],
      ["derivative", theme.series[1], [6, 4]],
    ])) {
      Object.assign(context, { strokeStyle: colour, lineWidth: 3 });
      context.setLineDash(dash);
      context.beginPath();
      context.moveTo(at, 9);
      context.lineTo(at + 22, 9);
      context.stroke();
      context.setLineDash([]);
      context.fillText(name, at + 27, 14);
      at += 42 + context.measureText(name).width;
    }
  }
}

/** Shade where the derivative is next to nothing. @param {CanvasRenderingContext2D} context
 * @param {import("../neurons/activations.js").Activation} activation @param {number} far
 * @param {(z: number) => number} x @param {number} top @param {number} bottom */
function shadeFlat(context, activation, far, x, top, bottom) {
  context.fillStyle = "rgba(230, 159, 0, 0.16)";
  for (let k = 0; k < 120; k++) {
    const z = -far + ((k + 0.5) / 60) * far;
    if (isFlat(activation, z)) context.fillRect(x(-far + (k / 60) * far), top, x(far / 60) - x(0) + 0.5, bottom - top);
  }
}
