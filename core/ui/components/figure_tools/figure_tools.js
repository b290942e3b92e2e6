// The buttons of a Plotly figure, and what is clicked or drawn in it.
import { button, write } from "../lib/elements.js";
import { mount } from "../lib/mounting.js";
import { spareSamples } from "../lib/software_drawing.js";
import { fillScreen, leaveScreen, switchTheme, themeShown, watchTheme } from "../lib/theme.js";
import { historyEntry } from "./entry.js";
import { pictureShower } from "./pictures.js";
import { watchTurning } from "./turning.js";
import { viewKeeper } from "./view.js";
import { sayWithoutSpace } from "./without_space.js";

/**
 * @typedef {{ address: string, side: number, columns: number }} Pictures
 * @typedef {{
 *   container: string, file: string, presented: boolean, low: boolean, clicks: boolean, brushes: boolean,
 *   frames: number, pictures: Pictures | null,
 * }} Data
 * @typedef {{
 *   curveNumber: number, pointNumber: number | number[], pointIndex?: number | number[], customdata?: unknown,
 * }} Point
 * @typedef {{ x0: number, x1: number, y0: number, y1: number }} Selection
 */

const ANYWHERE = "sans-serif"; // a picture has no font of the page: letters would be wider than what was measured
const NARROWEST = 640; // pixels: what is kept of a phone's figure has room for its letters
/** @type {Data} before the first run */
const BEFORE = {
  container: "", file: "", presented: false, low: false, clicks: false, brushes: false, frames: 0, pictures: null,
};
const LEAVING = 5000; // ms that the old buttons may stand there beside the new ones
const LOW = "(max-height: 500px)"; // of a screen: above a figure is no room for a legend
const PRESENT = ["Present", "The figure alone on the whole screen, with large letters; its address is a link."];
const BACK = ["Back to the page", "The figure in its place again. Escape and the browser's Back do the same."];

/**
 * What Plotly makes of an element.
 * @typedef {HTMLElement & {
 *   on?: (name: string, listener: (event: any) => void) => void,
 *   data?: object[], layout?: { selections?: Selection[], font?: object, uirevision?: unknown },
 * }} Figure
 */

/**
 * The boxes that are drawn: left, right, foot and top of each, in whatever order they were drawn.
 * @param {Selection[]} selections
 */
export function boxesOf(selections) {
  return selections.map(({ x0, x1, y0, y1 }) => [x0, x1, y0, y1]);
}

/**
 * What was clicked, as Python wants to know it.
 * @param {Point} point
 */
export function clickedPoint({ curveNumber, pointNumber, pointIndex }) {
  const place = pointNumber ?? pointIndex;
  return { trace: curveNumber, place: Array.isArray(place) ? place.slice(0, 2) : place };
}

/**
 * Have Plotly save a figure. Where it is not within reach, its own button saves it, as a PNG.
 * @param {Figure | null} shown
 * @param {"png" | "svg"} format
 * @param {string} filename
 * @param {ReturnType<typeof viewKeeper>} view of it
 */
export function save(shown, format, filename, view) {
  if (!shown) return;
  const scale = format === "png" ? 2 : 1; // sharp on a projector and in print
  const [width, height] = [Math.max(shown.clientWidth, NARROWEST), shown.clientHeight];
  /** @type {{ downloadImage?: (figure: object, options: object) => Promise<unknown> } | undefined} */
  const plotly = /** @type {any} */ (globalThis).Plotly;
  if (plotly?.downloadImage) {
    const { data, layout } = view.seen(shown.data ?? [], shown.layout ?? {});
    const font = { ...layout.font, family: ANYWHERE };
    void plotly.downloadImage({ data, layout: { ...layout, font } }, { format, filename, scale, width, height });
    return;
  }
  /** @type {HTMLElement | null} */
  const own = shown.querySelector(".modebar-btn[data-title^=Download]");
  own?.click();
}

/**
 * Listen to a figure.
 * @param {Figure} shown
 * @param {() => Data} data
 * @param {(name: string, value: unknown) => void} send
 * @param {ReturnType<typeof pictureShower>} picture
 * @param {ReturnType<typeof watchTurning>} turning
 * @param {ReturnType<typeof viewKeeper>} view
 */
function hear(shown, data, send, picture, turning, view) {
  const drawn = () => {
    if (data().brushes) send("brush", boxesOf(shown.layout?.selections ?? []));
  };
  /** @param {Point} point */
  const click = (point) => {
    if (data().clicks) send("click", clickedPoint(point));
  };
  shown.on?.("plotly_click", ({ points }) => points?.length && turning.clicked(() => click(points[0])));
  shown.on?.("plotly_hover", ({ points }) => {
    turning.pointed(points?.length ? () => click(points[0]) : null);
    picture.show(data().pictures, points?.[0]?.customdata);
  });
  shown.on?.("plotly_unhover", () => {
    turning.pointed(null);
    picture.hide();
  });
  shown.on?.("plotly_relayout", (changes) => view.move(changes, shown.layout));
  shown.on?.("plotly_restyle", (change) => view.show(change, shown.layout));
  shown.on?.("plotly_selected", drawn);
  shown.on?.("plotly_deselect", drawn);
}

/**
 * @param {() => Figure | null} figure
 * @param {() => string} file
 * @param {ReturnType<typeof viewKeeper>} view
 */
function saveButtons(figure, file, view) {
  const png = "Save the figure as a picture, as it is shown now.";
  const svg = "Save the figure as lines and text, for print and for drawing programs.";
  return [
    button("PNG", { title: png, onclick: () => save(figure(), "png", file(), view) }),
    button("SVG", { title: svg, onclick: () => save(figure(), "svg", file(), view) }),
  ];
}

