// The bench on which a kernel slides over a picture. All sums are worked out here, so pointing and stepping never ask
// the server. Only an edited kernel is sent, as the state `kernel`.
import { mount } from "../lib/mounting.js";
import { largestOf, readPalette, signedIndex } from "../lib/palette.js";
import { watchWidth } from "../lib/resizing.js";
import { compute, createBench, mapOf, sheetsOf } from "./bench.js";
import { createParts } from "./elements.js";
import { createKernel, replaceKernel, showKernel, undoEdit } from "./kernel.js";
import { paintCells } from "./painting.js";
import { choose, chooseFromInput, createPlaying, press, step, stop, toggle } from "./playing.js";
import { composePicture, save } from "./saving.js";
import { paint, showMarks } from "./showing.js";
import { KERNEL_CELL } from "./sizing.js";
import { csvOf, short } from "./wording.js";

/**
 * @typedef {import("./bench.js").Data} Data
 * @typedef {import("../lib/mounting.js").Run<Data>} Run
 * @typedef {import("./showing.js").View} View
 */

/**
 * @param {import("./bench.js").Bench} bench
 * @param {import("./bench.js").Grid | null} map
 * @param {string} name
 */
function saveCsv({ data }, map, name) {
  if (map) save(new Blob([csvOf(map, data.csv)], { type: "text/csv" }), `convolution-${name}.csv`);
}

/**
 * Save all grids, the kernel among them, and the sum as one picture.
 * @param {View} view
 */
function savePicture({ bench, parts, kernel: { palette }, theme }) {
  const size = bench.data.conv.kernelSize;
  const figures = sheetsOf(bench).map(({ name }) => {
    const { title, note, base, marks } = parts.panels[name];
    const [width, height] = [base.offsetWidth, base.offsetHeight];
    /** @param {CanvasRenderingContext2D} context */
    const draw = (context) => [base, marks].forEach((layer) => context.drawImage(layer, 0, 0, width, height));
    return { title: title.textContent ?? "", note: note.textContent ?? "", width, height, draw };
  });
  const limit = largestOf(bench.weights);
  /** @param {CanvasRenderingContext2D} context */
  const drawKernel = (context) => paintCells(context, { rows: size, columns: size, cell: KERNEL_CELL },
    (r, c) => palette.rgb(signedIndex(bench.weights[r * size + c], limit)),
    (r, c) => short(bench.weights[r * size + c], 3), theme);
  const { title, bias } = parts.kernel;
  figures.splice(1, 0, { title: title.textContent ?? "", note: bias.textContent ?? "", width: size * KERNEL_CELL,
    height: size * KERNEL_CELL, draw: drawKernel });
  const words = [parts.where, parts.sum, parts.after].map((part) => part.textContent ?? "");
  composePicture(figures, words, theme).toBlob((blob) => {
    if (blob) save(blob, "convolution.png");
  }, "image/png");
}

/**
 * Call `act` with the cell under the pointer.
 * @param {View} view
 * @param {HTMLCanvasElement} canvas
 * @param {(place: import("./bench.js").Place) => void} act
 */
function onPointer(view, canvas, act) {
  /** @param {PointerEvent} event */
  const point = (event) => {
    const { top, left } = canvas.getBoundingClientRect();
    const [row, column] = [event.clientY - top, event.clientX - left].map((at) => Math.floor(at / view.cell));
    act({ row, column });
  };
  canvas.addEventListener("pointermove", point);
  canvas.addEventListener("pointerdown", point);
}

/**
 * Pointer and keyboard on the grids.
 * @param {View} view
 * @param {import("./playing.js").Playing} playing
 */
