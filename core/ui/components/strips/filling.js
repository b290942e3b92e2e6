// Words and tracks written where they belong. What has not changed is not painted again.
import { element, resizeChildren, write } from "../lib/elements.js";
import { createTrack, labelTrack } from "./elements.js";
import { columnOf, GUTTER, headerOf, layOut, letteringOf, SCROLLBAR } from "./layout.js";
import { isLetter, widthOf } from "./lettering.js";
import { paintBars, paintLine } from "./painting.js";

/** @typedef {import("./strips.js").Strips} Strips */

/** @param {Strips} strips */
export function fill(strips) {
  const { root, parts, data, tracks, theme } = strips;
  const { scroll, sheet } = parts;
  const [words, scale] = [data.words, window.devicePixelRatio || 1];
  const widths = words.map((word) => widthOf(word, theme.family));
  const letters = words.length > 0 && words.every(isLetter);
  const lettering = letteringOf(widths, columnOf(words.length, strips.view, scale), letters);
  const layout = layOut(tracks, words.length, strips.view, scale, headerOf(widths, lettering));
  const grown = strips.layout.view > 0 && layout.count > strips.layout.count;
  const atEnd = scroll.scrollLeft + scroll.clientWidth >= scroll.scrollWidth - layout.column;
  strips.layout = layout;
  root.style.setProperty("--view", `${strips.view}px`);
  root.style.setProperty("--header", `${layout.header}px`);
  scroll.style.height = `${layout.height + SCROLLBAR}px`;
  sheet.style.width = `${GUTTER + layout.width}px`;
  sheet.style.height = `${layout.height}px`;
  sheet.setAttribute("aria-label", data.describe);
  sheet.classList.toggle("marking", data.marking);
  sheet.classList.toggle("choosing", data.choosing);
  write(parts.empty, data.words.length ? "" : data.empty);
  fillWords(strips, lettering);
  if (grown && atEnd) scroll.scrollLeft = scroll.scrollWidth; // whoever types on sees the new word
  fillTracks(strips);
}

/**
 * @param {Strips} strips
 * @param {ReturnType<typeof letteringOf>} lettering
 */
function fillWords({ parts, data, layout }, lettering) {
  const { words, unknown } = data;
  parts.words.classList.toggle("upright", lettering.upright);
  parts.words.classList.toggle("close", lettering.close);
  parts.words.style.setProperty("--column", `${layout.column}px`);
  parts.words.style.setProperty("--size", `${lettering.size}px`);
  resizeChildren(parts.words, words.length, () => {
    const box = element("span", "word");
    box.append(element("span"));
    return box;
  });
  const notKnown = new Set(unknown);
  words.forEach((word, index) => {
    const box = parts.words.children[index];
    write(box.children[0], word);
    box.classList.toggle("unknown", notKnown.has(index));
  });
}

/** @param {Strips} strips */
function fillTracks(strips) {
  const { parts, data, tracks, theme, layout, palettes, trackParts } = strips;
  while (trackParts.length > tracks.length) trackParts.pop()?.box.remove();
  while (trackParts.length < tracks.length) {
    const made = createTrack();
    trackParts.push(made);
    parts.tracks.append(made.box);
  }
  const common = JSON.stringify([layout.column, layout.count, layout.width, layout.scale, theme]);
  tracks.forEach((track, index) => {
    const [made, place] = [trackParts[index], layout.places[index]];
    const painted = common + JSON.stringify(data.tracks[index]);
    if (made.painted === painted) return;
    made.painted = painted;
    const palette = track.kind === "heat" ? palettes[track.palette] : null;
    labelTrack(made, track, place, palette);
    if (track.kind === "heat") made.paintGrid(made.canvas, track, place, layout, palettes[track.palette], theme);
    else if (track.kind === "line") paintLine(made.canvas, track, place, layout, theme);
    else paintBars(made.canvas, track, place, layout, theme);
  });
}
