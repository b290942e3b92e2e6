// Mends the drawable canvas from outside. Takes its own toolbar away, by a style in its shadow root. Gives it all
// points of a quick stroke (`quick_strokes.js`), ends one that is taken away (`interrupted.js`), and keeps one that is
// drawn while something else is about to be laid on the sheet (`waiting_strokes.js`). And sends a
// finished stroke at once when a person clicks elsewhere: the canvas waits 200 ms, and a click that lays another digit
// on it, undoes or leads to another page would find the stroke still unsent, and it would be lost. A link also waits
// until the server has read the stroke, if that does not take long.
import { sheetUnder } from "../lib/drawable_canvas.js";
import { element } from "../lib/elements.js";
import { holdLinks } from "../lib/leaving.js";
import { mount } from "../lib/mounting.js";
import { isResting } from "../lib/script_state.js";
import { endInterrupted } from "./interrupted.js";
import { completeStrokes } from "./quick_strokes.js";
import { isRead, keepWaitingStrokes } from "./waiting_strokes.js";

const CONTAINER = "canvas";

// ms; the canvas's own 200, and some for a slow machine. Sending twice does no harm; with a link it is the last time
const [UNSENT, UNSENT_BEFORE_LINK] = [400, 1000];

const ITSELF = 200; // ms after which the canvas sends a stroke by itself
const READING = 1000; // ms that a link waits at most for the server to have read a stroke

/** Notes when a script of the page was seen to begin, and to run, however short. */
function watchRuns() {
  let [began, ran, rested] = [-Infinity, -Infinity, true];
  const observer = new MutationObserver(() => {
    const rests = isResting();
    if (!rests) ran = performance.now();
    if (rested && !rests) began = ran;
    rested = rests;
  });
  observer.observe(document.body, { subtree: true, attributeFilter: ["data-test-script-state"] });
  return {
    /** ms since then, 0 where one is running. */
    since: () => isResting() ? performance.now() - ran : 0,
    began: () => began,
    end: () => observer.disconnect(),
  };
}

function hideToolbar() {
  for (const { shadowRoot } of document.querySelectorAll(`.st-key-${CONTAINER} *`)) {
    if (!shadowRoot?.querySelector(".dc-root") || shadowRoot.querySelector("style.bare")) continue;
    shadowRoot.append(element("style", "bare", ".dc-toolbar { display: none !important }"));
  }
}

function createBareCanvas() {
  /** @type {HTMLCanvasElement | null} */
  let canvas = null; // the one that was drawn on last
  let drawing = false;
  let [lifted, sent] = [-Infinity, -Infinity];

  /**
   * Let the server have what is on the sheet, unless that was finished longer ago.
   * @param {number} ago ms
   * @returns when it was sent last
   */
  function send(ago) {
    if (performance.now() - lifted > ago) return sent;
    [lifted, sent] = [-Infinity, performance.now()];
    // The first button of the toolbar sends the drawing.
    /** @type {HTMLButtonElement | null | undefined} */
    const button = canvas?.closest(".dc-root")?.querySelector(".dc-toolbar button");
    button?.click();
    return sent;
  }

  /** @type {Record<string, (event: any) => void>} */
  const listeners = {
    pointerdown(event) {
      const upper = sheetUnder(event, CONTAINER)?.upper;
      drawing = upper !== undefined;
      if (upper) canvas = upper;
      else send(UNSENT);
    },
    pointerup() {
      if (drawing) lifted = performance.now();
    },
    keydown: () => send(UNSENT),
  };
  const waiting = keepWaitingStrokes(CONTAINER, () => send(UNSENT));
  const runs = watchRuns();
  const stopHolding = holdLinks({
    unsent() {
      const last = Math.max(lifted + ITSELF, sent);
      return waiting.waits() || (runs.began() < last && performance.now() - last < UNSENT_BEFORE_LINK);
    },
    done() {
      if (waiting.waits()) return false;
      const since = performance.now() - send(UNSENT_BEFORE_LINK);
      return since > READING || isRead(since, runs.since());
    },
  });
  document.documentElement.dataset.strokesKept = ""; // from now on nothing is lost (`bare_canvas.py`)
  // The canvas may come before or after this, and again after a visit to another page.
  const timer = setInterval(hideToolbar, 200);
  for (const [name, listener] of Object.entries(listeners)) document.addEventListener(name, listener, true);
  const mending = [completeStrokes(CONTAINER), endInterrupted(CONTAINER), waiting.end, runs.end, stopHolding];
  return {
    /** @param {import("../lib/mounting.js").Run<import("./waiting_strokes.js").Told>} run */
    update({ data }) {
      waiting.tell(data);
      hideToolbar();
    },
    end() {
      clearInterval(timer);
      for (const [name, listener] of Object.entries(listeners)) document.removeEventListener(name, listener, true);
      for (const stop of mending) stop();
    },
  };
}

export default mount("bare-canvas", createBareCanvas);