function listen(view, playing) {
  const { root, bench, parts: { panels } } = view;
  onPointer(view, panels.input.marks, (place) => chooseFromInput(playing, place));
  for (const { marks, stage } of /** @type {const} */ ([
    { marks: panels.output.marks, stage: "conv" }, { marks: panels.pooled.marks, stage: "pool" },
  ])) {
    onPointer(view, marks, (place) => choose(playing, stage, place));
    marks.addEventListener("focus", () => {
      if (mapOf(bench, stage) && bench.stage !== stage && !bench.playing) choose(playing, stage, bench.at[stage]);
    });
  }
  root.addEventListener("keydown", (event) => {
    event.stopPropagation(); // the app has keys of its own
    const { tagName } = /** @type {Element} */ (event.target);
    if (tagName === "INPUT" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (tagName === "BUTTON" && (event.key === " " || event.key === "Enter")) return;
    if (press(playing, event.key)) event.preventDefault();
  });
}

/**
 * Keep the line with the sum as high as it was at its highest, so that nothing below it jumps.
 * @param {import("./elements.js").Parts} parts
 */
function keepHeight({ line, sum }) {
  const observer = new ResizeObserver(() => {
    line.style.minHeight = `${Math.max(parseFloat(line.style.minHeight) || 0, line.offsetHeight)}px`;
  });
  observer.observe(sum);
  return { reset: () => { line.style.minHeight = ""; }, end: () => observer.disconnect() };
}

/** @param {Data} data */
const settingsOf = ({ conv, pool, name }) => JSON.stringify([conv, pool, name]);

/**
 * Take in what Python has sent.
 * @param {View} view
 * @param {Data} data
 * @param {() => void} settingsChanged
 */
function update(view, data, settingsChanged) {
  const { bench, kernel } = view;
  const before = bench.data;
  bench.data = data;
  const { height, width, hundredths } = data.picture;
  bench.picture = { height, width, values: Float64Array.from(hundredths, (value) => value / 100) };
  if (before.palette !== data.palette) kernel.palette = readPalette(data.palette);
  kernel.maxWeight = data.maxWeight;
  if (before.token === data.token) kernel.known = data.weights.flat();
  else replaceKernel(kernel, data.weights, before.origin === data.origin); // another than the one being edited here
  bench.weights = kernel.weights;
  if (settingsOf(before) !== settingsOf(data)) settingsChanged();
  compute(bench);
  showKernel(kernel);
  paint(view);
}

/** @param {HTMLElement} root */
function createConvolution(root) {
  const bench = createBench();
  /** @type {Run["setStateValue"]} */
  let send = () => {};
  const parts = createParts(root, {
    togglePlaying: () => toggle(playing),
    step: (by) => step(playing, by),
    setSpeed(cellsPerSecond) { playing.speed = cellsPerSecond; },
    undo: () => undoEdit(kernel),
    saveOutput: () => saveCsv(bench, bench.activated, "output"),
    savePooled: () => saveCsv(bench, bench.pooled, "pooled"),
    savePicture: () => savePicture(view),
  });
  const kernel = createKernel(parts.kernel.cells, readPalette(""), {
    changed() {
      bench.weights = kernel.weights;
      compute(bench);
      paint(view);
    },
    remembered: () => showMarks(view),
    send() {
      const size = bench.data.conv.kernelSize;
      const rows = Array.from({ length: size }, (_, row) => bench.weights.slice(row * size, (row + 1) * size));
      send("kernel", { token: bench.data.token, weights: rows });
    },
    say: (message) => { parts.message.textContent = message; },
  });
  const playing = createPlaying(bench, () => showMarks(view));
  /** @type {View} */
  const view = { root, bench, parts, kernel, cell: 0, theme: { text: "", padding: "", background: "" } };
  const height = keepHeight(parts);
  parts.speed.start();
  listen(view, playing);
  const stopWatching = watchWidth(root, () => {
    height.reset();
    paint(view);
  });
  return {
    /** @param {Run} run */
    update({ data, setStateValue }) {
      send = setStateValue;
      update(view, data, () => {
        Object.assign(bench, { playing: false, covered: false });
        height.reset();
      });
    },
    end() {
      clearTimeout(kernel.timer);
      stop(playing);
      height.end();
      stopWatching();
    },
  };
}

export default mount("convolution", createConvolution);
