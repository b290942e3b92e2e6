// Making and refilling elements. What people type goes in as text, never as markup.

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {string} className
 * @param {string} text
 */
export function element(tag, className = "", text = "") {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

/**
 * @param {string} text
 * @param {{ title: string, onclick: (event: MouseEvent) => void, className?: string }} settings
 */
export function button(text, { title, onclick, className = "" }) {
  return Object.assign(element("button", className, text), { type: /** @type {const} */ ("button"), title, onclick });
}

/**
 * What a click does where a double click shall do it once.
 * @param {() => void} act
 * @returns {(event: MouseEvent) => void}
 */
export const once = (act) => (event) => {
  if (event.detail < 2) act();
};

/**
 * Write a text; the page is left alone where it is there already.
 * @param {Element} node
 * @param {string} text
 */
export function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/**
 * Bring the children of a box to a number. Those that stay are not touched, so nothing flickers.
 * @param {Element} box
 * @param {number} count
 * @param {(index: number) => Element} make
 */
export function resizeChildren(box, count, make) {
  while (box.children.length > count) box.lastElementChild?.remove();
  while (box.children.length < count) box.append(make(box.children.length));
}
