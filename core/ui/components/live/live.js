// The network at work while the pen is down. Python sends where the network is (fetched once), how it is called, and
// the 28x28 pixels that the server has read; after that nobody is asked: the canvas is read, prepared and put through
// the network here, once a frame. When the pen is lifted the server answers as ever, and its answer takes over.
//
// Two ways to stand on a page. Over the server's answers (`over` is the key of their container): it covers them from
// the first ink of a stroke until the answer to that stroke is there. Or in a place of its own: always seen, at rest
// with the server's pixels. Whatever fails here (no canvas, no network, too slow) leaves the page as it was.
import { readNetwork, walk } from "./network.js";
import { watchPen } from "./pen.js";
import { bytesOf, readPalette } from "./pictures.js";
import { prepare, SIDE } from "./preparation.js";
import { createView } from "./view.js";

const SAME = 3 / 255; // mean difference of two preparations of one drawing: the line is smoothed when the pen is lifted
const STALE = 1000; // ms that an answer to another drawing is taken for a late one
const SETTLED = 500; // ms until the canvas has taken up what the server has laid behind it
const PATIENCE = 10000; // ms to wait for the server before its last answer is uncovered
const [SLOW, TOO_OFTEN] = [50, 3]; // ms of script in a frame; so many in a row, and the live view gives up

const MOST_NETWORKS = 4; // kept in the tab; the browser's cache has the others
const NETWORKS = new Map(); // address -> promise of the file's bytes, for all live views of this page
const VIEWS = new WeakMap();

function fetchNetwork(address) {
  if (!NETWORKS.has(address)) {
    const file = fetch(new URL(address, document.baseURI), { priority: "low" }).then((answer) => {
      if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
      return answer.arrayBuffer();
    });
    file.catch(() => NETWORKS.delete(address)); // another try with the next run
    NETWORKS.set(address, file);
    if (NETWORKS.size > MOST_NETWORKS) NETWORKS.delete(NETWORKS.keys().next().value);
  }
  return NETWORKS.get(address);
}

function difference(one, other) {
  let sum = 0;
  for (let i = 0; i < one.length; i++) sum += Math.abs(one[i] - other[i]);
  return sum / one.length;
}

function createLive(root) {
  const live = { data: null, network: null, address: null, show: null, pixels: null, drawing: false,
    waiting: false, slow: 0, behind: null };
  const blank = new Float32Array(SIDE * SIDE);
  let [timer, looks, stopWatching] = [0, "", null];

  /** Cover or uncover the server's answers; attributes, because Streamlit minds the classes of its elements. */
  function cover(on) {
    if (!live.data.over) return;
    const answers = root.getRootNode().host?.closest(`.st-key-${live.data.over}`);
    if (answers) answers.toggleAttribute("data-live", on);
  }

  function draw(pixels, drawing) {
    const probabilities = walk(live.network, pixels ?? blank);
    live.show(pixels ?? blank, pixels && probabilities, drawing);
  }

  /** Leave the word to the server: its answer is uncovered, or its pixels are put through the network. */
  function handOver() {
    clearTimeout(timer);
    live.waiting = false;
    cover(false);
    setTimeout(showBehind, SETTLED, live.behind);
    if (live.show && !live.data.over) draw(serverPixels(), false);
  }

  function serverPixels() {
    const bytes = bytesOf(live.data.pixels);
    return bytes.some(Boolean) ? Float32Array.from(bytes, (byte) => byte / 255) : null;
  }

  function showBehind(behind) {
    if (behind && !live.drawing && !live.waiting) behind.style.filter = "";
  }

  function later(milliseconds) {
    clearTimeout(timer);
    timer = setTimeout(() => live.drawing || handOver(), milliseconds);
  }

  function onFrame(picture, begun, last) {
    if (live.show) drawFrame(picture, begun);
    if (!last && live.slow < TOO_OFTEN) return;
    if (live.slow >= TOO_OFTEN) stopWatching();
    live.drawing = false;
    live.waiting = live.pixels !== null && live.slow < TOO_OFTEN;
    if (live.waiting) later(PATIENCE);
    else handOver();
  }

  function drawFrame(picture, begun) {
    live.pixels = prepare(picture);
    draw(live.pixels, true);
    cover(live.pixels !== null);
    performance.measure("live", { start: begun }); // to be seen in the browser's profiler
    live.slow = performance.now() - begun > SLOW ? live.slow + 1 : 0;
  }

  function takeOver(data) {
    const [fresh, first] = [live.data?.run !== data.run, !live.data];
    live.data = data;
    if (data.network !== live.address) load(data);
    else if (live.show && looks !== looksOf(data)) makeView();
    if (live.drawing || !fresh) return;
    if (first || !live.waiting || !live.pixels) return handOver();
    if (difference(live.pixels, serverPixels() ?? blank) <= SAME) return handOver();
    later(STALE);
  }

  const looksOf = ({ title, classes, colour }) => JSON.stringify([title, classes, colour]);

  function makeView() {
    looks = looksOf(live.data);
    live.show = createView(root, live.network, { ...live.data, palette: readPalette(live.data.palette) });
  }

  async function load(data) {
    live.address = data.network; // until it is here the one before goes on
    try {
      const buffer = await fetchNetwork(data.network);
      if (live.address !== data.network) return; // another one was chosen meanwhile
      live.network = readNetwork(buffer);
      makeView();
      if (live.drawing) draw(live.pixels, true);
      else draw(serverPixels(), false); // also compiles what the first stroke needs
    } catch (error) {
      console.info("The live view stays away:", error);
      if (live.address !== data.network) return;
      [live.address, live.network, live.show] = [null, null, null];
      root.replaceChildren();
      cover(false);
    }
  }

  return {
    update(data) {
      takeOver(data);
      stopWatching ??= watchPen(data.canvas, {
        onDown({ behind }) {
          clearTimeout(timer);
          live.behind = behind;
          if (live.show && behind) behind.style.filter = "brightness(0)"; // a chosen digit makes room at once
          performance.clearMeasures("live");
          [live.drawing, live.waiting, live.pixels, live.slow] = [true, false, null, 0];
        },
        onFrame,
        onLost() {
          live.drawing = false;
          handOver();
        },
      });
    },
    end() {
      clearTimeout(timer);
      stopWatching?.();
      cover(false);
      if (live.behind) live.behind.style.filter = "";
    },
  };
}

/** Called by Streamlit's component with every run of the page. Returns what to do when the view goes. */
export default function update({ data, parentElement }) {
  const root = parentElement.querySelector(".live");
  let live = VIEWS.get(parentElement);
  if (!live) VIEWS.set(parentElement, (live = createLive(root)));
  live.update(data);
  return () => {
    live.end();
    VIEWS.delete(parentElement);
  };
}
