// The kernel that can be edited: a field for every cell, a history for Undo, and the sending of what was changed.
import { element } from "../lib/elements.js";
import { largestOf, signedIndex } from "../lib/palette.js";
import { editsOf, lostWords, placeIn } from "./carrying.js";
import { css, inkOn } from "./painting.js";
import { KERNEL_CELL } from "./sizing.js";
import { readNumber, short } from "./wording.js";

/**
 * `changed` is called after every change, `remembered` when there is one more to undo, `send` a moment later.
 * @typedef {{ changed: () => void, remembered: () => void, send: () => void, say: (message: string) => void }} On
 */

/**
 * `known` are the weights that the server has sent last; `history` are the kernels that Undo brings back; `before` is
 * the kernel as it was before the cell that is being edited was changed.
 * @typedef {{ place: HTMLElement, on: On, cells: ReturnType<typeof createCell>[], weights: number[],
 *   known: number[], history: number[][], before: number[], maxWeight: number,
 *   palette: import("../lib/palette.js").Palette, timer: ReturnType<typeof setTimeout> | undefined }} Kernel
 */

const SEND_AFTER = 400; // ms without another edit
const MOST_KEPT = 50; // kernels that Undo can bring back

/**
 * @param {HTMLElement} place for the cells
 * @param {import("../lib/palette.js").Palette} palette
 * @param {On} on
 * @returns {Kernel}
 */
export function createKernel(place, palette, on) {
  return { place, on, cells: [], weights: [], known: [], history: [], before: [], maxWeight: 0, palette,
    timer: undefined };
}

/**
 * Lay another kernel here. What was edited of the one before and has not been heard of is forgotten, but for a kernel
 * that is the same in another size: somebody may have typed while that was on its way.
 * @param {Kernel} kernel
 * @param {number[][]} rows
 * @param {boolean} resized whether it is the same kernel in another size
 */
export function replaceKernel(kernel, rows, resized) {
  const [edits, field] = resized ? [editsOf(kernel.weights, kernel.known), openField(kernel)] : [[], null];
  const [before, size] = [Math.sqrt(kernel.weights.length), rows.length];
  clearTimeout(kernel.timer);
  const known = rows.flat();
  Object.assign(kernel, { timer: undefined, weights: [...known], known, history: [], before: [] });
  kernel.place.style.gridTemplateColumns = `repeat(${size}, ${KERNEL_CELL}px)`;
  kernel.cells = kernel.weights.map((_, index) => createCell(kernel, index, size));
  kernel.place.replaceChildren(...kernel.cells.map(({ box }) => box));

  for (const edited of edits) {
    const index = placeIn(edited, before, size);
    if (index !== null) kernel.weights[index] = edited.weight;
  }
  const words = lostWords(edits.filter((edited) => placeIn(edited, before, size) === null), size);
  if (words || !resized) kernel.on.say(words); // sizes may follow one another, and the first has told what is lost
  if (editsOf(kernel.weights, known).length) {
    kernel.history = [[...known]];
    kernel.timer = setTimeout(flush, SEND_AFTER, kernel);
  }
  if (field) openAgain(kernel, field, placeIn(field, before, size));
}

/**
 * The field that somebody is typing in, with what stands there.
 * @param {Kernel} kernel
 */
function openField({ place, cells }) {
  const active = /** @type {Document | ShadowRoot} */ (place.getRootNode()).activeElement;
  const index = cells.findIndex(({ input }) => input === active);
  if (index < 0) return null;
  const [{ value, selectionStart, selectionEnd }, size] = [cells[index].input, Math.sqrt(cells.length)];
  return { row: Math.floor(index / size), column: index % size, value, selectionStart, selectionEnd };
}

/**
 * @param {Kernel} kernel
 * @param {NonNullable<ReturnType<typeof openField>>} field
 * @param {number | null} index of the cell that it is now
 */
function openAgain({ cells }, { value, selectionStart, selectionEnd }, index) {
  if (index === null) return;
  const { input } = cells[index];
  input.focus({ preventScroll: true });
  input.value = value;
  input.setSelectionRange(selectionStart, selectionEnd);
}

/**
 * A field for one cell: the weight above, and below what it is multiplied with.
 * @param {Kernel} kernel
 * @param {number} index
 * @param {number} size
 */
