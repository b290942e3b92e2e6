// A text field that answers while a person types. The field belongs to the person: Python's text is taken over when
// its version is another one, and at no other time. What is typed is sent as the state `typed`.
import { isInAddress, keepInAddress } from "../lib/address.js";
import { element, write } from "../lib/elements.js";
import { holdLinks } from "../lib/leaving.js";
import { mount } from "../lib/mounting.js";
import { watchWidth } from "../lib/resizing.js";
import { createSender } from "./sending.js";

/**
 * `most` characters are sent; `address` is a name in the page's address under which the text is kept, none when empty;
 * `heard` is the number of the message that Python has read.
 * @typedef {{ text: string, version: number, label: string, help: string, placeholder: string, most: number,
 *   address: string, heard: number | null }} Data
 * @typedef {import("../lib/mounting.js").Run<Data>} Run
 */

const PAUSE = 40; // ms after the last key
const COMPOSING_PAUSE = 400; // ms while characters are put together; a phone does that with every word
const SENDING = 500; // ms that a link waits at most for a text to be sent and read
const MOST_LINES = 6;

/** @param {HTMLElement} root */
function createParts(root) {
  const head = element("div", "head");
  const label = Object.assign(element("label"), { htmlFor: "text" });
  const help = Object.assign(element("button", "help", "?"), { type: "button" });
  const explanation = Object.assign(element("span", "explanation"), { id: "explanation", role: "tooltip" });
  const text = Object.assign(element("textarea"), { id: "text", rows: 1, spellcheck: false, autocomplete: "off" });
  help.setAttribute("aria-label", "Help");
  help.setAttribute("aria-describedby", "explanation");
  head.append(label, help, explanation);
  root.append(head, text);
  return { label, help, explanation, text };
}

/**
 * The beginning of a text, at most so many characters (not halves of them).
 * @param {string} text
 * @param {number} most
 */
export function beginning(text, most) {
  const kept = text.length > most ? Array.from(text).slice(0, most).join("") : text;
  return kept.toWellFormed?.() ?? kept; // not in older browsers
}

/**
 * Make a text area as high as its text.
 * @param {HTMLTextAreaElement} area
 */
function fitHeight(area) {
  const style = getComputedStyle(area);
  const line = parseFloat(style.lineHeight);
  const padding = parseFloat(style.paddingTop) + parseFloat(style.paddingBottom);
  const borders = parseFloat(style.borderTopWidth) + parseFloat(style.borderBottomWidth);
  area.style.height = "0";
  const lines = Math.max(1, Math.round((area.scrollHeight - padding) / line));
  area.style.height = `${Math.min(lines, MOST_LINES) * line + padding + borders}px`;
  area.style.overflowY = lines > MOST_LINES ? "auto" : "hidden";
}

/**
 * Listen to a text area. Between `composing(true)` and `composing(false)` characters are put together.
 * @param {HTMLTextAreaElement} area
 * @param {{ changed: (pause: number) => void, composing: (begins: boolean) => void, left: () => void }} on
 */
function listen(area, { changed, composing, left }) {
  area.oninput = (event) => {
    fitHeight(area);
    changed(/** @type {InputEvent} */ (event).isComposing ? COMPOSING_PAUSE : PAUSE);
  };
  area.addEventListener("compositionstart", () => composing(true));
  area.addEventListener("compositionend", () => {
    composing(false);
    changed(PAUSE);
  });
  area.onblur = () => {
    composing(false);
    left();
  };
  area.onkeydown = (event) => {
    // Streamlit has shortcuts on single letters, and sees keys out of a shadow root as if no field had the focus.
    event.stopPropagation();
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    changed(0);
  };
  area.onkeyup = area.onkeypress = (event) => event.stopPropagation();
}

/** @param {HTMLElement} root */
function createField(root) {
  const { label, help, explanation, text } = createParts(root);
  /** @type {Run} */
  let run;
  /** @type {number | null} */
  let version = null;
  let composing = false;
  /** @type {Data | null} came while characters were put together */
  let postponed = null;

  const sender = createSender((message) => {
    keepInAddress(run.data.address, message.text);
    run.setStateValue("typed", { ...message, version });
  });
  const current = () => beginning(text.value, run.data.most);

  /**
   * Take over Python's text. Not while characters are being put together: their window would lose its place.
   * @param {Data} data
   */
  function replace(data) {
    if (composing) {
      postponed = data;
      return;
    }
    // A page that opens writes nothing; but a field that is made anew may be so because its text is another one.
    if (version !== null || isInAddress(data.address)) keepInAddress(data.address, data.text);
    version = data.version;
    if (text.value !== data.text) text.value = data.text;
    sender.reset(current());
    fitHeight(text);
  }

  listen(text, {
    changed: (pause) => sender.send(current(), pause),
    left: () => sender.leave(current()),
    composing(begins) {
      composing = begins;
      if (begins || !postponed) return;
      replace(postponed);
      postponed = null;
    },
  });
  const stopHolding = holdLinks({
    unsent: sender.awaits,
    done: (since) => since > SENDING || !sender.awaits(),
  });
  const stopWatching = watchWidth(text, () => fitHeight(text));
  const letters = new ResizeObserver(() => text.clientWidth && fitHeight(text)); // larger letters, or a late font
  letters.observe(label);

  return {
    /** @param {Run} newest */
    update(newest) {
      run = newest;
      const { data } = run;
      write(label, data.label);
      text.placeholder = data.placeholder;
      text.setAttribute("aria-label", data.label);
      write(explanation, data.help);
      help.hidden = explanation.hidden = !data.help;
      if (data.version !== version) replace(data);
      sender.answered(data.heard);
    },
    end() {
      sender.end();
      stopHolding();
      stopWatching();
      letters.disconnect();
    },
  };
}

export default mount("typing", createField);
