// What is seen on the canvas: what Python has laid, and the strokes over it.
import { contextOf } from "../lib/canvas.js";
import { createHistory, paint, shrinking } from "./strokes.js";

const MARGIN = 0.8; // share of the canvas that a chosen number may take

/**
 * @param {HTMLCanvasElement} canvas
 * @param {() => void} changed called when something else is seen without anybody's doing
 * @param {() => void} whole called when what was drawn on is there at last
 */
export function createSheet(canvas, changed, whole) {
  const history = createHistory();
  /** @type {HTMLImageElement | null} */
  let laid = null;
  let [own, coming] = [false, false];

  /** @param {CanvasRenderingContext2D} context */
  function paintLaid(context) {
    if (!laid?.complete || !laid.naturalWidth || !history.sheet.behind) return;
    const room = own ? 1 : MARGIN;
    const scale = room * Math.min(canvas.width / laid.naturalWidth, canvas.height / laid.naturalHeight);
    const [width, height] = [scale * laid.naturalWidth, scale * laid.naturalHeight];
    context.drawImage(laid, (canvas.width - width) / 2, (canvas.height - height) / 2, width, height);
  }

  return {
    history,
    draw() {
      const context = contextOf(canvas);
      context.fillStyle = "#000";
      context.fillRect(0, 0, canvas.width, canvas.height);
      paintLaid(context);
      paint(context, history.sheet.strokes);
    },
    /** Whether nothing but what Python has laid is seen. */
    get untouched() {
      return history.sheet.behind && !history.sheet.strokes.length;
    },
    /** Whether strokes lie on something that is still being read: the drawing is not whole without it. */
    get isComing() {
      return coming && history.sheet.behind && history.sheet.strokes.length > 0;
    },
    get empty() {
      return !history.sheet.strokes.length && !(history.sheet.behind && laid);
    },
    /**
     * @param {string | null} picture a data URL
     * @param {boolean} isOwn
     */
    lay(picture, isOwn) {
      history.reset();
      const image = picture ? new Image() : null;
      [own, laid, coming] = [isOwn, image, image !== null];
      const read = () => {
        if (laid !== image) return;
        const awaited = this.isComing;
        coming = false;
        changed();
        if (awaited) whole();
      };
      if (image && picture) Object.assign(image, { onload: read, onerror: read, src: picture });
    },
    /** Give the canvas as many pixels as it has room; what would lie beside it shrinks. */
    fit() {
      const [width, height] = [canvas.clientWidth, canvas.clientHeight];
      if (!width || !height || (width === canvas.width && height === canvas.height)) return;
      Object.assign(canvas, { width, height });
      const factor = shrinking(history.sheet.strokes, width, height);
      if (factor < 1) history.scale(factor);
      changed();
    },
  };
}
