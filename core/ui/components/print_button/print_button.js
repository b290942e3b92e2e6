// A button that opens the browser's dialog for printing.
import { button, write } from "../lib/elements.js";
import { mount } from "../lib/mounting.js";

/** @param {HTMLElement} root */
function createPrintButton(root) {
  const title = "Opens the dialog for printing, which can also save a PDF.";
  const made = button("", { title, onclick: () => print() });
  root.append(made);
  return {
    /** @param {import("../lib/mounting.js").Run<{ label: string }>} run */
    update({ data }) {
      write(made, data.label);
    },
  };
}

export default mount("print-button", createPrintButton);
