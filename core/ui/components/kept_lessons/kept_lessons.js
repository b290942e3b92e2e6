// Keeps, for this tab, the word under which the server keeps what was found in lessons, and tells it to a session that
// has another.
import { keepOrReturn } from "../lib/kept.js";
import { mount } from "../lib/mounting.js";

/** @typedef {import("../lib/kept.js").Kept} Kept `sheet` is the number of the session, `content` its word */

export default mount("kept-lessons", () => ({
  /** @param {import("../lib/mounting.js").Run<Kept>} run */
  update({ data, setTriggerValue }) {
    keepOrReturn("lessons", data, (word) => setTriggerValue("returned", word));
  },
}));
