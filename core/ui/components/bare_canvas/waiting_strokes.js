// Keeps what is drawn between a click that lays something else on the sheet (Clear, Undo, Hand it in) and the server's
// answer, which would wipe it away: on a slow network that is a second and more. The strokes are seen meanwhile, and
// drawn again on what was laid, one by one, so that Undo finds them one by one. A further such click waits in the same
// row, but Undo takes back a stroke that waits at once: the server knows nothing of it.
import { sheetUnder } from "../lib/drawable_canvas.js";
import { followPointer, isFurther, placesOf } from "../lib/pointer.js";
import { isResting } from "../lib/script_state.js";
import { placeOf } from "../movement/recording.js";
import { findCanvas, replay } from "../movement/replay.js";

/** @typedef {[number, number, number]} Point x, y and no time: what waited is drawn at once */
/**
 * @typedef {{ laid: string, brush: number, lays: string[] }} Told `laid` is another text with everything that is laid
 *   on the sheet, `lays` are the keys of the buttons that do so
 */

const SIDE = 280; // of the canvas in its own pixels
const LOOK = 50; // ms
const SETTLED = 250; // ms until the canvas has taken up what is laid on it
const CALM = 3000; // ms after the last run since the click: it has laid nothing
const PATIENCE = 15_000; // ms
const DRAWN = 100; // ms that the canvas takes for a stroke
const READ = 3000; // ms from there on until the server has surely read it

/**
 * Whether to wait on for what a click lays.
 * @param {{ sinceClick: number, sinceLaid: number, sinceRun: number }} ms infinite where it has not been laid, and
 *   where no run was seen since the click: its answer may still be on its way
 */
export function waits({ sinceClick, sinceLaid, sinceRun }) {
  if (Number.isFinite(sinceLaid)) return sinceLaid < SETTLED;
  return sinceClick < PATIENCE && (sinceRun === Infinity || sinceRun < CALM);
}

/**
 * Whether the server has read a stroke, as far as one can see.
 * @param {number} since ms since it was sent, infinite where none was
 * @param {number} sinceRun ms since the page was running, 0 where it is
 */
