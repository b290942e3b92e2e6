// The bench on screen: grids, captions, and the marks of the chosen cell with its sum spelled out.
import { prepareCanvas } from "../lib/canvas.js";
import { element } from "../lib/elements.js";
import { signedIndex } from "../lib/palette.js";
import { spanOf, tapsOf, windowOf } from "./arithmetic.js";
import { mapOf, sheetsOf } from "./bench.js";
import { showFactors } from "./kernel.js";
import { cover, frame, greyColour, paintCells } from "./painting.js";
import { sizeOf } from "./sizing.js";
import { activationText, poolingText, rangeText, short, sumText } from "./wording.js";

/**
 * @typedef {import("./bench.js").Bench} Bench
 * @typedef {{ root: HTMLElement, bench: Bench, parts: import("./elements.js").Parts,
 *   kernel: import("./kernel.js").Kernel, theme: import("./painting.js").Theme, cell: number }} View
 *   `cell` is the side of a cell in CSS pixels
 */

/**
 * Paint everything anew.
 * @param {View} view
 */
export function paint(view) {
  const { root, bench, parts } = view;
  const width = root.clientWidth;
  if (!width) return;
  const { data } = bench;
  const sheets = sheetsOf(bench);
  const scale = window.devicePixelRatio || 1;
  const messages = Number(Boolean(data.problem)) + Number(Boolean(data.poolProblem));
  const { cell, narrow } = sizeOf({ width, windowHeight: window.innerHeight, scale }, sheets,
    { kernelSize: data.conv.kernelSize, messages, pooling: Boolean(data.pool) });
  view.cell = cell;
  view.theme = readTheme(root);
  parts.stage.classList.toggle("narrow", narrow);
  for (const panel of Object.values(parts.panels)) panel.box.style.width = "";
  for (const sheet of sheets) paintSheet(view, sheet, scale);
  showCaptions(view);
  alignGrids(view, narrow);
  showMarks(view);
}

/**
 * @param {HTMLElement} root
 * @returns {import("./painting.js").Theme}
 */
function readTheme(root) {
  const style = getComputedStyle(root);
  return { text: style.color, padding: style.getPropertyValue("--st-secondary-background-color"),
    background: style.getPropertyValue("--st-background-color") };
}

/**
 * @param {View} view
 * @param {import("./bench.js").Sheet} sheet
 * @param {number} scale
 */
function paintSheet({ bench, parts, kernel: { palette }, theme, cell }, { name, map, pad, rows, columns }, scale) {
  const panel = parts.panels[name];
  /** @type {(row: number, column: number) => number} */
  const value = (r, c) => map.values[(r - pad) * map.width + c - pad];
  /** @type {(row: number, column: number) => boolean} */
  const inside = (r, c) => r >= pad && c >= pad && r - pad < map.height && c - pad < map.width;
  /** @type {(row: number, column: number) => import("./painting.js").Colour | null} */
  const colour = name === "input" ? (r, c) => (inside(r, c) ? greyColour(value(r, c)) : null)
    : (r, c) => palette.rgb(signedIndex(value(r, c), bench.limit));
  panel.base.classList.toggle("signed", name !== "input");
  const context = prepareCanvas(panel.base, columns * cell, rows * cell, scale);
  paintCells(context, { rows, columns, cell }, colour, (r, c) => (inside(r, c) ? short(value(r, c), 2) : "0"), theme);
  panel.box.style.width = `${Math.max(120, columns * cell)}px`; // long captions wrap
  prepareCanvas(panel.marks, columns * cell, rows * cell, scale);
}

/**
 * Give all captions one height, so that all grids begin on one line; on a phone only those of the first line.
 * @param {View} view
 * @param {boolean} narrow
 */
function alignGrids({ parts: { panels, kernel } }, narrow) {
  const all = [panels.input.caption, kernel.caption, panels.output.caption, panels.pooled.caption];
  for (const caption of all) caption.style.minHeight = "";
  const aligned = narrow ? [panels.input.caption, panels.output.caption] : all;
  const tallest = Math.max(...aligned.map((caption) => caption.offsetHeight));
  for (const caption of aligned) caption.style.minHeight = `${tallest}px`;
}

/**
 * What stands above and below the input.
 * @param {View} view
 */
function showInputCaption({ bench: { data, picture }, parts: { panels: { input } } }) {
  const [before, after] = data.conv.pads;
  input.title.textContent = `Input ${picture.height} x ${picture.width}`;
  input.note.textContent = data.name;
  const padded = `${picture.height + before + after} x ${picture.width + before + after}`;
  const padding = before === after ? before : `${before} + ${after}`;
  input.below.textContent = data.problem || before + after === 0 ? "" : `with ${padding} of padding: ${padded}`;
  input.marks.setAttribute("role", "img");
  input.marks.setAttribute("aria-label",
    `Input picture, ${picture.height} rows and ${picture.width} columns: ${data.name}`);
}

/**
 * What stands above and below a computed map, or why there is none.
 * @param {import("./elements.js").Panel} panel
 * @param {string} name
 * @param {import("./bench.js").Grid | null} map
 * @param {{ note: string, problem: string | null }} texts
 */
function showMapCaption(panel, name, map, { note, problem }) {
  panel.title.textContent = map ? `${name} ${map.height} x ${map.width}` : name;
  panel.note.textContent = note;
  panel.below.textContent = map ? rangeText(map) : "";
  panel.problem.textContent = problem ?? "";
  panel.problem.hidden = !problem;
  panel.sheet.hidden = !map;
  panel.marks.tabIndex = 0;
  panel.marks.setAttribute("role", "application");
  if (!map) return;
  panel.marks.setAttribute("aria-label",
    `${name} map, ${map.height} rows and ${map.width} columns. Arrow keys move, space plays.`);
}

