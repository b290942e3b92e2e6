// The player: a recurrent network reads a sentence, word by word. Every number on show is worked out here, so stepping
// and choosing never ask the server.
import { element } from "../lib/elements.js";
import { mount } from "../lib/mounting.js";
import { MINUS, percent } from "../lib/numbers.js";
import { gradientOf } from "../lib/palette.js";
import { createContributions } from "./contributions.js";
import { createControls } from "./controls.js";
import { GATES } from "./formulas.js";
import { createGates } from "./gates.js";
import { read, receiveNet } from "./reading.js";
import { createUnrolled } from "./unrolled.js";
import { createVectors } from "./vectors.js";

/**
 * @typedef {import("./reading.js").Data} Data
 * @typedef {ReturnType<typeof createFrame>} Frame
 * @typedef {{ data: Data, net: import("./cell.js").Net, reading: import("./reading.js").Reading }} Content
 */

/**
 * `content` is what Python has sent; the rest is where a person is.
 * @typedef {{ root: HTMLElement, frame: Frame, content: Content | null, panel: ReturnType<typeof createPanel> | null,
 *   word: number, unit: number, gate: string, speed: number, playing: boolean,
 *   timer: ReturnType<typeof setTimeout> | undefined }} Player
 */

const BEAT = 900; // ms a word

function createLegend() {
  const legend = element("div", "legend");
  const ramp = element("span", "ramp");
  legend.title = "The colours of the states. Words and cell states have their full colour at their own largest number.";
  legend.append(element("span", "", `${MINUS}1`), ramp, element("span", "", "1"));
  return { legend, ramp };
}

/**
 * @param {HTMLElement} root
 * @param {import("./controls.js").Acts & import("./unrolled.js").Acts} acts
 */
function createFrame(root, acts) {
  const box = element("div", "frame");
  const [controls, unrolled] = [createControls(acts), createUnrolled(acts)];
  const [heading, title, panel] = [element("div", "heading"), element("div", "title"), element("div", "panel")];
  const { legend, ramp } = createLegend();
  title.setAttribute("role", "status");
  heading.append(title, legend);
  const nothing = element("p", "nothing", "Write a sentence, and the network reads it here, word by word.");
  box.append(controls.box, unrolled.box, heading, panel, nothing);
  root.append(box);
  root.tabIndex = 0;
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", "The network word by word");
  root.setAttribute("aria-description", "Left and right arrow: words. Up and down: units. Space: play and pause.");
  return { box, controls, unrolled, heading, title, ramp, panel, nothing };
}

/**
 * @param {import("./cell.js").CellName} cell
 * @param {(unit: number) => void} onUnit
 * @param {(gate: string) => void} onGate
 */
function createPanel(cell, onUnit, onGate) {
  return { vectors: createVectors(cell, onUnit), gates: createGates(cell, onGate),
    contributions: createContributions(cell, onGate) };
}

/**
 * The sentence about the current word, and how the verdict has moved.
 * @param {HTMLElement} title
 * @param {Content} content
 * @param {number} word
 */
function showTitle(title, { data: { words, verdictNames }, reading: { verdicts } }, word) {
  const [before, after] = [verdicts[word], verdicts[word + 1]];
  const verdict = element("span", "so-far", "so far ");
  verdict.append(element("b", "", `${percent(after, 0)} ${verdictNames[1]}`));
  const change = Math.round(after * 100) - Math.round(before * 100);
  const sign = change > 0 ? "+" : MINUS;
  const moved = change === 0 ? "as before this word" : `${sign}${Math.abs(change)} points by this word`;
  title.replaceChildren(element("span", "count", `Word ${word + 1} of ${words.length}`),
    element("b", "", `\u201c${words[word]}\u201d`), verdict, element("span", "moved", moved));
}

/** @param {Player} player */
function show(player) {
  const { root, frame, content, panel, word, unit, gate, playing, speed } = player;
  if (!content || !panel) return;
  const { data, net, reading } = content;
  frame.controls.show({ word, words: data.words, playing, speed });
  const empty = reading.steps.length === 0;
  for (const part of [frame.heading, frame.panel, frame.unrolled.box]) part.hidden = empty;
  frame.nothing.hidden = !empty;
  Object.assign(root.dataset, { word, unit, gate });
  if (empty) return;
  frame.unrolled.mark(word);
  frame.box.style.setProperty("--unit", String(unit));
  const step = reading.steps[word];
  showTitle(frame.title, content, word);
  panel.vectors.show(step, data.words[word], unit, reading);
  panel.gates.show(step, unit, gate);
  panel.contributions.show(net, step, unit, gate, data.words[word]);
}

/**
 * The number of the last word; 0 without words.
 * @param {Player} player
 */
const lastWord = ({ content }) => Math.max(0, (content?.data.words.length ?? 0) - 1);

/** @param {Player} player */
function pause(player) {
  clearTimeout(player.timer);
  player.playing = false;
}

/**
 * Go to a word; a person who does so ends the playing.
 * @param {Player} player
 * @param {number} word
 */
