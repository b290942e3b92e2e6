// The network at work while the pen is down. Python sends where the network is (fetched once), how it is called, and
// the 28x28 pixels that the server has read; after that nobody is asked: the canvas is read, prepared and put through
// the network here, once a frame. When the pen is lifted the server answers as ever, and its answer takes over.
//
// Two ways to stand on a page. Over the server's answers (`over` is the key of their container): it covers them from
// the first ink of a stroke until the answer to that stroke is there. Or in a place of its own: always seen, at rest
// with the server's pixels. Whatever fails here (no canvas, no network, too slow) leaves the page as it was; a stroke
// that is too much for the browser is left to the server, and after several of them all are.
import { bytesOf } from "../lib/bytes.js";
import { mount } from "../lib/mounting.js";
import { readPalette } from "../lib/palette.js";
import { firstSign } from "../lib/pointer.js";
import { fetchNetwork } from "./fetching.js";
import { readNetwork, walk } from "./network.js";
import { watchPen } from "./pen.js";
import { meanDifference, prepare, SIDE } from "./preparation.js";
import { createView } from "./view.js";

/**
 * `network` is an address, `pixels` are bytes, `run` tells one answer of the server from the next.
 * @typedef {{ network: string, title: string, classes: string[], colour: string, palette: string, pixels: string,
 *   canvas: string, over: string | null, run: string }} Data
 * @typedef {import("../lib/mounting.js").Run<Data>} Run
 */

/**
 * `waiting`: the pen was lifted and the server has not answered. `slow` counts frames in a row that took too long,
 * `tooMuch` strokes in a row that were given up, and `passing` says that the rest of this one is passed over.
 * `behind` is the chosen digit that lies behind the canvas, `looks` what the view was made for, `missed` the last
 * picture that was drawn while the network was on its way.
 * @typedef {{
 *   root: HTMLElement, data: Data, address: string | null,
 *   network: import("./network.js").Network | null, show: ReturnType<typeof createView> | null, looks: string,
 *   pixels: Float32Array | null, drawing: boolean, waiting: boolean, slow: number, tooMuch: number,
 *   passing: boolean, behind: HTMLElement | null,
 *   missed: ImageData | null,
 *   timer: ReturnType<typeof setTimeout> | undefined, stopWatching: () => void,
 * }} Live
 */

const SAME = 3 / 255; // mean difference of two preparations of one drawing: the line is smoothed when the pen is lifted
const STALE = 1000; // ms that an answer to another drawing is taken for a late one
const SETTLED = 500; // ms until the canvas has taken up what the server has laid behind it
const PATIENCE = 10000; // ms to wait for the server before its last answer is uncovered
const [SLOW, TOO_OFTEN] = [50, 3]; // ms of script in a frame; so many in a row, and the live view gives a stroke up
const STROKES = 3; // so many in a row that were given up, and it stays away: a browser may stall for a moment
const BLANK = new Float32Array(SIDE * SIDE);

/**
 * Cover or uncover the server's answers; attributes, because Streamlit minds the classes of its elements.
 * @param {Live} live
 * @param {boolean} on
 */
function cover({ root, data }, on) {
  if (!data.over) return;
  const page = root.getRootNode();
  const host = page instanceof ShadowRoot ? page.host : root;
  host.closest(`.st-key-${data.over}`)?.toggleAttribute("data-live", on);
}

/**
 * Put pixels through the network and show them.
 * @param {Live} live
 * @param {Float32Array | null} pixels null for an empty sheet
 */
function draw({ network, show, drawing }, pixels) {
  if (!network || !show) return;
  const probabilities = walk(network, pixels ?? BLANK);
  show(pixels ?? BLANK, pixels && probabilities, drawing);
}

/** @param {Live} live */
function serverPixels({ data }) {
  const bytes = bytesOf(data.pixels);
  return bytes.some(Boolean) ? Float32Array.from(bytes, (byte) => byte / 255) : null;
}

/**
 * Whether the server has read what was drawn last.
 * @param {Live} live
 */
function isAnswered(live) {
  return !live.pixels || meanDifference(live.pixels, serverPixels(live) ?? BLANK) <= SAME;
}

/**
 * Leave the word to the server: its answer is uncovered, or its pixels are put through the network.
 * @param {Live} live
 */
function handOver(live) {
  clearTimeout(live.timer);
  live.waiting = false;
  cover(live, false);
  const { behind } = live;
  setTimeout(() => {
    if (behind && !live.drawing && !live.waiting) behind.style.filter = "";
  }, SETTLED);
  if (!live.data.over) draw(live, serverPixels(live));
}

