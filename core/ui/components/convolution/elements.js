// The elements of the bench. Knows nothing of what they show.
import { button, element } from "../lib/elements.js";

/**
 * `base` has the cells, `marks` above it what is chosen.
 * @typedef {ReturnType<typeof createPanel>} Panel
 * @typedef {ReturnType<typeof createParts>} Parts
 */

/**
 * What a person does with the buttons.
 * @typedef {{ togglePlaying: () => void, step: (by: number) => void, setSpeed: (cellsPerSecond: number) => void,
 *   undo: () => void, saveOutput: () => void, savePooled: () => void, savePicture: () => void }} Acts
 */

/**
 * A panel: heading, message, two canvases one above the other, and a line below.
 * @param {string} name
 */
function createPanel(name) {
  const [box, caption] = [element("figure", `panel ${name}`), element("figcaption")];
  const [title, note] = [element("b"), element("span")];
  const [problem, sheet, below] = [element("div", "problem"), element("div", "sheet"), element("div", "below")];
  const [base, marks] = [element("canvas"), element("canvas")];
  base.setAttribute("aria-hidden", "true");
  caption.append(title, note);
  sheet.append(base, marks);
  box.append(caption, problem, sheet, below);
  problem.hidden = true;
  return { box, caption, title, note, problem, sheet, base, marks, below };
}

function createKernelPanel() {
  const [box, caption] = [element("figure", "panel kernel"), element("figcaption")];
  const [title, cells, bias] = [element("b"), element("div", "cells"), element("div", "below")];
  caption.append(title, element("span", "", "Edit any cell"));
  box.append(caption, cells, bias);
  return { box, caption, title, cells, bias };
}

/** @param {Acts} acts */
function createSpeed(acts) {
  const [label, text] = [element("label", "", "Speed"), element("output")];
  label.title = "How many cells are worked out in a second while it plays.";
  const slider = Object.assign(element("input"), { type: "range", min: "0", max: "6", step: "1", value: "5" });
  slider.oninput = () => {
    const speed = 2 ** Number(slider.value);
    text.textContent = `${speed} ${speed === 1 ? "cell" : "cells"}/s`;
    acts.setSpeed(speed);
  };
  label.append(slider, text);
  return { label, start: () => slider.dispatchEvent(new Event("input")) };
}

/** The line with the sum of the chosen cell. */
function createLine() {
  const line = element("div", "line");
  const [where, sum, after] = ["where", "sum", "then"].map((name) => element("div", name));
  line.append(where, sum, after);
  line.setAttribute("role", "status");
  return { line, where, sum, after };
}

/**
 * @param {HTMLElement} root
 * @param {Acts} acts
 */
export function createParts(root, acts) {
  const [bar, stage, saving] = [element("div", "bar"), element("div", "stage"), element("div", "bar saving")];
  const play = button("", { title: "Play or pause (space)", onclick: acts.togglePlaying, className: "play" });
  const back = button("\u25c0", { title: "One cell back (left arrow)", onclick: () => acts.step(-1) });
  const forward = button("\u25b6", { title: "One cell on (right arrow)", onclick: () => acts.step(1) });
  back.setAttribute("aria-label", "One cell back");
  forward.setAttribute("aria-label", "One cell on");
  const speed = createSpeed(acts);
  const undo = button("Undo", { title: "Takes back the last change of the kernel", onclick: acts.undo });
  bar.append(play, back, forward, speed.label, undo);

  const panels = { input: createPanel("input"), output: createPanel("output"), pooled: createPanel("pooled") };
  const kernel = createKernelPanel();
  const [times, equals, arrow] = ["\u2217", "=", "\u2192"].map((sign) => element("span", "sign", sign));
  stage.append(panels.input.box, times, kernel.box, equals, panels.output.box, arrow, panels.pooled.box);

  const message = element("p", "message");
  message.setAttribute("role", "alert");
  const line = createLine();

  const hint = element("p", "hint",
    "Point at a cell or tap it to see its sum. Arrow keys move on, space plays and pauses.");
  const outputCsv = button("Output CSV", { title: "The output map as a CSV file, after the activation",
    onclick: acts.saveOutput });
  const pooledCsv = button("Pooled CSV", { title: "The pooled map as a CSV file", onclick: acts.savePooled });
  const png = button("Picture PNG", { title: "Input, kernel and output as one PNG", onclick: acts.savePicture });
  saving.append(hint, element("span", "gap"), outputCsv, pooledCsv, png);
  root.append(bar, stage, message, line.line, saving);
  return { play, back, forward, undo, stage, panels, kernel, arrow, message, ...line, saving, outputCsv, pooledCsv, png,
    speed };
}