function jump(player, word) {
  pause(player);
  player.word = Math.max(0, Math.min(lastWord(player), word));
  show(player);
}

/**
 * @param {Player} player
 * @param {number} unit
 */
function chooseUnit(player, unit) {
  player.unit = Math.max(0, Math.min((player.content?.data.hiddenSize ?? 1) - 1, unit));
  show(player);
}

/** @param {Player} player */
function waitForNextWord(player) {
  clearTimeout(player.timer);
  player.timer = setTimeout(() => {
    player.word = Math.min(lastWord(player), player.word + 1);
    player.playing = player.word < lastWord(player);
    if (player.playing) waitForNextWord(player);
    show(player);
  }, BEAT / player.speed);
}

/** @param {Player} player */
function togglePlaying(player) {
  if (player.playing) pause(player);
  else if (player.content?.data.words.length) {
    player.playing = true;
    if (player.word === lastWord(player)) player.word = 0;
    waitForNextWord(player);
  }
  show(player);
}

/**
 * @param {Player} player
 * @param {number} speed
 */
function setSpeed(player, speed) {
  player.speed = speed;
  if (player.playing) waitForNextWord(player);
  show(player);
}

/**
 * @param {Player} player
 * @param {KeyboardEvent} event
 */
function onKey(player, event) {
  if (event.ctrlKey || event.metaKey || event.altKey || !player.content?.data.words.length) return;
  const onButton = event.target instanceof Element && event.target.closest("button");
  /** @type {Record<string, () => void>} */
  const acts = {
    ArrowLeft: () => jump(player, player.word - 1),
    ArrowRight: () => jump(player, player.word + 1),
    ArrowUp: () => chooseUnit(player, player.unit - 1),
    ArrowDown: () => chooseUnit(player, player.unit + 1),
    Home: () => jump(player, 0),
    End: () => jump(player, Infinity),
  };
  if (!onButton) acts[" "] = () => togglePlaying(player); // a button is pressed with space
  if (!acts[event.key]) return;
  event.preventDefault();
  acts[event.key]();
}

/** @param {Data} data */
const textsOf = ({ words, verdictNames }) => JSON.stringify([words, verdictNames]);

/**
 * What Python has sent, read; what is known already is not read again.
 * @param {Player} player
 * @param {Data} data
 */
function takeIn(player, data) {
  const { content: old, root, frame } = player;
  const sameNet = old?.data.cell === data.cell && old.data.weights.sum === data.weights.sum;
  const net = sameNet ? old.net : receiveNet(data);
  const sameSentence = sameNet && old.data.sentence.sum === data.sentence.sum;
  const reading = sameSentence ? old.reading : read(net, data);
  player.content = { data, net, reading };
  if (sameSentence && textsOf(old.data) === textsOf(data)) return;
  const { states, verdicts, palette, off } = reading;
  frame.ramp.style.background = gradientOf(palette);
  frame.unrolled.show({ words: data.words, states, verdicts, names: data.verdictNames, palette });
  root.dataset.off = off.toExponential(1); // more than rounding would mean that this is another network
  if (off > 1e-3) console.warn(`The player's states are ${off} away from those that were sent.`);
}

/**
 * @param {Player} player
 * @param {Data} data
 */
function update(player, data) {
  const old = player.content?.data;
  takeIn(player, data);
  if (old?.cell !== data.cell) {
    player.panel = createPanel(data.cell, (unit) => chooseUnit(player, unit), (gate) => {
      player.gate = gate;
      show(player);
    });
    const { vectors, gates, contributions } = player.panel;
    player.frame.panel.replaceChildren(vectors.box, gates.box, contributions.box);
    player.root.dataset.cell = data.cell;
    if (!(player.gate in GATES[data.cell])) [player.gate] = Object.keys(GATES[data.cell]);
  }
  if (old?.unit !== data.unit) player.unit = data.unit;
  if (data.word !== null && old?.word !== data.word) player.word = data.word;
  player.unit = Math.max(0, Math.min(data.hiddenSize - 1, player.unit));
  player.word = Math.max(0, Math.min(lastWord(player), player.word));
  if (player.word === lastWord(player)) pause(player);
  show(player);
}

/** @param {HTMLElement} root */
function createPlayer(root) {
  const frame = createFrame(root, {
    go: (word) => jump(player, word),
    step: (by) => jump(player, player.word + by),
    toggle: () => togglePlaying(player),
    setSpeed: (speed) => setSpeed(player, speed),
    choose: (unit) => chooseUnit(player, unit),
  });
  /** @type {Player} */
  const player = { root, frame, content: null, panel: null, word: 0, unit: 0, gate: "", speed: 1, playing: false,
    timer: undefined };
  root.onkeydown = (event) => onKey(player, event);
  return {
    /** @param {import("../lib/mounting.js").Run<Data>} run */
    update: ({ data }) => update(player, data),
    end: () => clearTimeout(player.timer),
  };
}

export default mount("player", createPlayer);
