// Elements, icons and formulas. A formula is written as text in which _x and _{...} are indices; letters that stand
// alone are variables. Whatever people type goes in as text and never as markup.

function element(tag, className = "", text = "") {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

const PIECES = /_\{([^}]*)\}|_(\w)|([a-zA-Z]{2,})|([a-zA-Z])|([^_a-zA-Z]+)/g;

/** One piece of a formula as nodes: "W_x[5]" becomes W, a lowered x, and [5]. In an index, all letters are variables. */
function nodesOf(text, lowered = false) {
  return Array.from(text.matchAll(PIECES), ([, long, short, word, letter, other]) => {
    const index = long ?? short;
    if (index !== undefined) {
      const sub = element("sub");
      sub.append(...nodesOf(index, true));
      return sub;
    }
    if (letter || (word && lowered)) return element("i", "", letter ?? word);
    return document.createTextNode(word ?? other);
  });
}

/** Fill a line with pieces, each a text or [class, text]; it is broken between pieces only. */
function typeset(line, pieces) {
  line.replaceChildren(...pieces.map((piece) => {
    const [className, text] = Array.isArray(piece) ? piece : ["", piece];
    const span = element("span", className);
    span.append(...nodesOf(text));
    return span;
  }));
  return line;
}

/** An icon of 24 x 24, filled with the colour of the text around it. */
function iconOf(path) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const shape = document.createElementNS("http://www.w3.org/2000/svg", "path");
  shape.setAttribute("d", path);
  svg.append(shape);
  return svg;
}
