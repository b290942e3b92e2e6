// A recurrent network follows the pen, with no call of the server: it reads where the pen goes and never sees the
// picture. Under the words grows a strip with what it thinks after every step. Buttons send the path to Python, which
// asks both networks what they make of the same picture drawn by another movement.
import { button, element, write } from "../lib/elements.js";
import { mount } from "../lib/mounting.js";
import { readPalette } from "../lib/palette.js";
import { fetchNetwork } from "../live/fetching.js";
import { strokesFor } from "./keeping.js";
import { countPoints, fromZero, MOST_POINTS, record } from "./recording.js";
import { follow, readReader } from "./recurrent.js";
import { findCanvas, replay } from "./replay.js";
import { keepInSight } from "./sight.js";
import { hasMoved, toSteps } from "./steps.js";
import { createStrip } from "./strip.js";
import { says, UNMOVED } from "./wording.js";

/**
 * `none` is said where there is no movement; `replay` is a path to be drawn, once for each `id`.
 * @typedef {import("./keeping.js").OnSheet & {
 *   network: string, title: string, classes: string[], palette: string, canvas: string, side: number, none: string,
 *   known: boolean,
 *   spared: string[], ask: string, experiments: { name: string, label: string, help: string }[],
 *   replay: { id: number, strokes: Stroke[] } | null,
 * }} Data
 * @typedef {import("../lib/mounting.js").Run<Data>} Run
 * @typedef {import("./steps.js").Stroke} Stroke
 */

/**
 * `looks` is what the elements were made for, `replayed` the last path that was drawn; `judged` says whether Python has
 * seen the newest stroke.
 * @typedef {{
 *   run: Run | null, reader: import("./recurrent.js").Reader | null, address: string, looks: string,
 *   strokes: Stroke[], drawing: boolean, judged: boolean, read: import("./recurrent.js").Read[], frame: number,
 *   words: HTMLElement, place: HTMLElement, below: HTMLElement, ask: HTMLElement, tried: HTMLElement,
 *   show: ReturnType<typeof createStrip> | null,
 *   sight: ReturnType<typeof keepInSight>, placed: boolean | null, replayed: number,
 *   timer: ReturnType<typeof setTimeout> | undefined, stopReplay: () => void,
 *   stopRecording: () => void,
 * }} Movement
 */

const SETTLED = 400; // ms until the canvas has taken up what the server has laid on it
const TOO_LONG = " No more than that is read of one drawing: clear the sheet.";

/** @param {Movement} movement */
function draw(movement) {
  movement.frame = 0;
  const { run, reader, show, strokes, drawing } = movement;
  if (!run || !reader || !show) return;
  const begun = performance.now();
  const { classes, title, none, side } = run.data;
  const known = run.data.known || !movement.judged;
  const steps = toSteps(strokes, side);
  const read = movement.read = hasMoved(steps) ? follow(reader, steps, movement.read) : [];
  show(read);
  const long = countPoints(strokes) >= MOST_POINTS ? TOO_LONG : "";
  const nothing = steps.length && !drawing ? UNMOVED : none;
  write(movement.words, read.length ? says(read, classes, title, drawing, known) + long : nothing);
  movement.words.classList.toggle("pale", !known && read.length > 0);
  for (const part of [movement.ask, movement.tried]) {
    part.hidden = !read.length;
    part.style.visibility = drawing ? "hidden" : ""; // in its place: nothing moves when the pen is lifted
  }
  if (movement.placed !== read.length > 0) {
    movement.placed = read.length > 0;
    movement.sight.look();
  }
  performance.measure("movement", { start: begun }); // to be seen in the browser's profiler
}

/** @param {Movement} movement */
function drawSoon(movement) {
  movement.frame ||= requestAnimationFrame(() => draw(movement));
}

/**
 * What is done while a person draws.
 * @param {Movement} movement
 */
function penListeners(movement) {
  return {
    onBegin() {
      Object.assign(movement, { drawing: true, judged: false, placed: null });
      movement.sight.wake();
      return movement.strokes;
    },
    onPoint() {
      const tooMany = countPoints(movement.strokes) - MOST_POINTS;
      if (tooMany > 0) movement.strokes.at(-1)?.splice(-tooMany);
      drawSoon(movement);
    },
    onEnd() {
      movement.drawing = false;
      drawSoon(movement);
    },
  };
}

