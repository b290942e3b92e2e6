// The network unrolled: one box a word in a row, the state in it, the arrows between, the verdict under it.
import { element, write } from "../lib/elements.js";
import { percent } from "../lib/numbers.js";
import { createColumn } from "./columns.js";
import { typeset } from "./typesetting.js";

/**
 * @typedef {{ words: string[], states: ArrayLike<number>[], verdicts: ArrayLike<number>, names: [string, string],
 *   palette: import("../lib/palette.js").Palette }} Unrolled
 * @typedef {{ go: (word: number) => void, choose: (unit: number) => void }} Acts
 */

const HEIGHT = 108; // CSS pixels of the column in a box

/** The verdict as a bar that grows from the middle: to the left for the first name, to the right for the second. */
function createVerdict() {
  const box = element("div", "verdict");
  const fill = element("div", "fill");
  const text = element("span", "percent");
  const track = element("div", "track");
  track.append(fill);
  box.append(track, text);
  return {
    box,
    /**
     * @param {number} share
     * @param {[string, string]} names
     */
    show(share, names) {
      fill.style.left = `${50 * Math.min(1, 2 * share)}%`;
      fill.style.width = `${Math.abs(share - 0.5) * 100}%`;
      fill.classList.toggle("low", share < 0.5);
      write(text, percent(share, 0));
      box.title = `${names[1]}: ${percent(share, 0)}`;
    },
  };
}

/**
 * A box of the row; number 0 is the state before the first word.
 * @param {number} index
 * @param {Acts} acts
 */
function createBox(index, acts) {
  const box = index ? element("button", "step") : element("div", "step");
  const word = element("span", "said");
  const column = createColumn("small", {
    nameOf: (cell) => `h_${index}[${cell}]`,
    onChoose: acts.choose, // the click goes on to the box, which goes to the word
  });
  const cell = element("span", "cell");
  cell.append(column.box);
  const verdict = createVerdict();
  box.append(cell, word, verdict.box);
  if (box instanceof HTMLButtonElement) {
    box.prepend(typeset(element("span", "arrow"), [`h_{${index - 1}}`]));
    box.type = "button";
    box.tabIndex = -1; // one stop for all of them: the arrow keys step
    box.onclick = () => acts.go(index - 1);
  }
  return { box, word, column, verdict };
}

/**
 * Scroll a row, and never the page, when the current box comes near an edge.
 * @param {HTMLElement} row
 * @param {HTMLElement | undefined} current
 */
function keepVisible(row, current) {
  if (!current || row.scrollWidth <= row.clientWidth) return;
  const [left, right] = [current.offsetLeft, current.offsetLeft + current.offsetWidth];
  const margin = Math.min(current.offsetWidth, (row.clientWidth - current.offsetWidth) / 2);
  if (left - margin >= row.scrollLeft && right + margin <= row.scrollLeft + row.clientWidth) return;
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  row.scrollTo({ left: (left + right - row.clientWidth) / 2, behavior: calm ? "auto" : "smooth" });
}

/** @param {Acts} acts */
export function createUnrolled(acts) {
  const box = element("div", "unrolled");
  const row = element("div", "row");
  const end = element("span", "arrow end"); // the state goes out of the last box
  row.append(end);
  box.append(row);
  /** @type {ReturnType<typeof createBox>[]} */
  const boxes = [];

  return {
    box,
    /** @param {Unrolled} shown */
    show({ words, states, verdicts, names, palette }) {
      while (boxes.length > states.length) boxes.pop()?.box.remove();
      while (boxes.length < states.length) {
        const made = createBox(boxes.length, acts);
        boxes.push(made);
        end.before(made.box);
      }
      typeset(end, [`h_{${words.length}}`]);
      boxes.forEach((made, index) => {
        made.column.show(states[index], 1, palette, HEIGHT);
        write(made.word, index ? words[index - 1] : "start");
        made.verdict.show(verdicts[index], names);
        if (!index) return;
        made.box.title = `Word ${index}: ${words[index - 1]}, ${names[1]} ${percent(verdicts[index], 0)}`;
      });
    },
    /** @param {number} word the current one */
    mark(word) {
      boxes.forEach((made, index) => {
        made.box.classList.toggle("current", index === word + 1);
        made.box.classList.toggle("future", index > word + 1);
        if (index === word + 1) made.box.setAttribute("aria-current", "step");
        else made.box.removeAttribute("aria-current");
      });
      end.classList.toggle("future", word + 2 < boxes.length);
      keepVisible(box, boxes[word + 1]?.box);
    },
  };
}
