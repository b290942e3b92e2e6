// The network unrolled: one box a word in a row, the state in it, the arrows between, the verdict under it.

const SMALL_HEIGHT = 108; // CSS pixels of the column in a box

/** The verdict as a bar that grows from the middle: to the left for the first name, to the right for the second. */
function verdictBar() {
  const box = element("div", "verdict");
  const fill = element("div", "fill");
  const text = element("span", "percent");
  const bar = element("div", "track");
  bar.append(fill);
  box.append(bar, text);
  return {
    box,
    show(share, names) {
      fill.style.left = `${50 * Math.min(1, 2 * share)}%`;
      fill.style.width = `${Math.abs(share - 0.5) * 100}%`;
      fill.classList.toggle("low", share < 0.5);
      text.textContent = percent(share);
      box.title = `${names[1]}: ${percent(share)}`;
    },
  };
}

/** The row {box, show(reading), mark(word, count)}; `act` is {go(word), choose(unit)}. */
function unrolledOf(act) {
  const box = element("div", "unrolled");
  const row = element("div", "row");
  box.append(row);
  const end = element("span", "arrow end"); // the state goes out of the last box
  row.append(end);
  const boxes = []; // the first one is the state before the first word

  function makeBox(index) {
    const made = { index, box: element(index ? "button" : "div", "step"), word: element("span", "said") };
    made.column = columnOf("small", {
      nameOf: (cell) => `h_${index}[${cell}]`,
      onChoose: (cell) => act.choose(cell), // the click goes on to the box, which goes to the word
    });
    const cell = element("span", "cell");
    cell.append(made.column.box);
    made.verdict = verdictBar();
    made.box.append(cell, made.word, made.verdict.box);
    if (index) {
      made.box.prepend(typeset(element("span", "arrow"), [`h_{${index - 1}}`]));
      made.box.type = "button";
      made.box.tabIndex = -1; // one stop for all of them: the arrow keys step
      made.box.onclick = () => act.go(index - 1);
    }
    return made;
  }

  return {
    box,
    show({ words, states, verdicts, names, palette }) {
      while (boxes.length > states.length) boxes.pop().box.remove();
      while (boxes.length < states.length) {
        const made = makeBox(boxes.length);
        boxes.push(made);
        end.before(made.box);
      }
      typeset(end, [`h_{${words.length}}`]);
      boxes.forEach((made, index) => {
        made.column.show(states[index], 1, palette, SMALL_HEIGHT);
        made.word.textContent = index ? words[index - 1] : "start";
        made.verdict.show(verdicts[index], names);
        if (!index) return;
        made.box.title = words[index - 1];
        made.box.setAttribute("aria-label",
          `Word ${index}: ${words[index - 1]}, ${names[1]} ${Math.round(verdicts[index] * 100)} percent`);
      });
    },
    mark(word) {
      boxes.forEach((made, index) => {
        made.box.classList.toggle("current", index === word + 1);
        made.box.classList.toggle("future", index > word + 1);
        if (index === word + 1) made.box.setAttribute("aria-current", "step");
        else made.box.removeAttribute("aria-current");
      });
      end.classList.toggle("future", word + 2 < boxes.length);
      keepVisible(boxes[word + 1]?.box);
    },
  };

  /** Scroll the row, and never the page, when the current box comes near an edge. */
  function keepVisible(current) {
    if (!current || box.scrollWidth <= box.clientWidth) return;
    const [left, right] = [current.offsetLeft, current.offsetLeft + current.offsetWidth];
    const margin = Math.min(current.offsetWidth, (box.clientWidth - current.offsetWidth) / 2);
    if (left - margin >= box.scrollLeft && right + margin <= box.scrollLeft + box.clientWidth) return;
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    box.scrollTo({ left: (left + right - box.clientWidth) / 2, behavior: calm ? "auto" : "smooth" });
  }
}
