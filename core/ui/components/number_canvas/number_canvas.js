// A wide canvas for one line of digits. What is drawn goes to Python as a PNG while the pen is down, one message at a
// time, the newest first; so the answer follows the pen. Strokes and their history stay here.
import { button, element, once } from "../lib/elements.js";
import { pressOnUndo } from "../lib/keyboard.js";
import { mount } from "../lib/mounting.js";
import { createSender } from "../typing/sending.js";
import { keepDrawing, keepLaid } from "./keeping.js";
import { listenToPen } from "./pen.js";
import { createSheet } from "./sheet.js";

/**
 * @typedef {{ version: number, picture: string | null, own: boolean, before: boolean, brush: number,
 *   heard: number | null, sheet: string, asked: string }} Data `picture` is a data URL
 * @typedef {import("../lib/mounting.js").Run<Data>} Run
 */

const BEAT = 100; // ms from one picture to the next while the pen is down: to pack one takes a phone some 20
const UNDO = "Takes back the last stroke, or brings back what was there before.";
const CLEAR = "An empty sheet. Undo brings the drawing back.";
const LABEL = "Canvas: write a number of up to eight digits with mouse, pen or finger";

/** @param {HTMLElement} root */
function createParts(root) {
  const [canvas, tools] = [element("canvas"), element("div", "tools")];
  Object.assign(canvas, { role: "img", ariaLabel: LABEL });
  const undo = button("Undo", { title: UNDO, onclick: () => {} });
  const clear = button("Clear", { title: CLEAR, onclick: () => {} });
  tools.append(undo, clear);
  root.append(canvas, tools);
  return { canvas, undo, clear };
}

/** @param {HTMLElement} root */
function createNumberCanvas(root) {
  const { canvas, undo, clear } = createParts(root);
  /** @type {Run} */
  let run;
  /** @type {number | null} */
  let version = null;
  let [drawing, frame, sent] = [false, 0, 0];

  const sheet = createSheet(canvas, () => draw(), () => tell());
  const sender = createSender((message) => run.setStateValue("drawn", { ...message, version }));
  const ended = new AbortController();
  undo.onclick = once(goBack);
  clear.onclick = once(() => act(sheet.history.clear));
  pressOnUndo(undo, ended.signal);

  function goBack() {
    if (sheet.history.canUndo) act(sheet.history.undo);
    else run.setTriggerValue("undone", version);
  }

  const send = () => {
    sent = performance.now();
    const picture = sheet.untouched ? "" : canvas.toDataURL("image/png");
    sender.send(picture, 0);
    return picture;
  };
  const tell = () => sheet.isComing || keepDrawing(run.data, send());
  /** @param {() => void} change */
  const act = (change) => {
    change();
    draw();
    tell();
  };

  function draw() {
    frame = 0;
    sheet.draw();
    [undo.disabled, clear.disabled] = [!sheet.history.canUndo && !run.data.before, sheet.empty];
    if (drawing && !sheet.isComing && performance.now() - sent >= BEAT) send();
  }

  /** @type {import("./strokes.js").Stroke} */
  let stroke;
  listenToPen(canvas, {
    begin() {
      drawing = true;
      stroke = { points: [], width: run.data.brush };
      sheet.history.begin(stroke, run.data.own);
    },
    points(points) {
      stroke.points.push(...points);
      frame ||= requestAnimationFrame(draw);
    },
    end: () => act(() => { drawing = false; }),
  });
  const watcher = new ResizeObserver(() => version !== null && sheet.fit());
  watcher.observe(canvas);

  return {
    /** @param {Run} newest */
    update(newest) {
      run = newest;
      if (run.data.version !== version) {
        [version, drawing] = [run.data.version, false];
        sheet.lay(run.data.picture, run.data.own);
        sender.reset("");
        keepLaid(run.data, (kept) => run.setTriggerValue("returned", kept));
      }
      sheet.fit();
      draw();
      sender.answered(run.data.heard);
    },
    end() {
      cancelAnimationFrame(frame);
      watcher.disconnect();
      ended.abort();
      sender.end();
    },
  };
}

export default mount("number-canvas", createNumberCanvas);
