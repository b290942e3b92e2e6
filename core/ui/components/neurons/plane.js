// The plane: what the network answers everywhere, the points on it, and the pen that draws some. Knows no controls.

import { element } from "../lib/elements.js";
import { placesOf, pointsAlong } from "../lib/pointer.js";
import { sharp, themeOf } from "./canvases.js";
import { CLASS_COLOURS, css, drawMark } from "./colours.js";
import { EDGE, fromPlane } from "./datasets.js";
import { short } from "./numbers.js";
import { GRID, PICTURE, mix } from "./pictures.js";

/** @typedef {import("./datasets.js").Points} Points */
/** @typedef {{ x1: number, x2: number }} Place */
/**
 * What the plane calls.
 * @typedef {object} Hands
 * @property {(place: Place) => void} look at a place that was clicked
 * @property {(place: Place | null) => void} hover
 * @property {(place: Place, first: boolean) => void} draw a point, or erase; `first` of a stroke
 */

const APART = 13; // pixels between two points of a stroke
const [LEFT, BELOW] = [44, 40]; // room for the axes

export class Plane {
  /** @param {Hands} hands @param {readonly number[][]} signed the palette of values */
  constructor(hands, signed) {
    this.hands = hands;
    this.signed = signed;
    this.box = element("div", "plane");
    this.answer = Object.assign(element("canvas"), { width: GRID, height: GRID, className: "answer" });
    this.unit = Object.assign(element("canvas"), {
      width: PICTURE,
      height: PICTURE,
      className: "answer",
      hidden: true,
    });
    this.lines = element("canvas", "lines");
    this.dots = element("canvas", "dots");
    this.axes = element("canvas", "axes");
    this.box.append(this.axes, this.answer, this.unit, this.lines, this.dots);
    this.pixels = new ImageData(GRID, GRID);
    this.drawing = false;
    /** @type {Place} */ this.cursor = { x1: 0, x2: 0 };
    this.side = 300;
    this.dots.tabIndex = 0;
    this.dots.setAttribute("role", "application");
    this.#listen();
  }

  /** @param {number} width of the whole */
  resize(width) {
    this.side = Math.max(160, Math.floor(width - LEFT));
    Object.assign(this.box.style, { width: `${this.side + LEFT}px`, height: `${this.side + BELOW}px` });
    for (const canvas of [this.answer, this.unit]) {
      Object.assign(canvas.style, { width: `${this.side}px`, height: `${this.side}px` });
    }
  }

  /** Take the pen up or lay it down. @param {boolean} drawing */
  setDrawing(drawing) {
    this.drawing = drawing;
    this.dots.style.touchAction = drawing ? "none" : "pan-y";
    this.dots.style.cursor = drawing ? "crosshair" : "pointer";
  }

  /** @param {Uint32Array} pixels @param {Float32Array} outputs @param {boolean} two classes */
  showAnswer(pixels, outputs, two) {
    new Uint32Array(this.pixels.data.buffer).set(pixels);
    this.answer.getContext("2d")?.putImageData(this.pixels, 0, 0);
    const context = sharp(this.lines, this.side, this.side);
    if (two) strokeContour(context, outputs, this.side / GRID);
  }

  /** Show the picture of a unit instead, or the answer again. @param {HTMLCanvasElement | null} picture */
  showUnit(picture) {
    this.unit.hidden = !picture;
    this.lines.hidden = Boolean(picture);
    if (picture) this.unit.getContext("2d")?.drawImage(picture, 0, 0);
  }

  /**
   * @param {Points} points @param {ReadonlySet<number>} test which of them are kept for the test
   * @param {number} chosen the point that is looked at, -1 for none
   */
  showPoints(points, test, chosen) {
    this.points = points;
    const context = sharp(this.dots, this.side, this.side);
    const radius = points.y.length > 800 ? 3 : points.y.length > 300 ? 4 : 5;
    for (let k = 0; k < points.y.length; k++) {
      const { x, y } = this.#pixel(points.x[2 * k], points.x[2 * k + 1]);
      const kind = points.classes ? points.y[k] : 0;
      const fill = points.classes ? css(CLASS_COLOURS[kind]) : css(this.#valueColour(points.y[k]));
      drawMark(context, { x, y, radius, kind, fill, hollow: test.has(k) });
    }
    if (chosen >= 0) ring(context, this.#pixel(points.x[2 * chosen], points.x[2 * chosen + 1]));
    if (this.dots.matches(":focus-visible")) cross(context, this.#pixel(this.cursor.x1, this.cursor.x2));
    this.#showAxes(points);
  }

  /** @param {number} value in -1 ... 1 */
  #valueColour(value) {
    const place = Math.max(0, Math.min(254, Math.floor(value * 127 + 127.5)));
    return mix(/** @type {import("./pictures.js").Colour} */ (this.signed[place]), [0, 0, 0], 0.12);
  }

  /** @param {Points} points */
  #showAxes(points) {
    const context = sharp(this.axes, this.side + LEFT, this.side + BELOW);
    const theme = themeOf(this.box);
    Object.assign(context, { font: theme.font, fillStyle: theme.text, textBaseline: "middle" });
    const mark = (/** @type {number} */ place, /** @type {0 | 1} */ axis) =>
      short(Number(fromPlane(place, points.scales?.[axis]).toPrecision(3)));
    for (const place of [-5, 0, 5]) {
      const at = this.#pixel(place, place);
      context.textAlign = "center";
      context.fillText(mark(place, 0), LEFT + at.x, this.side + 12);
      context.textAlign = "right";
      context.fillText(mark(place, 1), LEFT - 6, at.y);
    }
    context.textAlign = "center";
    context.fillText(points.axes[0], LEFT + this.side / 2, this.side + 30, this.side);
    context.translate(9, this.side / 4);
    context.rotate(-Math.PI / 2);
    context.fillText(points.axes[1], points.scales ? -this.side / 4 : 0, 0, this.side);
  }

  /** @param {number} x1 @param {number} x2 @returns {{ x: number, y: number }} */
  #pixel(x1, x2) {
    return { x: ((x1 + EDGE) / (2 * EDGE)) * this.side, y: ((EDGE - x2) / (2 * EDGE)) * this.side };
  }

