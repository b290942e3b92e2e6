// Colours and marks of classes (Okabe and Ito's palette): told apart by colour-blind eyes, and without colour too.

/** @typedef {import("./pictures.js").Colour} Colour */

/** @type {readonly Colour[]} */
export const CLASS_COLOURS = [
  [0, 114, 178],
  [213, 94, 0],
  [0, 158, 115],
  [204, 121, 167],
  [230, 159, 0],
  [86, 180, 233],
];
/** @type {Colour} */
export const MIDDLE = [246, 246, 244];

/** @param {readonly number[]} colour */
export const css = ([red, green, blue]) => `rgb(${red},${green},${blue})`;

/** The marks of the classes as paths around 0: circle, square, triangle, diamond, triangle down, cross. */
const SHAPES = [
  (/** @type {CanvasPath} */ path, /** @type {number} */ r) => path.arc(0, 0, r, 0, 2 * Math.PI),
  polygon([
    [-0.88, -0.88],
    [0.88, -0.88],
    [0.88, 0.88],
    [-0.88, 0.88],
  ]),
  polygon([
    [0, -1.15],
    [1.08, 0.8],
    [-1.08, 0.8],
  ]),
  polygon([
    [0, -1.25],
    [1.1, 0],
    [0, 1.25],
    [-1.1, 0],
  ]),
  polygon([
    [0, 1.15],
    [1.08, -0.8],
    [-1.08, -0.8],
  ]),
  polygon([
    [-0.4, -1.1],
    [0.4, -1.1],
    [0.4, -0.4],
    [1.1, -0.4],
    [1.1, 0.4],
    [0.4, 0.4],
    [0.4, 1.1],
    [-0.4, 1.1],
    [-0.4, 0.4],
    [-1.1, 0.4],
    [-1.1, -0.4],
    [-0.4, -0.4],
  ]),
];

/** @param {number[][]} corners */
function polygon(corners) {
  return (/** @type {CanvasPath} */ path, /** @type {number} */ r) => {
    corners.forEach(([x, y], k) => (k ? path.lineTo(x * r, y * r) : path.moveTo(x * r, y * r)));
    path.closePath();
  };
}

/**
 * Draw the mark of a class.
 * @param {CanvasRenderingContext2D} context
 * @param {{ x: number, y: number, radius: number, kind: number, fill: string, hollow: boolean }} mark hollow for the
 * test
 */
export function drawMark(context, { x, y, radius, kind, fill, hollow }) {
  context.save();
  context.translate(x, y);
  context.beginPath();
  SHAPES[kind % SHAPES.length](context, radius);
  context.lineWidth = hollow ? 4 : 2.5;
  context.strokeStyle = "#fff";
  context.stroke();
  if (hollow) {
    context.lineWidth = 2;
    context.strokeStyle = fill;
    context.fillStyle = "#fff";
    context.fill();
    context.stroke();
  } else {
    context.fillStyle = fill;
    context.fill();
    context.lineWidth = 0.8;
    context.strokeStyle = "rgba(20, 32, 43, 0.75)";
    context.stroke();
  }
  context.restore();
}

/** @param {number} kind of a class @returns {HTMLCanvasElement} its mark, for legends and buttons */
export function markOf(kind) {
  const canvas = Object.assign(document.createElement("canvas"), { width: 36, height: 36, className: "mark" });
  canvas.setAttribute("aria-hidden", "true");
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.scale(2, 2);
  drawMark(context, { x: 9, y: 9, radius: 5.5, kind, fill: css(CLASS_COLOURS[kind]), hollow: false });
  return canvas;
}
