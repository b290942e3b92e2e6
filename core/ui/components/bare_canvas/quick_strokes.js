// Gives the drawable canvas all points of a quick stroke. The canvas listens to mouse and touch, of which a browser
// sends one event a frame: on a slow device a round stroke becomes an angular one. The places between two frames are
// known to pointer events, and each of them goes to the canvas as a movement of the mouse, ahead of the event itself.
import { sheetUnder } from "../lib/drawable_canvas.js";
import { followPointer, isFurther, placesOf } from "../lib/pointer.js";

/**
 * @param {string} container key of the container with the canvas
 * @returns {() => void} ends it
 */
export function completeStrokes(container) {
  /** @type {{ canvas: HTMLCanvasElement, pointer: number } | null} */
  let stroke = null;

  /** @param {PointerEvent} event */
  const down = (event) => {
    if (isFurther(event, stroke !== null)) return;
    const canvas = sheetUnder(event, container)?.upper;
    stroke = canvas ? { canvas, pointer: event.pointerId } : null;
  };
  /** @param {PointerEvent} event */
  const move = (event) => {
    if (stroke?.pointer !== event.pointerId) return;
    for (const { clientX, clientY } of placesOf(event).slice(0, -1)) { // the last one the browser sends by itself
      stroke.canvas.dispatchEvent(new MouseEvent("mousemove", { clientX, clientY,
        buttons: 1, shiftKey: event.shiftKey, bubbles: true, composed: true, view: window }));
    }
  };
  /** @param {PointerEvent} event */
  const lift = (event) => {
    if (stroke?.pointer === event.pointerId) stroke = null;
  };
  const listening = followPointer({ down, move, lift });
  return () => listening.abort();
}
