// Pictures that can be clicked. A click sends the id of the picture, or else its number, as the trigger `picked`.
import { showChoices } from "../lib/choices.js";
import { element, write } from "../lib/elements.js";
import { mount } from "../lib/mounting.js";
import { paint } from "../lib/painting.js";
import { readPalette } from "../lib/palette.js";

/**
 * @typedef {import("../lib/painting.js").Pixels} Pixels
 * @typedef {{ picture: Pixels | string | null, title: string, caption: string, signed: boolean, name: string,
 *   id: string }} Item
 *   `picture` is greys, places in the palette if it is signed, or a data URL; `name` for those who do not see it
 * @typedef {{ items: Item[], palette: string, chosen: number | null, side: number, wide: boolean }} Data
 *   `side` in CSS pixels
 */

function makeButton() {
  const button = Object.assign(element("button"), { type: "button" });
  button.append(element("b", "title"), element("canvas"), element("span", "caption"));
  return button;
}

/**
 * Show a picture in the place of the one before. Nothing is exchanged unless an image follows numbers.
 * @param {Element} before
 * @param {Item} item
 * @param {Uint32Array} colours
 */
function show(before, { picture, signed, name }, colours) {
  const sent = typeof picture === "string";
  const shown = before instanceof HTMLImageElement === sent ? before : element(sent ? "img" : "canvas");
  if (shown !== before) before.replaceWith(shown);
  if (shown instanceof HTMLImageElement) {
    if (sent && shown.src !== picture) shown.src = picture;
    shown.alt = name;
  } else if (shown instanceof HTMLCanvasElement && picture && !sent) {
    paint(shown, picture, signed ? colours : undefined);
    shown.role = name ? "img" : "presentation"; // without a name, the words beside it say all
    shown.ariaLabel = name || null;
  }
  shown.className = signed ? "picture signed" : "picture";
  shown.toggleAttribute("hidden", !picture);
}

/**
 * @param {Element} button
 * @param {Item} item
 * @param {Uint32Array} colours
 */
function fill(button, item, colours) {
  const [title, picture, caption] = /** @type {HTMLElement[]} */ ([...button.children]);
  write(title, item.title);
  write(caption, item.caption);
  caption.hidden = !item.caption;
  show(picture, item, colours);
}

/** @param {HTMLElement} root */
function createPick(root) {
  root.setAttribute("role", "group");
  return {
    /** @param {import("../lib/mounting.js").Run<Data>} run */
    update({ data, setTriggerValue }) {
      root.classList.toggle("wide", data.wide);
      root.style.setProperty("--side", `${data.side}px`);
      const pick = (/** @type {number} */ index) => setTriggerValue("picked", data.items[index].id || index);
      const colours = readPalette(data.palette).words;
      const fillIn = (/** @type {Element} */ button, /** @type {Item} */ item) => fill(button, item, colours);
      showChoices(root, data.items, data.chosen, { make: makeButton, fill: fillIn, pick });
    },
  };
}

export default mount("pick", createPick);
