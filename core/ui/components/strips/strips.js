// Pictures that share one axis of words. The elements stay and are only filled again. Pointing asks nobody; a chosen
// cell and marked words are sent as the triggers `chosen` and `marked`.
import { mount } from "../lib/mounting.js";
import { readPalette } from "../lib/palette.js";
import { watchWidth } from "../lib/resizing.js";
import { createParts } from "./elements.js";
import { fill } from "./filling.js";
import { cellAt, GUTTER, layOut, stepFrom } from "./layout.js";
import { crossAt, markChoice, showPointed, showTip } from "./marks.js";
import { listen } from "./pointing.js";
import { readTrack } from "./tracks.js";

/**
 * A row of a grid, known by its name, and a word; row and track are null where a word alone was chosen.
 * @typedef {{ row: number | null, track: string | null, word: number | null }} Chosen
 * @typedef {import("./pointing.js").Span} Span
 * @typedef {import("./layout.js").Cell} Cell
 */

/**
 * `unknown` are numbers of words; `choosing` and `marking` say what Python listens to.
 * @typedef {{ words: string[], unknown: number[], tracks: import("./tracks.js").SentTrack[],
 *   palettes: Record<string, string>, chosen: Chosen | null, span: Span | null, choosing: boolean, marking: boolean,
 *   describe: string, empty: string }} Data
 * @typedef {import("../lib/mounting.js").Run<Data>} Run
 */

/**
 * All that one component knows. `pointed` is what is pointed at here, `crossed` the word under the crosshair, which may
 * be pointed at in other strips of the page.
 * @typedef {{
 *   root: HTMLElement, parts: import("./elements.js").Parts, trackParts: import("./elements.js").TrackParts[],
 *   data: Data, tracks: import("./tracks.js").Track[], palettes: Record<string, import("../lib/palette.js").Palette>,
 *   theme: import("./painting.js").Theme, view: number, layout: import("./layout.js").Layout,
 *   pointed: Cell | null, crossed: number | null, chosen: Chosen | null, span: Span | null,
 *   send: Run["setTriggerValue"],
 * }} Strips
 */

const POINTED = "playground-word"; // the event by which all strips of the page know the word that is pointed at

/** @param {HTMLElement} root */
function readTheme(root) {
  const style = getComputedStyle(root);
  const [below, above] = style.getPropertyValue("--st-chart-categorical-colors").split(",");
  const background = style.getPropertyValue("--st-background-color");
  return { below, above, text: style.color, background, family: style.fontFamily };
}

/**
 * @param {HTMLElement} root
 * @returns {Strips}
 */
function createState(root) {
  return {
    root, parts: createParts(root), trackParts: [],
    data: { words: [], unknown: [], tracks: [], palettes: {}, chosen: null, span: null, choosing: false, marking: false,
      describe: "", empty: "" },
    tracks: [], palettes: {}, theme: readTheme(root), view: 0, layout: layOut([], 0, 0, 1),
    pointed: null, crossed: null, chosen: null, span: null, send: () => {},
  };
}

/**
 * @param {Strips} strips
 * @param {Cell | null} cell
 * @param {boolean} byKey
 */
function point(strips, cell, byKey) {
  strips.pointed = cell && cell.word < strips.layout.count ? cell : null;
  showPointed(strips, byKey);
  const detail = { from: strips.root, word: strips.pointed?.word ?? null };
  window.dispatchEvent(new CustomEvent(POINTED, { detail }));
}

/**
 * What lies under a pointer. The gutter covers words that were scrolled away.
 * @param {Strips} strips
 * @param {MouseEvent} event
 */
function cellUnder({ parts, layout }, event) {
  const [sheet, scroll] = [parts.sheet.getBoundingClientRect(), parts.scroll.getBoundingClientRect()];
  if (event.clientX < scroll.left + GUTTER) return null;
  return cellAt(layout, event.clientX - sheet.left, event.clientY - sheet.top);
}

/**
 * @param {Strips} strips
 * @param {Cell} cell
 */
function choose(strips, { word, track, row }) {
  if (!strips.data.choosing) return;
  const grid = strips.tracks[track ?? -1];
  strips.chosen = grid?.kind === "heat" ? { row, track: grid.name, word } : { row: null, track: null, word };
  markChoice(strips, strips.span);
  strips.send("chosen", strips.chosen);
}

/**
 * A click on marked words takes the mark away.
 * @param {Strips} strips
 * @param {Span} span
 * @param {boolean} moved
 */
function mark(strips, span, moved) {
  const again = !moved && strips.span && strips.span[0] <= span[0] && span[1] <= strips.span[1];
  strips.span = again ? null : span;
  markChoice(strips, strips.span);
  strips.send("marked", strips.span ?? "nothing");
}

/** @param {Strips} strips */
function refresh(strips) {
  fill(strips);
  markChoice(strips, strips.span);
  const { pointed, layout } = strips;
  const place = pointed && pointed.track !== null ? stepFrom(layout, pointed, "") : pointed; // its row may be gone
  if (pointed) point(strips, place, false);
  else crossAt(strips, strips.crossed);
}

/**
 * Take in what Python has sent.
 * @param {Strips} strips
 * @param {Run} run
 */
function update(strips, { data, setTriggerValue }) {
  const begun = performance.now();
  if (JSON.stringify(strips.data.palettes) !== JSON.stringify(data.palettes)) {
    const palettes = Object.entries(data.palettes).map(([kind, base64]) => [kind, readPalette(base64)]);
    strips.palettes = Object.fromEntries(palettes);
  }
  Object.assign(strips, { data, send: setTriggerValue, chosen: data.chosen, span: data.span });
  strips.tracks = data.tracks.map((track) => readTrack(track, data.words.length));
  strips.theme = readTheme(strips.root);
  strips.view = strips.root.clientWidth || strips.view;
  if (strips.view) refresh(strips);
  performance.clearMeasures("strips");
  performance.measure("strips", { start: begun }); // to be seen in the browser's profiler
}

/** @param {HTMLElement} root */
function createStrips(root) {
  const strips = createState(root);
  listen(strips.parts.sheet, {
    cellUnder: (event) => cellUnder(strips, event),
    stepFrom: (cell, key) => stepFrom(strips.layout, cell, key),
    marking: () => strips.data.marking,
    point: (cell, byKey) => point(strips, cell, byKey),
    choose: (cell) => choose(strips, cell),
    preview: (span) => markChoice(strips, span ?? strips.span),
    mark: (span, moved) => mark(strips, span, moved),
  });
  strips.parts.scroll.onscroll = () => {
    if (strips.pointed) showTip(strips, false);
  };
  /** @param {Event} event */
  const pointedElsewhere = (event) => {
    const { from, word } = /** @type {CustomEvent<{ from: HTMLElement, word: number | null }>} */ (event).detail;
    if (from !== root) crossAt(strips, word);
  };
  window.addEventListener(POINTED, pointedElsewhere);
  const stopWatching = watchWidth(root, (width) => {
    if (width === strips.view) return;
    strips.view = width;
    refresh(strips);
  });
  return {
    /** @param {Run} run */
    update: (run) => update(strips, run),
    end() {
      stopWatching();
      window.removeEventListener(POINTED, pointedElsewhere);
    },
  };
}

export default mount("strips", createStrips);