  /** @param {{ clientX: number, clientY: number }} event @returns {Place} */
  #place({ clientX, clientY }) {
    const { left, top, width } = this.dots.getBoundingClientRect();
    const inside = (/** @type {number} */ share) => Math.max(-EDGE, Math.min(EDGE, share * 2 * EDGE - EDGE));
    return { x1: inside((clientX - left) / width), x2: -inside((clientY - top) / width) };
  }

  #listen() {
    const { dots, hands } = this;
    /** @type {{ clientX: number, clientY: number } | null} */ let last = null;
    dots.onpointerdown = (event) => {
      if (!this.drawing || event.button !== 0) return;
      dots.setPointerCapture(event.pointerId);
      last = event;
      hands.draw(this.#place(event), true);
      event.preventDefault();
    };
    dots.onpointermove = (event) => {
      if (!last) {
        if (event.pointerType === "mouse") hands.hover(this.#place(event));
        return;
      }
      for (const point of pointsAlong(last, placesOf(event), APART)) {
        last = point;
        hands.draw(this.#place(point), false);
      }
    };
    dots.onpointerup = dots.onpointercancel = () => {
      last = null;
    };
    dots.onpointerleave = () => hands.hover(null);
    dots.onclick = (event) => {
      if (!this.drawing && event.detail) hands.look(this.#place(event)); // a click of a key has no detail
    };
    dots.onkeydown = (event) => this.#key(event);
  }

  /** Arrow keys move a cross, Enter does what a click does. @param {KeyboardEvent} event */
  #key(event) {
    const move = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    const { cursor } = this;
    if (move) {
      const step = event.shiftKey ? 1 : 0.25;
      const inside = (/** @type {number} */ x) => Math.max(-EDGE, Math.min(EDGE, x));
      this.cursor = { x1: inside(cursor.x1 + move[0] * step), x2: inside(cursor.x2 + move[1] * step) };
      this.hands.hover(this.cursor);
    } else if (event.key === "Enter" || event.key === " ") {
      if (this.drawing) this.hands.draw(cursor, true);
      else this.hands.look(cursor);
    } else return;
    event.preventDefault();
  }
}

/** @param {CanvasRenderingContext2D} context @param {{ x: number, y: number }} at */
function ring(context, { x, y }) {
  for (const [colour, width] of /** @type {const} */ ([
    ["#1a1200", 6],
    ["#ffb000", 3.5],
  ])) {
    Object.assign(context, { strokeStyle: colour, lineWidth: width });
    context.beginPath();
    context.arc(x, y, 11, 0, 2 * Math.PI);
    context.stroke();
  }
}

/** @param {CanvasRenderingContext2D} context @param {{ x: number, y: number }} at */
function cross(context, { x, y }) {
  for (const [colour, width] of /** @type {const} */ ([
    ["#fff", 4],
    ["#14202b", 1.5],
  ])) {
    Object.assign(context, { strokeStyle: colour, lineWidth: width });
    context.beginPath();
    context.moveTo(x - 12, y);
    context.lineTo(x + 12, y);
    context.moveTo(x, y - 12);
    context.lineTo(x, y + 12);
    context.stroke();
  }
}

/**
 * The line where both classes are equally likely (marching squares).
 * @param {CanvasRenderingContext2D} context @param {Float32Array} values logits, row after row
 * @param {number} cell pixels from one place to the next
 */
function strokeContour(context, values, cell) {
  context.beginPath();
  for (let row = 0; row + 1 < GRID; row++) {
    for (let column = 0; column + 1 < GRID; column++) {
      const at = row * GRID + column;
      const [a, b, c, d] = [values[at], values[at + 1], values[at + GRID + 1], values[at + GRID]];
      const signs = (a > 0 ? 1 : 0) + (b > 0 ? 2 : 0) + (c > 0 ? 4 : 0) + (d > 0 ? 8 : 0);
      if (signs === 0 || signs === 15) continue;
      const cuts = [];
      if (a > 0 !== b > 0) cuts.push([column + a / (a - b), row]);
      if (b > 0 !== c > 0) cuts.push([column + 1, row + b / (b - c)]);
      if (c > 0 !== d > 0) cuts.push([column + d / (d - c), row + 1]);
      if (d > 0 !== a > 0) cuts.push([column, row + a / (a - d)]);
      for (let k = 0; k + 1 < cuts.length; k += 2) {
        context.moveTo((cuts[k][0] + 0.5) * cell, (cuts[k][1] + 0.5) * cell);
        context.lineTo((cuts[k + 1][0] + 0.5) * cell, (cuts[k + 1][1] + 0.5) * cell);
      }
    }
  }
  Object.assign(context, { strokeStyle: "#14202b", lineWidth: 2, lineJoin: "round" });
  context.stroke();
}
