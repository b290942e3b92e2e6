// Pen, finger or mouse on a canvas: one stroke at a time, with every place the browser knows of.
import { isFurther, placesOf } from "../lib/pointer.js";

/** @typedef {import("./strokes.js").Point} Point */

/**
 * @param {HTMLCanvasElement} canvas
 * @param {{ begin: () => void, points: (points: Point[]) => void, end: () => void }} heard
 */
export function listenToPen(canvas, heard) {
  /** @type {number | null} */
  let pointer = null;

  /** @param {PointerEvent} event */
  function write(event) {
    const box = canvas.getBoundingClientRect();
    heard.points(placesOf(event).map(({ clientX, clientY }) => (
      { x: clientX - box.left - canvas.clientLeft, y: clientY - box.top - canvas.clientTop })));
  }

  canvas.onpointerdown = (event) => {
    if (isFurther(event, pointer !== null)) return;
    event.preventDefault(); // no text is marked, no picture is dragged
    canvas.setPointerCapture(event.pointerId);
    pointer = event.pointerId;
    heard.begin();
    write(event);
  };
  canvas.onpointermove = (event) => {
    if (pointer === event.pointerId) write(event);
  };
  canvas.onpointerup = canvas.onpointercancel = (event) => {
    if (pointer !== event.pointerId) return;
    pointer = null;
    heard.end();
  };
}
