// The bar with which a sentence is played: buttons, a slider over the words, the speed. Knows nothing of networks.

const ICONS = {
  first: "M5 5h2.5v14H5zM19 5v14L9 12z",
  back: "M17 5v14L6 12z",
  play: "M7 4v16l13-8z",
  pause: "M6 5h4.5v14H6zM13.5 5H18v14h-4.5z",
  forward: "M7 5v14l11-7z",
  last: "M16.5 5H19v14h-2.5zM5 5v14l10-7z",
};
const SPEEDS = [0.5, 1, 2];

/** The bar {box, show({word, words, playing, speed})}; `act` is {go(to), step(by), toggle(), setSpeed(speed)}. */
function controlsOf(act) {
  const box = element("div", "bar");
  const button = (icon, label, keys, onclick, className = "") => {
    const made = element("button", className);
    Object.assign(made, { type: "button", title: keys ? `${label} (${keys})` : label, onclick });
    made.setAttribute("aria-label", label);
    made.append(iconOf(ICONS[icon]));
    return made;
  };
  const first = button("first", "First word", "Home", () => act.go(0));
  const back = button("back", "One word back", "left arrow", () => act.step(-1));
  const play = button("play", "Play", "space", act.toggle, "play");
  const forward = button("forward", "One word on", "right arrow", () => act.step(1));
  const last = button("last", "Last word", "End", () => act.go(Infinity));

  const slider = element("input");
  Object.assign(slider, { type: "range", min: "1", step: "1", title: "Where in the sentence" });
  slider.setAttribute("aria-label", "Word");
  slider.oninput = () => act.go(Number(slider.value) - 1);

  const speeds = element("div", "speeds");
  speeds.setAttribute("role", "group");
  speeds.setAttribute("aria-label", "Speed");
  for (const speed of SPEEDS) {
    const made = element("button", "", `${speed}\u00d7`);
    Object.assign(made, { type: "button", title: `Play at ${speed} times the speed`, onclick: () => act.setSpeed(speed) });
    made.setAttribute("aria-label", `Speed ${speed}`);
    speeds.append(made);
  }
  const hint = element("span", "hint", "\u2190 \u2192 words \u00b7 \u2191 \u2193 units \u00b7 space plays");
  const buttons = element("div", "buttons");
  buttons.append(first, back, play, forward, last);
  box.append(buttons, slider, speeds, hint);

  return {
    box,
    show({ word, words, playing, speed }) {
      const empty = words.length === 0;
      for (const made of box.querySelectorAll("button, input")) made.disabled = empty;
      // Not `disabled` at the ends: a button that is switched off loses the focus, and the keys with it.
      for (const [made, end] of [[first, 0], [back, 0], [forward, words.length - 1], [last, words.length - 1]]) {
        made.setAttribute("aria-disabled", String(empty || word === end));
      }
      play.replaceChildren(iconOf(playing ? ICONS.pause : ICONS.play));
      play.setAttribute("aria-label", playing ? "Pause" : "Play");
      play.title = `${playing ? "Pause" : "Play"} (space)`;
      slider.max = String(Math.max(1, words.length));
      slider.value = String(word + 1);
      slider.setAttribute("aria-valuetext", empty ? "no words" : `${word + 1} of ${words.length}: ${words[word]}`);
      [...speeds.children].forEach((made, i) => made.setAttribute("aria-pressed", String(SPEEDS[i] === speed)));
    },
  };
}
