// Buttons of which one is chosen: a click picks, arrow keys move the focus.
import { resizeChildren } from "./elements.js";
import { moveFocus } from "./keyboard.js";

/**
 * Show one button for each item.
 * @template Item
 * @param {HTMLElement} box
 * @param {Item[]} items
 * @param {number | null} chosen
 * @param {{
 *   make: () => HTMLButtonElement,
 *   fill: (button: HTMLButtonElement, item: Item) => void,
 *   pick: (index: number) => void,
 * }} how
 */
export function showChoices(box, items, chosen, { make, fill, pick }) {
  resizeChildren(box, items.length, make);
  const buttons = /** @type {HTMLButtonElement[]} */ ([...box.children]);
  buttons.forEach((button, index) => {
    fill(button, items[index]);
    button.setAttribute("aria-pressed", String(index === chosen));
    button.onclick = () => pick(index);
    button.onkeydown = (event) => moveFocus(event, buttons);
  });
}