function createCell(kernel, index, size) {
  const [box, input, factor] = [element("div", "cell"), element("input"), element("span")];
  Object.assign(input, { type: "text", autocomplete: "off", spellcheck: false, maxLength: 12 });
  input.setAttribute("aria-label", `Kernel row ${Math.floor(index / size) + 1}, column ${(index % size) + 1}`);
  input.title = "Type a number, or press the up and down arrow keys. Fractions such as 1/9 work too.";
  input.onfocus = () => {
    kernel.before = [...kernel.weights];
    input.value = short(kernel.weights[index]);
    input.select();
  };
  // Safari puts the cursor where the pointer was, after the field has been entered: all is selected once more.
  let entering = false;
  input.onpointerdown = () => { entering = !input.matches(":focus"); };
  input.onclick = () => {
    if (entering && input.selectionStart === input.selectionEnd) input.select();
    entering = false;
  };
  input.oninput = () => edit(kernel, index, false);
  input.onchange = () => {
    edit(kernel, index, true);
    flush(kernel); // the next click may lead to another kernel or page
  };
  input.onblur = () => showKernel(kernel);
  input.onkeydown = (event) => onKey(kernel, index, event);
  box.append(input, factor);
  return { box, input, factor };
}

/**
 * @param {Kernel} kernel
 * @param {number} index
 * @param {KeyboardEvent} event
 */
function onKey(kernel, index, event) {
  const { input } = kernel.cells[index];
  if (event.key === "Enter") input.blur();
  const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
  if (!by) return;
  event.preventDefault();
  input.value = short(kernel.weights[index] + by * (event.shiftKey ? 1 : 0.1));
  edit(kernel, index, true);
}

/**
 * Take over what stands in a field when it is a number; say so when it is none and the field is left.
 * @param {Kernel} kernel
 * @param {number} index
 * @param {boolean} finished
 */
function edit(kernel, index, finished) {
  const { weights, maxWeight, on, cells: { [index]: { box, input } } } = kernel;
  const value = readNumber(input.value);
  const good = value !== null && Math.abs(value) <= maxWeight;
  box.classList.toggle("wrong", !good);
  if (!good) {
    const why = value === null ? "is not a number" : `is beyond ${maxWeight}`;
    if (finished) on.say(`\u201c${input.value}\u201d ${why}. The cell keeps ${short(weights[index])}.`);
    return;
  }
  on.say("");
  if (value !== weights[index]) {
    weights[index] = value;
    changed(kernel);
  }
  if (finished) remember(kernel);
}

/**
 * Keep the kernel as it was before this cell was changed, for Undo.
 * @param {Kernel} kernel
 */
function remember(kernel) {
  const { before, weights, history } = kernel;
  if (!before.some((weight, index) => weight !== weights[index])) return;
  kernel.history = [...history, before].slice(-MOST_KEPT);
  kernel.before = [...weights];
  kernel.on.remembered();
}

/** @param {Kernel} kernel */
export function undoEdit(kernel) {
  const last = kernel.history.pop();
  if (!last) return;
  kernel.weights = last;
  kernel.on.say("");
  changed(kernel);
  showKernel(kernel);
}

/** @param {Kernel} kernel */
function changed(kernel) {
  paintWeights(kernel);
  kernel.on.changed();
  clearTimeout(kernel.timer);
  kernel.timer = setTimeout(flush, SEND_AFTER, kernel);
}

/**
 * Send what was changed and has not been sent.
 * @param {Kernel} kernel
 */
function flush(kernel) {
  if (kernel.timer === undefined) return;
  clearTimeout(kernel.timer);
  kernel.timer = undefined;
  kernel.on.send();
}

/** @param {Kernel} kernel */
function paintWeights({ weights, cells, palette }) {
  const limit = largestOf(weights);
  weights.forEach((weight, index) => {
    const colour = palette.rgb(signedIndex(weight, limit));
    Object.assign(cells[index].box.style, { background: css(colour), color: inkOn(colour) });
  });
}

/**
 * Write the weights into all fields but the one that is being edited.
 * @param {Kernel} kernel
 */
export function showKernel(kernel) {
  const active = /** @type {Document | ShadowRoot} */ (kernel.place.getRootNode()).activeElement;
  kernel.weights.forEach((weight, index) => {
    const { box, input } = kernel.cells[index];
    const text = short(weight, 3);
    box.classList.remove("wrong");
    box.classList.toggle("long", text.length > 4);
    if (input !== active) input.value = text;
  });
  paintWeights(kernel);
}

/**
 * Write below every weight what it is multiplied with; nothing where there are no values.
 * @param {Kernel} kernel
 * @param {number[]} values
 */
export function showFactors({ cells }, values) {
  cells.forEach(({ factor }, index) => {
    factor.textContent = values.length ? `\u00d7${short(values[index], 2)}` : "";
  });
}