/**
 * Fetch the network; until it is here the one before goes on.
 * @param {Movement} movement
 * @param {string} address
 */
async function load(movement, address) {
  movement.address = address;
  try {
    const file = await fetchNetwork(address);
    if (movement.address !== address) return; // another one was chosen meanwhile
    Object.assign(movement, { reader: readReader(file), read: [] });
    draw(movement);
  } catch (error) {
    console.info("The movement is not read:", error);
    if (movement.address === address) Object.assign(movement, { address: "", reader: null });
  }
}

/**
 * Make the strip and the buttons, when they are for something else than before.
 * @param {Movement} movement
 * @param {Data} data
 */
function build(movement, { classes, palette, ask, experiments }) {
  const looks = JSON.stringify([classes, experiments]);
  if (looks === movement.looks) return;
  movement.looks = looks;
  movement.place.replaceChildren();
  movement.below.replaceChildren();
  movement.show = createStrip(movement.place, movement.below, classes, readPalette(palette));
  movement.ask.textContent = ask;
  movement.tried.replaceChildren(...experiments.map(({ name, label, help }) => button(label, { title: help,
    onclick: () => movement.run?.setTriggerValue("tried", { name, strokes: fromZero(movement.strokes) }) })));
}

/**
 * Draw a path on the canvas, if it was not drawn before.
 * @param {Movement} movement
 * @param {Data} data
 */
function drawAgain(movement, { replay: wanted, canvas: container, side }) {
  if (!wanted || wanted.id === movement.replayed) return;
  movement.replayed = wanted.id;
  movement.stopReplay();
  clearTimeout(movement.timer);
  movement.timer = setTimeout(() => {
    const canvas = findCanvas(container);
    if (!canvas || movement.drawing) return;
    canvas.scrollIntoView({ block: "nearest" }); // hands stand further down the page
    movement.stopReplay = replay(canvas, wanted.strokes, side);
  }, SETTLED);
}

/** @param {HTMLElement} root */
function createMovement(root) {
  const [words, place, below] = [element("p", "says"), element("div"), element("div")];
  const [ask, tried] = [element("p", "ask"), element("div", "tried")];
  words.setAttribute("role", "status");
  const [around, inSight] = [element("div"), element("div", "in-sight")];
  inSight.append(words, place);
  around.append(inSight);
  root.append(around, below, ask, tried);
  const sight = keepInSight(inSight, around, () => movement.read.length > 0, () =>
    (movement.run?.data.spared ?? []).flatMap((key) => [...document.querySelectorAll(`.st-key-${key}`)]));
  /** @type {Movement} */
  const movement = { run: null, reader: null, address: "", looks: "", strokes: [], drawing: false, judged: false,
    read: [], frame: 0,
    words, place, below, ask, tried, show: null, sight, placed: null,
    replayed: -1, timer: undefined, stopReplay: () => {}, stopRecording: () => {} };
  return {
    /** @param {Run} run */
    update(run) {
      const { data } = run;
      const before = movement.run?.data ?? null;
      movement.run = run;
      if (before?.drawing !== data.drawing || before.sheet !== data.sheet) movement.judged = !movement.drawing;
      build(movement, data);
      if (data.network !== movement.address) load(movement, data.network);
      movement.strokes = strokesFor(movement.strokes, movement.drawing, before, data);
      if (!before) {
        movement.stopRecording = record(data.canvas, () => movement.run?.data.side ?? 1, penListeners(movement));
        movement.replayed = data.replay?.id ?? -1; // what was drawn before a visit elsewhere is not drawn again
      }
      drawAgain(movement, data);
      movement.placed = null; // the page may have another shape now
      drawSoon(movement);
    },
    end() {
      sight.end();
      clearTimeout(movement.timer);
      cancelAnimationFrame(movement.frame);
      movement.stopReplay();
      movement.stopRecording();
    },
  };
}

export default mount("movement", createMovement);
