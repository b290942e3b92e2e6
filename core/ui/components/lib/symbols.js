// Buttons that show a symbol alone.
import { button, element } from "./elements.js";

/**
 * A button with one of the symbols that Streamlit has loaded.
 * @param {string} symbol
 * @param {string} name
 * @param {() => void} onclick
 */
export function symbolButton(symbol, name, onclick) {
  const made = button("", { title: name, onclick });
  const shown = element("span", "symbol");
  shown.dataset.symbol = symbol; // drawn by the style: as text it would be read aloud
  made.setAttribute("aria-label", name);
  made.append(shown);
  return made;
}