/**
 * @param {Live} live
 * @param {number} milliseconds
 */
function handOverLater(live, milliseconds) {
  clearTimeout(live.timer);
  live.timer = setTimeout(() => {
    if (!live.drawing) handOver(live);
  }, milliseconds);
}

/**
 * @param {Live} live
 * @param {ImageData} picture
 * @param {number} begun
 */
function drawFrame(live, picture, begun) {
  live.pixels = prepare(picture);
  draw(live, live.pixels);
  cover(live, live.pixels !== null);
  performance.measure("live", { start: begun }); // to be seen in the browser's profiler
  live.slow = performance.now() - begun > SLOW ? live.slow + 1 : 0;
}

/**
 * What the live view does while a person draws.
 * @param {Live} live
 * @returns {import("./pen.js").PenListeners}
 */
function penListeners(live) {
  return {
    onDown({ behind }) {
      clearTimeout(live.timer);
      live.behind = behind;
      if (behind) behind.style.filter = "brightness(0)"; // a chosen digit makes room at once, network or not
      performance.clearMeasures("live");
      Object.assign(live, { drawing: true, waiting: false, pixels: null, slow: 0, passing: false });
    },
    onFrame(picture, begun, last) {
      if (live.passing) return;
      live.missed = live.show ? null : picture;
      if (live.show) drawFrame(live, picture, begun);
      else if (last) live.pixels = prepare(picture);
      const tooSlow = live.slow >= TOO_OFTEN;
      if (!last && !tooSlow) return;
      live.passing = tooSlow;
      live.tooMuch = tooSlow ? live.tooMuch + 1 : 0;
      if (live.tooMuch >= STROKES) live.stopWatching();
      live.drawing = false;
      live.waiting = live.pixels !== null && !tooSlow && !isAnswered(live); // slow frames: the server may be first
      if (live.waiting) handOverLater(live, PATIENCE);
      else handOver(live);
    },
    onLost() {
      live.drawing = false;
      handOver(live);
    },
  };
}

/** @param {Data} data */
const looksOf = ({ title, classes, colour }) => JSON.stringify([title, classes, colour]);

/** @param {Live} live */
function makeView(live) {
  if (!live.network) return;
  live.looks = looksOf(live.data);
  live.show = createView(live.root, live.network, live.data, readPalette(live.data.palette).words);
}

/**
 * Fetch the network; until it is here the one before goes on.
 * @param {Live} live
 */
async function load(live) {
  const address = live.address = live.data.network;
  try {
    if (live.data.over) await firstSign(); // until then the server's answer is what is seen
    const file = await fetchNetwork(address);
    if (live.address !== address) return; // another one was chosen meanwhile
    live.network = readNetwork(file);
    makeView(live);
    if (live.missed && (live.drawing || live.waiting)) {
      drawFrame(live, live.missed, performance.now());
    } else {
      draw(live, serverPixels(live)); // also compiles what the first stroke needs
    }
  } catch (error) {
    console.info("The live view stays away:", error);
    if (live.address !== address) return;
    Object.assign(live, { address: null, network: null, show: null });
    live.root.replaceChildren();
    cover(live, false);
  }
}

/**
 * Take in what Python has sent.
 * @param {Live} live
 * @param {Data} data
 */
function takeOver(live, data) {
  const [fresh, first] = [live.data.run !== data.run, !live.data.run];
  live.data = data;
  if (data.network !== live.address) load(live);
  else if (live.show && live.looks !== looksOf(data)) makeView(live);
  if (live.drawing || !fresh) return;
  if (first || !live.waiting || isAnswered(live)) handOver(live);
  else handOverLater(live, STALE);
}

/** @param {HTMLElement} root */
function createLive(root) {
  /** @type {Data} */
  const data = { network: "", title: "", classes: [], colour: "", palette: "", pixels: "", canvas: "", over: null,
    run: "" };
  /** @type {Live} */
  const live = { root, data, address: null, network: null, show: null, looks: "", pixels: null, drawing: false,
    waiting: false, slow: 0, tooMuch: 0, passing: false, behind: null, missed: null, timer: undefined,
    stopWatching: () => {} };
  return {
    /** @param {Run} run */
    update(run) {
      const first = !live.data.run;
      takeOver(live, run.data);
      if (first) live.stopWatching = watchPen(run.data.canvas, penListeners(live));
    },
    end() {
      clearTimeout(live.timer);
      live.stopWatching();
      cover(live, false);
      if (live.behind) live.behind.style.filter = "";
    },
  };
}

export default mount("live", createLive);
