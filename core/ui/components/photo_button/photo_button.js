// Asks the file buttons of a container for a photo of what is in front of a phone. They may be made anew at any time,
// so they are asked when a finger comes down.
import { mount } from "../lib/mounting.js";

function createPhotoButton() {
  let container = "";

  function ask() {
    if (!matchMedia("(pointer: coarse)").matches) return;
    for (const input of document.querySelectorAll(`.st-key-${CSS.escape(container)} input[type=file]`)) {
      input.setAttribute("capture", "environment");
    }
  }

  document.addEventListener("pointerdown", ask, true);
  return {
    /** @param {import("../lib/mounting.js").Run<{ container: string }>} run */
    update({ data }) {
      container = data.container;
      ask();
    },
    end: () => document.removeEventListener("pointerdown", ask, true),
  };
}

export default mount("photo-button", createPhotoButton);
