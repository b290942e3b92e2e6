// Mends the drawable canvas from outside. Takes its own toolbar away, by a style in its shadow root. Gives it all
// points of a quick stroke (`quick_strokes.js`), ends one that is taken away (`interrupted.js`), and keeps one that is
// drawn while something else is about to be laid on the sheet (`waiting_strokes.js`). And sends a
// finished stroke at once when a person clicks elsewhere: the canvas waits 200 ms, and a click that lays another digit
// on it, undoes or leads to another page would find the stroke still unsent, and it would be lost. A link also waits
// until the server has read the stroke: with a click on one, the browser tells it nothing of what was on the page
// before.
import { sheetUnder } from "../lib/drawable_canvas.js";
import { element } from "../lib/elements.js";
import { mount } from "../lib/mounting.js";
import { endInterrupted } from "./interrupted.js";
import { completeStrokes } from "./quick_strokes.js";
import { keepWaitingStrokes } from "./waiting_strokes.js";

const CONTAINER = "canvas";

const UNSENT = 400; // ms; the canvas's own 200, and some for a slow machine. Sending twice does no harm

const READING = [100, 2000]; // ms that a link waits for the server to have read a stroke, at least and at most

/**
 * Follow a link once all strokes are on the sheet, and the server has read what it was sent.
 * @param {HTMLElement} link
 * @param {() => boolean} waits whether a stroke is not on the sheet yet
 * @param {() => void} send
 */
function followLater(link, waits, send) {
  let [least, most] = [Infinity, Infinity];
  const look = () => {
    const now = performance.now();
    if (most === Infinity && !waits()) {
      send();
      [least, most] = READING.map((wait) => now + wait);
    }
    const resting = document.querySelector("[data-test-script-state=notRunning]");
    if (now > most || (resting && now > least)) link.click();
    else requestAnimationFrame(look);
  };
  look();
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
  let [lifted, sent] = [-UNSENT, -UNSENT];

  /** @type {Record<string, (event: any) => void>} */
  const listeners = {
    pointerdown(event) {
      const upper = sheetUnder(event, CONTAINER)?.upper ?? null;
      if (!upper) listeners.keydown(event);
      canvas = upper;
    },
    pointerup() {
      if (canvas) lifted = performance.now();
    },
    keydown() {
      if (performance.now() - lifted > UNSENT) return;
      [lifted, sent] = [-UNSENT, performance.now()];
      // The first button of the toolbar sends the drawing.
      /** @type {HTMLButtonElement | null | undefined} */
      const send = canvas?.closest(".dc-root")?.querySelector(".dc-toolbar button");
      send?.click();
    },
    click(event) {
      const here = event.isTrusted && !event.ctrlKey && !event.metaKey && !event.shiftKey;
      const link = here && event.composedPath()[0].closest?.("a[href]");
      if (!link || (!waiting.waits() && performance.now() - sent > UNSENT)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      followLater(link, waiting.waits, send);
    },
  };
  const send = () => listeners.keydown(null);
  const waiting = keepWaitingStrokes(CONTAINER, send);
  document.documentElement.dataset.strokesKept = ""; // from now on nothing is lost (`bare_canvas.py`)
  // The canvas may come before or after this, and again after a visit to another page.
  const timer = setInterval(hideToolbar, 200);
  for (const [name, listener] of Object.entries(listeners)) document.addEventListener(name, listener, true);
  const mending = [completeStrokes(CONTAINER), endInterrupted(CONTAINER), waiting.end];
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
