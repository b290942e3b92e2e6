// What is laid over a sheet: the chosen row and cell, the marked words, the crosshair and the tooltip.
import { write } from "../lib/elements.js";
import { lay } from "./elements.js";
import { cellBox, columnBox, GUTTER } from "./layout.js";
import { valueText } from "./tracks.js";

/** @typedef {import("./strips.js").Strips} Strips */

/**
 * Outline the chosen row and cell, and the marked words.
 * @param {Strips} strips
 * @param {import("./pointing.js").Span | null} span
 */
export function markChoice({ parts, tracks, chosen, layout }, span) {
  const track = chosen ? tracks.findIndex((one) => one.kind === "heat" && one.name === chosen.track) : -1;
  const [row, word] = [chosen?.row ?? -1, chosen?.word ?? -1];
  const place = layout.places[track];
  const onShow = place && row >= 0 && row < place.rows && layout.count > 0;
  lay(parts.row, onShow ? [GUTTER, place.top + row * place.row, layout.width, place.row] : null);
  lay(parts.spot, onShow && word >= 0 && word < layout.count ? cellBox(layout, { word, track, row }) : null);
  [...parts.words.children].forEach((box, number) => box.classList.toggle("chosen", number === word));
  const [first, stop] = span ?? [0, 0];
  const last = Math.min(stop, layout.count);
  lay(parts.span, first < last ? columnBox(layout, first, last) : null);
}

/**
 * Lay the crosshair over a word.
 * @param {Strips} strips
 * @param {number | null} word
 */
export function crossAt(strips, word) {
  strips.crossed = word;
  const { parts, layout } = strips;
  lay(parts.cross, word !== null && word < layout.count ? columnBox(layout, word) : null);
}

/**
 * Frame the cell that is pointed at and say what it is.
 * @param {Strips} strips
 * @param {boolean} byKey
 */
export function showPointed(strips, byKey) {
  const { parts, tracks, pointed, layout } = strips;
  crossAt(strips, pointed?.word ?? null);
  lay(parts.cell, pointed && tracks[pointed.track ?? -1] ? cellBox(layout, pointed) : null);
  showTip(strips, byKey);
  if (!byKey || !pointed) return;
  reveal(strips, pointed.word);
  if (!parts.cell.hidden) parts.cell.scrollIntoView({ block: "nearest", inline: "nearest" });
}

/**
 * Say what is pointed at: in the tooltip and, for the keyboard, to screen readers.
 * @param {Strips} strips
 * @param {boolean} byKey
 */
export function showTip({ root, parts, data, tracks, pointed, layout }, byKey) {
  const { tip, said, scroll } = parts;
  if (!pointed || pointed.track === null) {
    tip.hidden = true;
    return;
  }
  tip.hidden = false;
  const { words, unknown } = data;
  const track = tracks[pointed.track];
  const known = unknown.includes(pointed.word) ? "not in the vocabulary" : "";
  const word = words[pointed.word];
  const value = track ? valueText(track, pointed.row, pointed.word)
    : known || `word ${pointed.word + 1} of ${words.length}`;
  write(tip.children[0], word);
  write(tip.children[1], value);
  if (byKey) write(said, [word, track && known, track?.title, value].filter(Boolean).join(", "));
  const [left, top, width, height] = track ? cellBox(layout, pointed)
    : [columnBox(layout, pointed.word)[0], 0, layout.column, layout.header];
  const middle = left - scroll.scrollLeft + width / 2;
  const [wide, high] = [tip.offsetWidth, tip.offsetHeight];
  const x = Math.max(0, Math.min(root.clientWidth - wide, middle - wide / 2));
  const y = top - high - 8 >= 0 ? top - high - 8 : top + height + 8;
  tip.style.transform = `translate(${x}px, ${y}px)`;
}

/**
 * Scroll sideways until a word is seen.
 * @param {Strips} strips
 * @param {number} word
 */
function reveal({ parts: { scroll }, layout: { column, view } }, word) {
  const left = GUTTER + word * column;
  if (left - GUTTER < scroll.scrollLeft) scroll.scrollLeft = left - GUTTER;
  else if (left + column > scroll.scrollLeft + view) scroll.scrollLeft = left + column - view;
}