export function isRead(since, sinceRun) {
  return since > READ || (sinceRun > 0 && sinceRun < since);
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
 * Show those of several strokes that wait, and nothing else.
 * @param {HTMLCanvasElement} canvas
 * @param {Point[][]} strokes
 * @param {number} brush
 */
function showAll(canvas, strokes, brush) {
  canvas.getContext("2d")?.clearRect(0, 0, canvas.width, canvas.height);
  for (const stroke of strokes) show(canvas, stroke, brush);
}

/**
 * The button with a key, if it can be clicked. One that waits is looked for when its turn comes: the page may have made
 * it anew meanwhile, or there may be nothing to take back any more.
 * @param {string} key
 * @returns {HTMLElement | null}
 */
const buttonWith = (key) => document.querySelector(`.st-key-${key} button:enabled`);

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
     * @param {(stroke: Point[]) => void} add gets a new stroke, which grows
     */
    down(event, add) {
      const canvas = sheetUnder(event, container)?.upper;
      if (!canvas || isFurther(event, drawing !== null)) return;
      drawing = { canvas, pointer: event.pointerId, points: [] };
      add(drawing.points);
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
 * The time from a click that lays something on the sheet until that lies there, and what is done meanwhile.
 * @param {string} container key of the container with the canvas
 * @param {() => boolean} busy whether the pen is down
 * @param {() => Told} told
 * @param {() => void} send lets the server have what is on the sheet
 */
function createHold(container, busy, told, send) {
  /** @type {{ from: string, clicked: number, laid: number, ran: number, sent: number } | null} */
  let hold = null;
  /** @type {(Point[] | string)[]} */
  let row = []; // strokes, and keys of buttons, that wait
  let [timer, again, pending] = [0, false, false]; // strokes are drawn again; a frame of that is still to come

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
    if (!isResting()) hold.ran = now;
    if (hold.from !== told().laid) hold.laid = Math.min(hold.laid, now);
    const sinceLaid = hold.laid <= now ? now - hold.laid : Infinity;
    const since = { sinceClick: now - hold.clicked, sinceLaid, sinceRun: now - hold.ran };
    const read = isRead(now - hold.sent, now - hold.ran);
    if (busy() || pending || waits(since) || !read) timer = setTimeout(look, LOOK);
    else next();
  }

  function next() {
    const canvas = findCanvas(container);
    const first = canvas ? row.shift() : null;
    if (!canvas || !first) {
      [hold, row, again] = [null, [], false];
    } else if (typeof first === "string") {
      const button = buttonWith(first);
      if (button) button.click(); // as an event that comes from no hand, which begins anew
      else next();
    } else {
      again = true;
      showAll(canvas, [], told().brush);
      replay(canvas, [first], SIDE, nextFrame);
      timer = setTimeout(drawn, DRAWN, canvas); // what is drawn meanwhile waits as well
    }
  }

  /** @param {HTMLCanvasElement} canvas */
  function drawn(canvas) {
    if (hold && row.length) { // the next one has to wait until the server has read this one
      showAll(canvas, strokes(), told().brush);
      send();
      hold.sent = performance.now();
    }
    look();
  }

  const strokes = () => row.filter((one) => Array.isArray(one));

  return {
    holds: () => hold !== null,
    keeps: () => again || row.length > 0,
    begin() {
      clearTimeout(timer);
      const now = performance.now();
      hold = { from: told().laid, clicked: now, laid: Infinity, ran: -Infinity, sent: -Infinity };
      timer = setTimeout(look, LOOK);
    },
    /** @param {Point[] | string} one a stroke, or the key of a button, that waits its turn */
    add: (one) => row.push(one),
    /** Take back the stroke that waits last; whether there was one. */
    takeBack() {
      if (!Array.isArray(row.at(-1))) return false;
      if (busy()) return true; // one that is being drawn is no last stroke
      row.pop();
      const canvas = findCanvas(container);
      if (canvas) showAll(canvas, strokes(), told().brush);
      return true;
    },
    end: () => clearTimeout(timer),
  };
}

/**
 * @param {string} container key of the container with the canvas
 * @param {() => void} send lets the server have what is on the sheet at once
 */
export function keepWaitingStrokes(container, send) {
  /** @type {Told} */
  let told = { laid: "", brush: 20, lays: [] };
  const pen = createPen(container, () => told.brush);
  const hold = createHold(container, pen.isDown, () => told, send);

  /**
   * Somebody asks for a button that lays something on the sheet.
   * @param {Event} event
   * @param {HTMLElement} button
   */
  function press(event, button) {
    if (!event.isTrusted || !hold.keeps()) return hold.begin();
    event.stopImmediatePropagation();
    const key = told.lays.find((one) => button.closest(`.st-key-${one}`));
    if (key && (key !== "undo" || !hold.takeBack())) hold.add(key);
  }

  /** @type {Record<string, (event: any) => void>} */
  const listeners = {
    click(event) {
      const keys = told.lays.map((key) => `.st-key-${key} button`).join();
      const button = keys && event.composedPath()[0].closest?.(keys);
      if (button) press(event, button);
    },
    keydown(event) {
      const typing = event.composedPath()[0].closest?.("input, textarea, [contenteditable]");
      const undo = !typing && (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z";
      const button = undo ? buttonWith("undo") : null;
      if (button) press(event, button);
    },
    // The canvas does not see that the pen comes down. What is drawn again comes from no hand.
    pointerdown(event) {
      if (!hold.holds() || !event.isTrusted || !sheetUnder(event, container)) return;
      event.stopImmediatePropagation();
      pen.down(event, hold.add);
    },
    mousedown(event) {
      if (hold.holds() && event.isTrusted && sheetUnder(event, container)) event.stopImmediatePropagation();
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