/** @param {View} view */
function showCaptions(view) {
  const { bench, parts } = view;
  const { data: { conv, pool, problem, poolProblem }, activated, pooled } = bench;
  showInputCaption(view);
  parts.kernel.title.textContent = `Kernel ${conv.kernelSize} x ${conv.kernelSize}`;
  parts.kernel.bias.textContent = `bias ${short(conv.bias)}`;
  const activation = conv.activation === "none" ? "no activation" : `after ${conv.activation}`;
  showMapCaption(parts.panels.output, "Output", activated, { note: activation, problem });
  const pooling = pool ? `${pool.kind} of ${pool.kernelSize} x ${pool.kernelSize}, stride ${pool.stride}` : "";
  showMapCaption(parts.panels.pooled, "Pooled", pooled, { note: pooling, problem: poolProblem });
  parts.panels.pooled.box.hidden = parts.arrow.hidden = !(pool && activated);
  parts.pooledCsv.hidden = !pooled;
  for (const one of [parts.play, parts.back, parts.forward, parts.outputCsv, parts.png]) one.disabled = !activated;
  parts.line.hidden = parts.saving.hidden = !activated;
}

/**
 * Mark the chosen cell and what it is made of, and spell it out. This is all that a step redraws.
 * @param {View} view
 */
export function showMarks(view) {
  const { bench, parts, theme, cell } = view;
  const sheets = sheetsOf(bench);
  for (const { name } of sheets) {
    const { marks } = parts.panels[name];
    marks.getContext("2d")?.clearRect(0, 0, marks.width, marks.height);
  }
  parts.play.textContent = bench.playing ? "\u25ae\u25ae Pause" : "\u25b6 Play";
  parts.undo.disabled = view.kernel.history.length === 0;
  parts.line.setAttribute("aria-live", bench.playing ? "off" : "polite");
  const map = mapOf(bench, bench.stage);
  if (!map) return;
  if (bench.stage === "pool") markPooling(view);
  else markConvolution(view);
  if (!bench.covered) return;
  const { row, column } = bench.at[bench.stage];
  const next = row * map.width + column + 1;
  for (const { name, rows, columns } of sheets) {
    const first = name === "output" ? next : bench.stage === "pool" ? next : 0;
    if (name === "input" || (name === "output" && bench.stage === "pool")) continue;
    cover(marksOf(view, name), { rows, columns, cell }, first, theme);
  }
}

/**
 * @param {View} view
 * @param {import("./bench.js").SheetName} name
 */
function marksOf(view, name) {
  return /** @type {CanvasRenderingContext2D} */ (view.parts.panels[name].marks.getContext("2d"));
}

/** @param {View} view */
function markConvolution(view) {
  const { bench, parts, cell } = view;
  const { conv } = bench.data;
  const { row, column } = bench.at.conv;
  const taps = tapsOf(bench.picture, bench.weights, conv, row, column);
  const span = spanOf(conv);
  const [input, dilated] = [marksOf(view, "input"), conv.dilation > 1];
  frame(input, cell, { row: row * conv.stride, column: column * conv.stride, rows: span, columns: span }, dilated);
  const [pad] = conv.pads;
  for (const tap of dilated ? taps : []) {
    frame(input, cell, { row: tap.row + pad, column: tap.column + pad, rows: 1, columns: 1 });
  }
  frame(marksOf(view, "output"), cell, { row, column, rows: 1, columns: 1 });
  showFactors(view.kernel, taps.map((tap) => tap.value));
  const sums = /** @type {import("./bench.js").Grid} */ (bench.sums);
  const value = sums.values[row * sums.width + column];
  parts.where.textContent = `Output row ${row + 1}, column ${column + 1}:`;
  showSum(parts.sum, sumText(taps, conv.bias, value));
  parts.after.textContent = activationText(value, conv.activation);
}

/**
 * @param {HTMLElement} place
 * @param {ReturnType<typeof sumText>} sum
 */
function showSum(place, { terms, end }) {
  const pieces = terms.flatMap((term) => {
    const span = element("span", `${term.nothing ? "nothing" : ""} ${term.padding ? "padding" : ""}`, term.text);
    if (term.padding) span.title = "padding";
    return [span, " + "];
  });
  place.replaceChildren(...pieces, element("b", "", end));
}

/** @param {View} view */
function markPooling(view) {
  const { bench, parts, cell } = view;
  const { conv, pool } = bench.data;
  if (!pool || !bench.activated) return;
  const { row, column } = bench.at.pool;
  const size = pool.kernelSize;
  frame(marksOf(view, "pooled"), cell, { row, column, rows: 1, columns: 1 });
  const [top, left] = [row * pool.stride, column * pool.stride];
  frame(marksOf(view, "output"), cell, { row: top, column: left, rows: size, columns: size });
  const seen = (size - 1) * conv.stride + spanOf(conv);
  const field = { row: top * conv.stride, column: left * conv.stride, rows: seen, columns: seen };
  frame(marksOf(view, "input"), cell, field, true);
  showFactors(view.kernel, []);
  parts.where.textContent = `Pooled row ${row + 1}, column ${column + 1}, ${pool.kind} of the ${size} x ${size} cells `
    + "marked in the output:";
  parts.sum.textContent = poolingText(windowOf(bench.activated, pool, row, column), pool.kind);
  parts.after.textContent = "";
}
