// The bar with which a sentence is played: buttons, a slider over the words, the speed. Knows nothing of networks.
import { element } from "../lib/elements.js";
import { iconOf } from "./typesetting.js";

/**
 * What a person does: go to a word, go some words on, start or stop playing, set the speed.
 * @typedef {{ go: (word: number) => void, step: (by: number) => void, toggle: () => void,
 *   setSpeed: (speed: number) => void }} Acts
 */

const ICONS = {
  first: "M5 5h2.5v14H5zM19 5v14L9 12z",
  back: "M17 5v14L6 12z",
  play: "M7 4v16l13-8z",
  pause: "M6 5h4.5v14H6zM13.5 5H18v14h-4.5z",
  forward: "M7 5v14l11-7z",
  last: "M16.5 5H19v14h-2.5zM5 5v14l10-7z",
};
const SPEEDS = [0.5, 1, 2];

/**
 * @param {keyof typeof ICONS} icon
 * @param {string} label
 * @param {string} keys
 * @param {() => void} onclick
 */
function iconButton(icon, label, keys, onclick) {
  const button = Object.assign(element("button"), { type: "button", title: `${label} (${keys})`, onclick });
  button.setAttribute("aria-label", label);
  button.append(iconOf(ICONS[icon]));
  return button;
}

/** @param {Acts} acts */
function createSpeeds(acts) {
  const speeds = element("div", "speeds");
  speeds.setAttribute("role", "group");
  speeds.setAttribute("aria-label", "Speed");
  speeds.append(...SPEEDS.map((speed) => {
    const button = Object.assign(element("button", "", `${speed}\u00d7`), { type: "button",
      title: `Play at ${speed} times the speed`, onclick: () => acts.setSpeed(speed) });
    button.setAttribute("aria-label", `Speed ${speed}`);
    return button;
  }));
  return speeds;
}

/** @param {Acts} acts */
export function createControls(acts) {
  const box = element("div", "bar");
  const first = iconButton("first", "First word", "Home", () => acts.go(0));
  const back = iconButton("back", "One word back", "left arrow", () => acts.step(-1));
  const play = iconButton("play", "Play", "space", acts.toggle);
  const forward = iconButton("forward", "One word on", "right arrow", () => acts.step(1));
  const last = iconButton("last", "Last word", "End", () => acts.go(Infinity));
  play.className = "play";

  const slider = Object.assign(element("input"), { type: "range", min: "1", step: "1", title: "Where you are" });
  slider.setAttribute("aria-label", "Word");
  slider.oninput = () => acts.go(Number(slider.value) - 1);

  const speeds = createSpeeds(acts);
  const buttons = element("div", "buttons");
  buttons.append(first, back, play, forward, last);
  const hint = element("span", "hint", "\u2190 \u2192 words \u00b7 \u2191 \u2193 units \u00b7 space plays");
  box.append(buttons, slider, speeds, hint);

  return {
    box,
    /** @param {{ word: number, words: string[], playing: boolean, speed: number }} shown */
    show({ word, words, playing, speed }) {
      const empty = words.length === 0;
      for (const control of box.querySelectorAll("button, input")) control.toggleAttribute("disabled", empty);
      // Not `disabled` at the ends: a button that is switched off loses the focus, and the keys with it.
      for (const button of [first, back]) button.setAttribute("aria-disabled", String(empty || word === 0));
      for (const button of [forward, last]) {
        button.setAttribute("aria-disabled", String(empty || word === words.length - 1));
      }
      play.replaceChildren(iconOf(playing ? ICONS.pause : ICONS.play));
      play.setAttribute("aria-label", playing ? "Pause" : "Play");
      play.title = `${playing ? "Pause" : "Play"} (space)`;
      slider.max = String(Math.max(1, words.length));
      slider.value = String(word + 1);
      slider.setAttribute("aria-valuetext", empty ? "no words" : `${word + 1} of ${words.length}: ${words[word]}`);
      [...speeds.children].forEach((button, i) => button.setAttribute("aria-pressed", String(SPEEDS[i] === speed)));
    },
  };
}
