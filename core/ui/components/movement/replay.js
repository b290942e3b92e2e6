// Draws a path on the drawable canvas as a mouse would: the canvas, the CNN and the recurrent network see a person.

/** @typedef {import("./steps.js").Stroke} Stroke */

/**
 * The canvas that takes the pen in a container, through shadow roots.
 * @param {string} container its key
 * @returns {HTMLCanvasElement | null}
 */
export function findCanvas(container) {
  const place = document.querySelector(`.st-key-${container}`);
  const roots = [place, ...[...(place?.querySelectorAll("*") ?? [])].map(({ shadowRoot }) => shadowRoot)];
  for (const root of roots) {
    const found = root?.querySelector("canvas.upper-canvas");
    if (found instanceof HTMLCanvasElement) return found;
  }
  return null;
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {"down" | "move" | "up"} kind
 * @param {[number, number, ...number[]]} point
 * @param {number} side
 */
function send(canvas, kind, [x, y], side) {
  const box = canvas.getBoundingClientRect();
  const about = { bubbles: true, composed: true, cancelable: true, view: window, button: 0,
    buttons: kind === "up" ? 0 : 1, clientX: box.left + (x / side) * box.width,
    clientY: box.top + (y / side) * box.height };
  const pen = { ...about, isPrimary: true, pointerId: 1, pointerType: "pen" };
  canvas.dispatchEvent(new PointerEvent(`pointer${kind}`, pen));
  canvas.dispatchEvent(new MouseEvent(`mouse${kind}`, about));
}

/**
 * Draw strokes point by point, at the speed of their times. Returns a function that stops, lifting the pen.
 * @param {HTMLCanvasElement} canvas
 * @param {Stroke[]} strokes times from 0
 * @param {number} side
 * @param {(callback: (now: number) => void) => number} nextFrame
 */
export function replay(canvas, strokes, side, nextFrame = requestAnimationFrame) {
  const points = strokes.flatMap((stroke) => stroke.map((point, i) => ({ point, first: i === 0,
    last: i === stroke.length - 1 })));
  /** @type {number | null} */
  let begun = null;
  let [at, stopped, down] = [0, false, false];

  function go(/** @type {number} */ now) {
    if (stopped || !canvas.isConnected) return;
    begun ??= now;
    while (at < points.length && points[at].point[2] <= now - begun) {
      const { point, first, last } = points[at++];
      send(canvas, first ? "down" : "move", point, side);
      down = !last;
      if (last) {
        send(canvas, "up", point, side);
        break; // the canvas takes a frame to keep a stroke
      }
    }
    if (at < points.length) nextFrame(go);
  }
  nextFrame(go);
  return () => {
    stopped = true;
    if (down && canvas.isConnected) send(canvas, "up", points[Math.max(0, at - 1)].point, side);
  };
}
