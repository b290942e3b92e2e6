// Pictures that can be clicked. A click sends the number of the picture as the trigger `picked`.
import { showChoices } from "../lib/choices.js";
import { element, write } from "../lib/elements.js";
import { mount } from "../lib/mounting.js";

/**
 * @typedef {{ picture: string | null, title: string, caption: string, signed: boolean, name: string }} Item
 *   `picture` is a data URL, `name` for those who do not see it
 * @typedef {{ items: Item[], chosen: number | null, side: number, wide: boolean }} Data `side` in CSS pixels
 */

function makeButton() {
  const button = Object.assign(element("button"), { type: "button" });
  const picture = Object.assign(element("img", "picture"), { alt: "" });
  button.append(element("b", "title"), picture, element("span", "caption"));
  return button;
}

/**
 * @param {Element} button
 * @param {Item} item
 */
function fill(button, item) {
  const [title, picture, caption] = /** @type {[HTMLElement, HTMLImageElement, HTMLElement]} */ ([...button.children]);
  write(title, item.title);
  write(caption, item.caption);
  caption.hidden = !item.caption;
  picture.hidden = !item.picture;
  picture.alt = item.name;
  picture.classList.toggle("signed", item.signed);
  if (item.picture && picture.src !== item.picture) picture.src = item.picture;
}

/** @param {HTMLElement} root */
function createPick(root) {
  root.setAttribute("role", "group");
  return {
    /** @param {import("../lib/mounting.js").Run<Data>} run */
    update({ data, setTriggerValue }) {
      root.classList.toggle("wide", data.wide);
      root.style.setProperty("--side", `${data.side}px`);
      const pick = (/** @type {number} */ index) => setTriggerValue("picked", index);
      showChoices(root, data.items, data.chosen, { make: makeButton, fill, pick });
    },
  };
}

export default mount("pick", createPick);
