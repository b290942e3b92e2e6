// Words as buttons, each with what every reader takes it for. A click sends the number of the word as `picked`.
import { keepInAddress } from "../lib/address.js";
import { showChoices } from "../lib/choices.js";
import { element, write } from "../lib/elements.js";
import { mount } from "../lib/mounting.js";

/**
 * @typedef {{ text: string, apart: boolean, label: string, answers: { tag: string, chance: string }[] }} Word
 * @typedef {{ names: string[], words: Word[], chosen: number | null, empty: string, address: [string, string] }} Data
 *   `names` of the readers; `address` is a name and a value to be kept in the page's address, no name when empty
 */

/** @param {number} readers */
function makeButton(readers) {
  const button = Object.assign(element("button"), { type: "button" });
  button.append(Object.assign(element("span", "word"), { dir: "auto" }));
  for (let reader = 0; reader < readers; reader++) {
    const answer = element("span", "answer");
    answer.append(element("b"), element("span"));
    button.append(answer);
  }
  return button;
}

/**
 * @param {HTMLButtonElement} button
 * @param {Word} word
 */
function fill(button, word) {
  const [text, ...answers] = button.children;
  write(text, word.text);
  button.classList.toggle("apart", word.apart);
  button.title = word.label;
  answers.forEach((answer, reader) => {
    const { tag, chance } = word.answers[reader];
    answer.className = `answer ${tag}`;
    write(answer.children[0], tag);
    write(answer.children[1], chance);
  });
}

/** @param {HTMLElement} root */
function createTagged(root) {
  const [names, empty, words] = [element("div", "names"), element("span", "empty"), element("div", "words")];
  root.setAttribute("role", "group");
  root.append(names, empty, words);
  let looks = "";

  /**
   * On a phone the words are one line: begin where there is something to see.
   * @param {Data} data
   */
  const scroll = (data) => {
    const now = JSON.stringify([data.chosen, data.words.map((word) => word.text)]);
    if (now === looks) return;
    looks = now;
    const word = words.querySelector("[aria-pressed=true]") ?? words.querySelector(".apart");
    if (word instanceof HTMLElement) root.scrollLeft = word.offsetLeft - root.clientWidth / 2;
  };
  return {
    /** @param {import("../lib/mounting.js").Run<Data>} run */
    update({ data, setTriggerValue }) {
      const [name, value] = data.address;
      keepInAddress(name, value || null);
      names.replaceChildren(...data.names.map((reader) => element("span", "", reader)));
      names.hidden = data.words.length === 0;
      empty.hidden = data.words.length > 0;
      write(empty, data.empty);
      const make = () => makeButton(data.names.length);
      const pick = (/** @type {number} */ index) => setTriggerValue("picked", index);
      showChoices(words, data.words, data.chosen, { make, fill, pick });
      scroll(data);
    },
  };
}

export default mount("tagged", createTagged);
