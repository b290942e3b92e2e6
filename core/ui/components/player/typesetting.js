// Formulas and icons. A formula is written as text in which _x and _{...} are indices; letters that stand alone are
// variables. Whatever people type goes in as text and never as markup.
import { element } from "../lib/elements.js";

/**
 * A piece of a formula, with a class or without.
 * @typedef {string | [className: string, text: string]} Piece
 */

const TOKENS = /_\{([^}]*)\}|_(\w)|([a-zA-Z]{2,})|([a-zA-Z])|([^_a-zA-Z]+)/g;

/**
 * "W_x[5]" as tokens: the variable W, the index x, the text [5]. In an index all letters are variables.
 * @param {string} text
 * @returns {{ kind: "index" | "variable" | "text", text: string }[]}
 */
export function tokensOf(text, inIndex = false) {
  return Array.from(text.matchAll(TOKENS), ([, long, short, word, letter, other]) => {
    const index = long ?? short;
    if (index !== undefined) return { kind: "index", text: index };
    if (letter || (word && inIndex)) return { kind: "variable", text: letter ?? word };
    return { kind: "text", text: word ?? other };
  });
}

/**
 * @param {string} text
 * @returns {Node[]}
 */
function nodesOf(text, inIndex = false) {
  return tokensOf(text, inIndex).map((token) => {
    if (token.kind === "variable") return element("i", "", token.text);
    if (token.kind === "text") return document.createTextNode(token.text);
    const index = element("sub");
    index.append(...nodesOf(token.text, true));
    return index;
  });
}

/**
 * Fill a line with pieces; it is broken between pieces only.
 * @template {HTMLElement} Line
 * @param {Line} line
 * @param {Piece[]} pieces
 */
export function typeset(line, pieces) {
  line.replaceChildren(...pieces.map((piece) => {
    const [className, text] = Array.isArray(piece) ? piece : ["", piece];
    const span = element("span", className);
    span.append(...nodesOf(text));
    return span;
  }));
  return line;
}

/**
 * Lines of a formula.
 * @param {Piece[][]} lines
 */
export function typesetLines(lines) {
  return lines.map((pieces) => typeset(element("div", "line"), pieces));
}

/**
 * An icon of 24 x 24, filled with the colour of the text around it.
 * @param {string} path
 */
export function iconOf(path) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const shape = document.createElementNS("http://www.w3.org/2000/svg", "path");
  shape.setAttribute("d", path);
  svg.append(shape);
  return svg;
}
