// Ends a stroke that the browser has taken away: a gesture of the system, a call, too many fingers. The drawable canvas
// waits for the finger to be lifted, which never comes: the stroke would hang on the sheet and never be read.
import { sheetUnder } from "../lib/drawable_canvas.js";

/**
 * @param {string} container key of the container with the canvas
 * @returns {() => void} ends it
 */
export function endInterrupted(container) {
  const listening = new AbortController();
  const cancelled = (/** @type {TouchEvent} */ event) => {
    const canvas = sheetUnder(event, container)?.upper;
    if (!canvas || event.touches.length) return;
    canvas.dispatchEvent(new TouchEvent("touchend", { changedTouches: [...event.changedTouches], touches: [],
      bubbles: true, cancelable: true, composed: true, view: window }));
  };
  document.addEventListener("touchcancel", cancelled, { capture: true, passive: true, signal: listening.signal });
  return () => listening.abort();
}
