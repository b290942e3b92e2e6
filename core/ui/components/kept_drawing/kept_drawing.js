// Keeps what lies on the sheet, for this tab, and sends it to a session that knows nothing of it. A stroke is kept as
// soon as it is drawn: the one that finds the server forgetful has not arrived yet.
import { sheetUnder } from "../lib/drawable_canvas.js";
import { keep, keepOrReturn } from "../lib/kept.js";
import { mount } from "../lib/mounting.js";

/** @typedef {import("../lib/kept.js").Kept & { name: string }} Kept `name` is that of the kind of sheet */

const FRAMES = 3; // until the canvas has moved a finished stroke to its lower layer

/**
 * Whether a run tells nothing new: then a stroke that was drawn since it was told stays kept.
 * @param {Kept | undefined} told
 * @param {Kept} sheet
 */
export function isTold(told, sheet) {
  return told?.sheet === sheet.sheet && told.content === sheet.content && told.asked === sheet.asked;
}

function createKeeper() {
  /** @type {Kept} */
  let sheet;
  /** @type {HTMLCanvasElement | null} */
  let strokes = null;

  /** @param {PointerEvent} event */
  function penDown(event) {
    strokes = sheetUnder(event, "canvas")?.lower ?? null;
  }

  function penUp() {
    const [canvas, on] = [strokes, sheet];
    strokes = null;
    let frames = FRAMES;
    const look = () => {
      if (!canvas?.isConnected || on.sheet !== sheet.sheet) return;
      if (frames--) requestAnimationFrame(look);
      else keep(sheet.name, { ...sheet, content: canvas.toDataURL() });
    };
    look();
  }

  document.addEventListener("pointerdown", penDown, true);
  document.addEventListener("pointerup", penUp, true);
  return {
    /** @param {import("../lib/mounting.js").Run<Kept>} run */
    update({ data, setTriggerValue }) {
      if (isTold(sheet, data)) return; // Streamlit shows it again, when the connection is lost for example
      sheet = data;
      keepOrReturn(sheet.name, sheet, (content) => setTriggerValue("returned", content));
    },
    end() {
      document.removeEventListener("pointerdown", penDown, true);
      document.removeEventListener("pointerup", penUp, true);
    },
  };
}

export default mount("kept-drawing", createKeeper);
