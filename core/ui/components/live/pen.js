// Watches the pen on the drawable canvas, and reads what has been drawn. It only listens: nothing here stops or
// delays a stroke. Knows nothing of networks.
import { contextOf } from "../lib/canvas.js";
import { sheetUnder } from "../lib/drawable_canvas.js";
import { followPointer, isFurther } from "../lib/pointer.js";

/** @typedef {import("../lib/drawable_canvas.js").Sheet} Sheet */

/**
 * What is called while a person draws. `onFrame` comes at most once a frame and only if the pen has moved, with the
 * time at which its script began and with `last` true for the finished stroke; `onLost` when the stroke ends without
 * one (the tab is hidden).
 * @typedef {{
 *   onDown: (sheet: Sheet) => void,
 *   onFrame: (picture: ImageData, begun: number, last: boolean) => void,
 *   onLost: () => void,
 * }} PenListeners
 */

/** @typedef {{ sheet: Sheet, pointer: number, moved: boolean, lifted: number, frame: number, pause: number }} Stroke */

/** A reader of the upper and the lower layer laid on one another. */
function createReader() {
  const paper = document.createElement("canvas");
  const context = contextOf(paper, { willReadFrequently: true });
  /** @param {Sheet} sheet */
  return ({ upper, lower }) => {
    const { width, height } = lower;
    if (paper.width !== width || paper.height !== height) Object.assign(paper, { width, height });
    context.clearRect(0, 0, width, height);
    context.drawImage(lower, 0, 0);
    context.drawImage(upper, 0, 0, width, height);
    return context.getImageData(0, 0, width, height);
  };
}

/**
 * Watch the pen on a canvas. Returns a function that ends the watch.
 * @param {string} container its key
 * @param {PenListeners} listeners
 */
export function watchPen(container, { onDown, onFrame, onLost }) {
  const read = createReader();
  /** @type {Stroke | null} */
  let stroke = null;

  /** @param {Stroke} mine */
  function ask(mine) {
    mine.frame = requestAnimationFrame((now) => look(mine, now));
  }

  /**
   * @param {Stroke} mine
   * @param {number} now
   */
  function look(mine, now) {
    if (mine.lifted) {
      // The canvas moves a finished stroke to its lower layer in a frame of its own.
      if (mine.lifted++ < 3) {
        ask(mine);
        return;
      }
      stroke = null;
      onFrame(read(mine.sheet), performance.now(), true);
      return;
    }
    if (mine.moved && now >= mine.pause) {
      mine.moved = false;
      const begun = performance.now();
      onFrame(read(mine.sheet), begun, false);
      const taken = performance.now() - begun;
      mine.pause = taken > 8 ? now + 2 * taken : 0; // a slow machine keeps half of its time for the stroke
    }
    if (stroke === mine) ask(mine); // the watch may have been ended
  }

  function forget() {
    if (stroke) cancelAnimationFrame(stroke.frame);
    stroke = null;
  }

  /** @param {PointerEvent} event */
  const down = (event) => {
    if (isFurther(event, stroke !== null && !stroke.lifted)) return;
    const sheet = sheetUnder(event, container);
    if (!sheet) return;
    forget();
    stroke = { sheet, pointer: event.pointerId, moved: true, lifted: 0, frame: 0, pause: 0 };
    onDown(sheet);
    ask(stroke);
  };
  /** @param {PointerEvent} event */
  const move = (event) => {
    if (stroke?.pointer === event.pointerId) stroke.moved = true;
  };
  /** @param {PointerEvent} event */
  const lift = (event) => {
    if (stroke?.pointer === event.pointerId) stroke.lifted ||= 1;
  };
  const hide = () => {
    if (!document.hidden || !stroke) return;
    forget();
    onLost();
  };
  const listening = followPointer({ down, move, lift });
  document.addEventListener("visibilitychange", hide, { capture: true, passive: true, signal: listening.signal });
  return () => {
    forget();
    listening.abort();
  };
}
