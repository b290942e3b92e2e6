// A bar for every class, as core/figures/probabilities.py draws them. Elements are made once and only refilled.
import { element, write } from "../lib/elements.js";
import { PERCENT, percent } from "../lib/numbers.js";

const INSIDE = 60; // percent; a longer bar carries its number inside
const TICKS = [0, 25, 50, 75, 100];

/**
 * @param {string[]} classes
 * @param {string} colour
 */
export function createBars(classes, colour) {
  const box = element("div", "bars");
  box.setAttribute("role", "img");
  const rows = classes.map((name) => {
    const [label, lane] = [element("div", "name", name), element("div", "lane")];
    const [bar, value] = [element("div", "bar"), element("div", "value")];
    bar.style.background = colour;
    lane.append(bar, value);
    box.append(label, lane);
    return { label, lane, bar, value };
  });
  const ticks = element("div", "ticks");
  for (const tick of TICKS) {
    const mark = element("span", "", `${tick}${tick === 100 ? PERCENT : ""}`);
    mark.style.left = `${tick}%`;
    ticks.append(mark);
  }
  box.append(element("div"), ticks);
  return { box, rows, classes };
}

/**
 * How a bar of a probability is drawn: its width, its number and on which side of its end that stands.
 * @param {number} probability
 */
export function barOf(probability) {
  const width = 100 * Math.min(probability, 0.9999); // no softmax is a certainty
  const inside = width > INSIDE;
  const text = width >= 0.5 ? percent(probability, 2).replace(PERCENT, "") : "";
  return { width: `${width.toFixed(2)}%`, text, inside,
    left: inside ? "auto" : `${width.toFixed(2)}%`, right: inside ? `${(100 - width).toFixed(2)}%` : "auto" };
}

/**
 * @param {ReturnType<typeof createBars>} bars
 * @param {number[]} probabilities none for an empty sheet
 * @param {number} best the most probable class, -1 for none
 */
export function fillBars({ box, rows, classes }, probabilities, best) {
  rows.forEach(({ label, lane, bar, value }, index) => {
    const { width, text, inside, left, right } = barOf(probabilities[index] ?? 0);
    label.classList.toggle("best", index === best);
    lane.classList.toggle("best", index === best);
    bar.style.width = width;
    write(value, text);
    Object.assign(value.style, { left, right, color: inside ? "#fff" : "" });
  });
  const said = best < 0 ? "none" : `${classes[best]} with ${percent(probabilities[best], 2)}`;
  box.setAttribute("aria-label", `Probabilities: ${said}`);
}
