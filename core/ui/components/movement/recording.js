// Writes down where the pen is on the drawable canvas: the path that a recurrent network reads. It only listens.
import { sheetUnder } from "../lib/drawable_canvas.js";
import { followPointer, isFurther, placesOf } from "../lib/pointer.js";

/** @typedef {import("./steps.js").Point} Point */
/** @typedef {import("./steps.js").Stroke} Stroke */

export const MOST_POINTS = 20000; // `core/data/pen/path.py` reads no more
const FINENESS = 16; // parts of a pixel to which places are rounded

/**
 * Where a pointer is on a canvas. Beyond the edge nothing is drawn, so the path stays at it.
 * @param {{ clientX: number, clientY: number }} event
 * @param {{ left: number, top: number, width: number, height: number }} box of the canvas on screen
 * @param {number} side of the canvas in its own pixels
 * @returns {[number, number]}
 */
export function placeOf(event, box, side) {
  const inside = (/** @type {number} */ place) => Math.max(0, Math.min(side, Math.round(place * FINENESS) / FINENESS));
  return [
    inside(((event.clientX - box.left) / box.width) * side), inside(((event.clientY - box.top) / box.height) * side),
  ];
}

/**
 * Add what a pointer event tells to a stroke: all points that the browser has put together in it.
 * @param {Stroke} stroke
 * @param {PointerEvent} event
 * @param {HTMLElement} canvas
 * @param {number} side
 */
function write(stroke, event, canvas, side) {
  const box = canvas.getBoundingClientRect();
  for (const one of placesOf(event)) {
    const moment = Math.max(one.timeStamp, stroke.at(-1)?.[2] ?? 0); // in the order of time, as Python wants it
    stroke.push([...placeOf(one, box, side), moment]);
  }
}

/**
 * Record the strokes on a canvas. Returns a function that ends it.
 * @param {string} container its key
 * @param {() => number} side of the canvas
 * @param {{ onBegin: () => Stroke[], onPoint: () => void, onEnd: () => void }} listeners `onBegin` returns where the
 *   new stroke is added
 */
export function record(container, side, { onBegin, onPoint, onEnd }) {
  /** @type {{ stroke: Stroke, pointer: number, canvas: HTMLElement } | null} */
  let current = null;

  const down = (/** @type {PointerEvent} */ event) => {
    if (isFurther(event, current !== null)) return;
    const sheet = sheetUnder(event, container);
    if (!sheet) return;
    current = { stroke: [], pointer: event.pointerId, canvas: sheet.upper };
    const strokes = onBegin();
    write(current.stroke, event, current.canvas, side());
    strokes.push(current.stroke);
    onPoint();
  };
  const move = (/** @type {PointerEvent} */ event) => {
    if (current?.pointer !== event.pointerId) return;
    write(current.stroke, event, current.canvas, side());
    onPoint();
  };
  const lift = (/** @type {PointerEvent} */ event) => {
    if (current?.pointer !== event.pointerId) return;
    current = null;
    onEnd();
  };
  const listening = followPointer({ down, move, lift });
  return () => listening.abort();
}

/** @param {Stroke[]} strokes */
export function countPoints(strokes) {
  return strokes.reduce((all, stroke) => all + stroke.length, 0);
}

/**
 * A path with times that begin at 0, as it is sent to Python.
 * @param {Stroke[]} strokes
 */
export function fromZero(strokes) {
  const begin = strokes[0]?.[0]?.[2] ?? 0;
  return strokes.map((stroke) => stroke.map(([x, y, moment]) => [x, y, Math.round(10 * (moment - begin)) / 10]));
}
