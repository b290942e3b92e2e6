// Keeps what is drawn between a click that lays something else on the sheet (Clear, Undo, Hand it in) and the server's
// answer, which would wipe it away: on a slow network that is a second and more. The strokes are seen meanwhile, and
// drawn again on what was laid.
import { sheetUnder } from "../lib/drawable_canvas.js";
import { followPointer, isFurther, placesOf } from "../lib/pointer.js";
import { placeOf } from "../movement/recording.js";
import { findCanvas, replay } from "../movement/replay.js";

/** @typedef {[number, number, number]} Point x, y and no time: what waited is drawn at once */
/** @typedef {{ laid: string, brush: number }} Told `laid` is another text with everything that is laid on the sheet */

const LAYS = ["undo", "clear", "class-hand-in", "teach-add", "random-test-digit", "misread-digit"]
  .map((key) => `.st-key-${key} button`).join();
const RESTING = "[data-test-script-state=notRunning]";
const SIDE = 280; // of the canvas in its own pixels
const LOOK = 50; // ms
const SETTLED = 250; // ms until the canvas has taken up what is laid on it
const CALM = 1500; // ms without a run: the click has laid nothing
const PATIENCE = 15_000; // ms
const SPREAD = 50; // ms that the canvas takes for a stroke

/**
 * Whether to wait on for what a click lays.
 * @param {{ sinceClick: number, sinceLaid: number, sinceRun: number }} ms infinite where it has not been laid
 */
export function waits({ sinceClick, sinceLaid, sinceRun }) {
  if (Number.isFinite(sinceLaid)) return sinceLaid < SETTLED;
  return sinceClick < PATIENCE && Math.min(sinceClick, sinceRun) < CALM;
}

/**
 * Show a stroke that waits, on the layer for what is being drawn.
 * @param {HTMLCanvasElement} canvas
 * @param {Point[]} stroke
 * @param {number} brush
 */
function show(canvas, stroke, brush) {
  const context = canvas.getContext("2d");
  if (!context) return;
  const part = canvas.width / SIDE;
  context.save();
  context.setTransform(part, 0, 0, part, 0, 0);
  Object.assign(context, { lineWidth: brush, lineCap: "round", lineJoin: "round", strokeStyle: "#ffffff" });
  context.beginPath();
  stroke.forEach(([x, y], i) => (i ? context.lineTo(x, y) : context.moveTo(x, y)));
  if (stroke.length === 1) context.lineTo(stroke[0][0], stroke[0][1] + 0.01);
  context.stroke();
  context.restore();
}

/**
 * A pen that draws strokes which wait.
 * @param {string} container key of the container with the canvas
 * @param {() => number} brush
 */
function createPen(container, brush) {
  /** @type {{ canvas: HTMLCanvasElement, pointer: number, points: Point[] } | null} */
  let drawing = null;

  const pen = {
    isDown: () => drawing !== null,
    /**
     * @param {PointerEvent} event
     * @param {Point[][]} strokes to which the new one is added
     */
    down(event, strokes) {
      const canvas = sheetUnder(event, container)?.upper;
      if (!canvas || isFurther(event, drawing !== null)) return;
      drawing = { canvas, pointer: event.pointerId, points: [] };
      strokes.push(drawing.points);
      pen.move(event);
    },
    /** @param {PointerEvent} event */
    move(event) {
      if (drawing?.pointer !== event.pointerId) return;
      const box = drawing.canvas.getBoundingClientRect();
      for (const one of placesOf(event)) drawing.points.push([...placeOf(one, box, SIDE), 0]);
      show(drawing.canvas, drawing.points, brush());
    },
    /** @param {PointerEvent} event */
    lift(event) {
      if (drawing?.pointer === event.pointerId) drawing = null;
    },
  };
  return pen;
}

/**
 * The time from a click that lays something on the sheet until that lies there, and what is drawn meanwhile.
 * @param {string} container key of the container with the canvas
 * @param {() => boolean} busy whether the pen is down
 * @param {() => string} laid what lies on the sheet
 */
function createHold(container, busy, laid) {
  /** @type {{ from: string, clicked: number, laid: number, ran: number, strokes: Point[][] } | null} */
  let hold = null;
  let timer = 0;
  let [again, pending] = [false, false]; // strokes are drawn again; a frame of that is still to come

  /** @param {(now: number) => void} go */
  function nextFrame(go) {
    pending = true;
    return requestAnimationFrame((now) => {
      pending = false;
      go(now);
    });
  }

  function look() {
    if (!hold) return;
    const now = performance.now();
    if (!document.querySelector(RESTING)) hold.ran = now;
    if (hold.from !== laid()) hold.laid = Math.min(hold.laid, now);
    const sinceLaid = hold.laid <= now ? now - hold.laid : Infinity;
    const wait = busy() || pending || waits({ sinceClick: now - hold.clicked, sinceLaid, sinceRun: now - hold.ran });
    if (wait) timer = setTimeout(look, LOOK);
    else letGo();
  }

  function letGo() {
    const strokes = hold?.strokes.splice(0) ?? [];
    const canvas = findCanvas(container);
    if (!strokes.length || !canvas) {
      hold = null;
      again = false;
      return;
    }
    canvas.getContext("2d")?.clearRect(0, 0, canvas.width, canvas.height);
    again = true;
    replay(canvas, strokes, SIDE, nextFrame);
    timer = setTimeout(look, SPREAD * (strokes.length + 1)); // what is drawn meanwhile waits as well
  }

  return {
    strokes: () => hold?.strokes ?? null,
    keeps: () => again || Boolean(hold?.strokes.length),
    begin() {
      clearTimeout(timer);
      const now = performance.now();
      hold = { from: laid(), clicked: now, laid: Infinity, ran: now, strokes: hold?.strokes ?? [] };
      timer = setTimeout(look, LOOK);
    },
    end: () => clearTimeout(timer),
  };
}

/** @param {string} container key of the container with the canvas */
export function keepWaitingStrokes(container) {
  /** @type {Told} */
  let told = { laid: "", brush: 20 };
  const pen = createPen(container, () => told.brush);
  const hold = createHold(container, pen.isDown, () => told.laid);

  /** @type {Record<string, (event: any) => void>} */
  const listeners = {
    click(event) {
      if (event.composedPath()[0].closest?.(LAYS)) hold.begin();
    },
    keydown(event) {
      const undo = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z";
      if (undo && document.querySelector(".st-key-undo button:enabled")) hold.begin();
    },
    // The canvas does not see that the pen comes down. What is drawn again comes from no hand.
    pointerdown(event) {
      const strokes = hold.strokes();
      if (!strokes || !event.isTrusted || !sheetUnder(event, container)) return;
      event.stopImmediatePropagation();
      pen.down(event, strokes);
    },
    mousedown(event) {
      if (hold.strokes() && event.isTrusted && sheetUnder(event, container)) event.stopImmediatePropagation();
    },
  };
  listeners.touchstart = listeners.mousedown;
  const listening = followPointer({ down: () => {}, move: pen.move, lift: pen.lift });
  const how = { capture: true, passive: true, signal: listening.signal };
  // At the window: before all others, which listen to the document.
  for (const [name, listener] of Object.entries(listeners)) window.addEventListener(name, listener, how);
  return {
    /** @param {Told} now */
    tell(now) {
      told = now;
    },
    /** Whether a stroke is not on the sheet yet. */
    waits: hold.keeps,
    end() {
      hold.end();
      listening.abort();
    },
  };
}