/**
 * Hear when somebody leaves the whole screen, or presses Escape.
 * @param {() => void} leave
 * @param {AddEventListenerOptions} options
 */
function hearLeaving(leave, options) {
  document.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") leave();
  }, options);
  document.addEventListener("fullscreenchange", () => {
    if (!document.fullscreenElement) leave();
  }, options);
}

/**
 * Tell whether the screen is low, where a figure is presented that is drawn for another; return what looks again.
 * @param {() => Data} data
 * @param {(low: boolean) => void} tell
 * @param {AddEventListenerOptions} options
 */
function watchScreen(data, tell, options) {
  const screen = matchMedia(LOW);
  const look = () => {
    const { presented, low } = data();
    if (presented && low !== screen.matches) tell(screen.matches);
  };
  screen.addEventListener("change", look, options);
  return look;
}

/**
 * What shows the figure alone, or in its place again where it is alone.
 * @param {() => Data} data
 * @param {(wanted: boolean) => void} tell
 * @param {AddEventListenerOptions} options
 */
export function presenter(data, tell, options) {
  /** @type {boolean | null} what the page was told and has not answered yet */
  let asked = null;
  const alone = () => asked ?? data().presented;
  /** @param {boolean} wanted */
  const show = (wanted) => {
    asked = wanted;
    if (!wanted) void leaveScreen();
    tell(wanted);
  };
  const entry = historyEntry(() => data().file, show, options);
  const leave = () => {
    if (alone() && !entry.leave()) show(false);
  };
  hearLeaving(leave, options);
  return {
    turnOver() {
      if (alone()) return leave();
      void fillScreen().then(() => { // where it cannot be, the page alone will do, too
        if (!alone()) void leaveScreen(); // Escape was faster than the screen
      });
      entry.enter();
      show(true);
    },
    /** The page has run. */
    answered() {
      if (data().presented === asked) asked = null;
    },
  };
}

let alone = ""; // the figure that is presented
let turned = { file: "", until: 0 }; // the one that has just been presented, or put back

/**
 * Give the focus to the button that turns a figure over, once it is: the one that had it goes with the old buttons.
 * @param {HTMLElement} own
 * @param {Data} data
 */
function focusAgain(own, { file, presented }) {
  if (presented !== (alone === file)) {
    alone = presented ? file : "";
    turned = { file, until: performance.now() + LEAVING };
  }
  const look = () => {
    if (turned.file !== file || performance.now() > turned.until) return;
    const lost = !document.activeElement || document.activeElement === document.body;
    if (lost && own.isConnected) own.focus({ preventScroll: true });
    requestAnimationFrame(look);
  };
  look();
}

/** @param {HTMLElement} root */
function createFigureTools(root) {
  spareSamples();
  /** @type {Data} */
  let data = BEFORE;
  /** @type {(name: string, value: unknown) => void} */
  let send = () => {};
  /** @type {HTMLElement | null} */
  let box = null;
  /** @type {unknown} */
  let heard; // the figure's own function, which is another once Streamlit has drawn the figure anew
  let drawnIn = ""; // Streamlit fills in the colours of a theme once: another theme needs another figure
  /** @returns {Figure | null} */
  const figure = () => box?.querySelector(".js-plotly-plot") ?? null;

  function listen() {
    const shown = figure();
    const empty = sayWithoutSpace(shown);
    for (const one of saving) one.hidden = empty;
    if (!shown?.on || shown.on === heard) return;
    heard = shown.on;
    view.forget();
    drawnIn = themeShown();
    hear(shown, () => data, (name, value) => send(name, value), picture, turning, view);
  }

  function look() {
    /** @type {HTMLElement | null} */
    const found = document.querySelector(`.st-key-${CSS.escape(data.container)}`);
    if (found === box) return;
    watcher.disconnect();
    box = found;
    if (box) watcher.observe(box, { childList: true, subtree: true });
  }

  const unwatch = watchTheme(() => {
    if (!heard || drawnIn === themeShown()) return;
    drawnIn = themeShown();
    send("theme", drawnIn);
  });
  const [picture, view] = [pictureShower(), viewKeeper()];
  const watcher = new MutationObserver(listen);
  const ended = new AbortController();
  const turning = watchTurning(figure, (frames) => {
    if (frames < data.frames) send("slow", frames);
  }, ended);
  const measure = watchScreen(() => data, (low) => send("low", low), ended);
  const { turnOver, answered } = presenter(() => data, (wanted) => send("present", wanted), ended);
  const saving = saveButtons(figure, () => data.file, view);
  const presenting = button("", { title: "", onclick: turnOver });
  const theme = button("Light or dark", { title: "The other theme, here and on all pages.", onclick: switchTheme });
  Object.assign(root, { role: "group", ariaLabel: "Of the figure" });
  root.append(...saving, presenting, theme);
  return {
    /** @param {import("../lib/mounting.js").Run<Data>} run */
    update(run) {
      data = run.data;
      send = run.setTriggerValue;
      answered();
      const [label, title] = data.presented ? BACK : PRESENT;
      write(presenting, label);
      presenting.title = title;
      theme.hidden = !data.presented;
      focusAgain(presenting, data);
      look();
      listen();
      measure();
    },
    end() {
      watcher.disconnect();
      unwatch();
      picture.hide();
      ended.abort();
    },
  };
}

export default mount("figure-tools", createFigureTools);
