// The same training as a PyTorch script, and as an ordinary run of the server. Knows no training.

import { button, element, write } from "../lib/elements.js";
import { writePyTorch } from "./pytorch.js";

/** @typedef {import("./model.js").Model} Model */

export class CodePanel {
  /** @param {Model} model */
  constructor(model) {
    this.model = model;
    this.box = element("details", "panel");
    this.code = element("code");
    this.code.tabIndex = 0;
    this.code.setAttribute("aria-label", "The script");
    this.copied = element("span", "said");
    this.copied.setAttribute("role", "status");
    const row = element("div", "row");
    row.append(
      button("Copy", { title: "Copy the script", onclick: () => this.#copy() }),
      button("Save as neurons.py", {
        title: "Save the script",
        onclick: () => save("neurons.py", this.code.textContent ?? ""),
      }),
      this.copied,
    );
    const pre = element("pre");
    pre.append(this.code);
    this.box.append(element("summary", "", "The same in PyTorch"), row, pre);
    this.box.ontoggle = () => this.update();
  }

  /** Write the script, where it can be seen. */
  update() {
    const { points, settings, frame } = this.model;
    if (!this.box.open) return;
    write(
      this.code,
      points.y.length ? writePyTorch(points, settings, Math.max(50, frame?.epochs ?? 0)) : "# There are no points.",
    );
    write(this.copied, "");
  }

  async #copy() {
    try {
      await navigator.clipboard.writeText(this.code.textContent ?? "");
      write(this.copied, "Copied.");
    } catch {
      write(this.copied, "The browser does not allow it here. Select the text and copy it, or save it.");
    }
  }
}

/** @param {string} name of the file @param {string} text */
export function save(name, text) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  Object.assign(element("a"), { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
