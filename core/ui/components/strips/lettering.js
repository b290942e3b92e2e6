// How wide words are, and which of them are single letters.
import { contextOf } from "../lib/canvas.js";
import { element } from "../lib/elements.js";

/** @type {Map<string, number>} word and font -> its width in a font of one pixel */
const widths = new Map();
/** @type {CanvasRenderingContext2D | undefined} */
let ruler;

// Not in older browsers.
const characters = Intl.Segmenter && new Intl.Segmenter(undefined, { granularity: "grapheme" });

/**
 * The width of a word in a font of one pixel.
 * @param {string} word
 * @param {string} family
 */
export function widthOf(word, family) {
  const key = `${family}\n${word}`;
  let width = widths.get(key);
  if (width === undefined) {
    if (widths.size > 5000) widths.clear();
    ruler ??= contextOf(element("canvas"));
    ruler.font = `500 100px ${family}`;
    width = ruler.measureText(word).width / 100;
    widths.set(key, width);
  }
  return width;
}

/**
 * Whether a word is one character as people see it: a letter, an emoji.
 * @param {string} word
 */
export function isLetter(word) {
  if (word.length === 1) return true;
  return Boolean(characters) && word.length < 30 && [...characters.segment(word)].length === 1;
}
