// A tune in ABC notation as a score that can be heard and saved as MIDI. Nothing goes back to Python.
import { button, element, write } from "../lib/elements.js";
import { mount } from "../lib/mounting.js";
import { watchWidth } from "../lib/resizing.js";
import { draw, mark } from "./drawing.js";
import { clock, durationOf, soundingNotes } from "./music.js";
import { play } from "./playing.js";
import abcjs from "./vendor/abcjs.js";

/**
 * `wrong` are spans of the text with bars that do not add up; `file` is what a file is called, without its ending.
 * @typedef {{ abc: string, wrong: [number, number][], name: string, file: string }} Data
 * @typedef {import("./music.js").Sounding} Sounding
 */

const SLOW = 0.5, FAST = 2;
const SILENCE = "Your browser finds no audio output here. The notes are marked all the same.";

/** @param {HTMLElement} root */
function createParts(root) {
  const bar = element("div", "bar");
  const toggle = button("", { title: "", onclick: () => {}, className: "play" });
  const speed = Object.assign(element("input"),
    { type: "range", min: String(SLOW), max: String(FAST), step: "0.1", value: "1" });
  const label = element("label", "speed", "Tempo ");
  const shown = element("output", "", "1\u00d7");
  label.append(speed, shown);
  const midi = button("Save as MIDI", { title: "A file that music programs can open and play.", onclick: () => {} });
  const time = element("span", "time");
  const paper = element("div", "paper");
  const silence = element("span");
  const failed = Object.assign(element("p", "failed"), { hidden: true });
  for (const said of [silence, failed]) said.setAttribute("role", "status");
  bar.append(toggle, label, midi, time, silence);
  root.append(bar, failed, paper);
  return { toggle, speed, shown, midi, time, silence, paper, failed };
}

/** @param {HTMLElement} root */
function createScore(root) {
  const parts = createParts(root);
  /** @type {Data} */
  let data = { abc: "", wrong: [], name: "", file: "tune" };
  /** @type {import("./drawing.js").Score | null} */
  let score = null;
  /** @type {(() => void) | null} */
  let stop = null;
  let current = -1, width = 0;

  function show() {
    width = root.clientWidth;
    if (!width) return; // hidden; it is drawn when it is seen
    score = tryToDraw(parts.paper, data, width);
    parts.failed.hidden = score !== null;
    write(parts.failed, "This text cannot be drawn as a score.");
  }

  /** @param {Sounding[]} notes @param {number} length @param {number} seconds */
  function follow(notes, length, seconds) {
    write(parts.time, `${clock(seconds)} of ${clock(length)}`);
    const now = notes.find(({ at, length: long, char }) => char !== null && at <= seconds && seconds < at + long);
    const char = now?.char ?? -1;
    if (char === current || !score) return;
    current = char;
    mark(score, "playing", char < 0 ? [] : [[char, char + 1]]);
  }

  function end() {
    stop?.();
    stop = null;
    current = -1;
    if (score) mark(score, "playing", []);
    write(parts.toggle, "\u25b6 Play");
    write(parts.silence, "");
    parts.toggle.title = "Hear the tune, chords included; repeats are played.";
    const notes = score ? soundingNotes(score.tune, Number(parts.speed.value)) : [];
    parts.toggle.disabled = parts.midi.disabled = !notes.length;
    write(parts.time, notes.length ? clock(durationOf(notes)) : "");
  }

  function begin() {
    if (!score) return;
    const notes = soundingNotes(score.tune, Number(parts.speed.value));
    const length = durationOf(notes);
    const onTime = (/** @type {number} */ seconds) => follow(notes, length, seconds);
    stop = play(notes, { onTime, onEnd: end, onSilence: (silent) => write(parts.silence, silent ? SILENCE : "") });
    write(parts.toggle, "\u25a0 Stop");
    parts.toggle.title = "Stop playing.";
  }

  parts.toggle.onclick = () => (stop ? end() : begin());
  parts.speed.oninput = () => {
    write(parts.shown, `${parts.speed.value}\u00d7`);
    end();
  };
  parts.midi.onclick = () => saveMidi(data);
  const unwatch = watchWidth(root, (seen) => {
    if (seen === width) return;
    end();
    show();
    end();
  });
  return {
    /** @param {import("../lib/mounting.js").Run<Data>} run */
    update(run) {
      if (JSON.stringify(run.data) === JSON.stringify(data)) return;
      end();
      data = run.data;
      show();
      end();
    },
    end() {
      unwatch();
      stop?.();
    },
  };
}

/**
 * @param {HTMLElement} paper
 * @param {Data} data
 * @param {number} width
 */
function tryToDraw(paper, { abc, name, wrong }, width) {
  try {
    const score = draw(paper, abc, width, name);
    mark(score, "wrong", wrong);
    return score;
  } catch (error) { // any text at all comes here
    console.info("No score:", error);
    paper.replaceChildren();
    return null;
  }
}

/** @param {Data} data */
function saveMidi({ abc, file }) {
  const [bytes] = abcjs.synth.getMidiFile(abc, { midiOutputType: "binary" });
  const link = element("a");
  link.href = URL.createObjectURL(new Blob([bytes], { type: "audio/midi" }));
  link.download = `${file}.mid`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

export default mount("score", createScore);
