// The elements of strips. They are made once and only filled again, so nothing flickers.
import { element, write } from "../lib/elements.js";
import { scaleNumber } from "../lib/numbers.js";
import { gradientOf } from "../lib/palette.js";
import { createGridPainter } from "./painting.js";

/**
 * @typedef {ReturnType<typeof createParts>} Parts
 * @typedef {ReturnType<typeof createTrack>} TrackParts
 */

/** @param {HTMLElement} root */
export function createParts(root) {
  const [scroll, sheet, words, tracks] = ["scroll", "sheet", "words", "tracks"].map((name) => element("div", name));
  const [cross, cell, row, spot, span] = ["cross", "cell", "row", "spot", "span"].map((name) => element("div", name));
  const [empty, tip, said] = [element("p", "empty"), element("div", "tip"), element("div", "said")];
  sheet.tabIndex = 0;
  sheet.setAttribute("role", "application");
  said.setAttribute("aria-live", "polite");
  tip.append(element("b"), element("span"));
  tip.setAttribute("aria-hidden", "true");
  sheet.append(words, tracks, span, row, cross, cell, spot, empty);
  scroll.append(sheet);
  root.append(scroll, tip, said);
  for (const part of [cross, cell, row, spot, span, tip]) part.hidden = true;
  return { scroll, sheet, words, tracks, cross, cell, row, spot, span, empty, tip, said };
}

/** A track: title and scale, and below them a gutter with the ends of its axis and the canvas. */
export function createTrack() {
  const [box, head, plot, gutter] = ["track", "title", "plot", "gutter"].map((name) => element("div", name));
  const [title, scale, canvas] = [element("b"), element("div", "scale"), element("canvas")];
  const ends = ["first", "middle", "last"].map((name) => element("span", name));
  canvas.setAttribute("aria-hidden", "true");
  scale.append(element("span"), element("i"), element("span"));
  head.append(title, scale);
  gutter.append(...ends);
  plot.append(gutter, canvas);
  box.append(head, plot);
  return { box, title, scale, plot, gutter, ends, canvas, paintGrid: createGridPainter(), gradient: "", painted: "" };
}

/**
 * The ends of a track's axis, from above: first, middle, last.
 * @param {import("./tracks.js").Track} track
 * @returns {[string, string, string]}
 */
export function axisTexts(track) {
  if (track.kind === "heat") return [`${track.rowName} 0`, "", track.rows > 1 ? String(track.rows - 1) : ""];
  if (track.kind === "line") return [track.high, "0.5", track.low];
  const unit = track.unit ? ` ${track.unit}` : "";
  const first = scaleNumber(track.limit) + unit;
  return track.signed ? [first, "0", scaleNumber(-track.limit) + unit] : [first, "", "0"];
}

/**
 * Write what stands around a track's canvas.
 * @param {TrackParts} parts
 * @param {import("./tracks.js").Track} track
 * @param {import("./layout.js").Place} place
 * @param {import("../lib/palette.js").Palette | null} palette of a grid
 */
export function labelTrack(parts, track, place, palette) {
  write(parts.title, track.title);
  parts.title.title = track.title;
  parts.gutter.style.height = parts.plot.style.height = `${place.height}px`;
  axisTexts(track).forEach((text, index) => write(parts.ends[index], text));
  parts.scale.hidden = !palette;
  const colours = track.kind === "heat" && track.palette === "signed";
  parts.canvas.classList.toggle("signed", colours);
  if (track.kind !== "heat" || !palette) return;
  const [low, ramp, high] = /** @type {HTMLElement[]} */ ([...parts.scale.children]);
  ramp.classList.toggle("signed", colours);
  write(low, colours ? scaleNumber(-track.limit) : "0");
  write(ramp, colours ? "0" : "");
  write(high, scaleNumber(track.limit));
  const gradient = gradientOf(palette);
  if (parts.gradient !== gradient) ramp.style.background = parts.gradient = gradient;
}

/**
 * Lay an element over a part of the sheet, or take it away.
 * @param {HTMLElement} node
 * @param {import("./layout.js").Box | null} box
 */
export function lay(node, box) {
  node.hidden = !box;
  if (!box) return;
  const [left, top, width, height] = box;
  node.style.transform = `translate(${left}px, ${top}px)`;
  Object.assign(node.style, { width: `${width}px`, height: `${height}px` });
}
