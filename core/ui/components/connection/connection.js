// Says in our own words that the server does not answer, in place of Streamlit's dialog.
import { element, write } from "../lib/elements.js";
import { mount } from "../lib/mounting.js";
import { recover } from "./recovery.js";

const PATIENCE = 1500; // ms; a short break is no news
const STATE = "data-test-connection-state";
const WAITING = "No answer from the server. This page tries again by itself; what you have drawn and written is kept. "
  + "If this lasts, check your Wi-Fi, or ask the person who started the app.";
const OVER = "The connection to the server is lost. Reload the page to go on; what you have drawn and written is kept.";

/**
 * What to say of a state of the connection; nothing while there is one.
 * @param {string | null} state
 */
export function sentence(state) {
  if (state === null || state === "CONNECTED") return "";
  return state === "DISCONNECTED_FOREVER" ? OVER : WAITING;
}

/** Close Streamlit's own dialog on the connection, which then stays away until there is a connection again. */
function closeDialog() {
  for (const dialog of document.querySelectorAll("[role=dialog]")) {
    if (!dialog.textContent?.includes("Connection error")) continue;
    /** @type {HTMLButtonElement | null} */
    const close = dialog.querySelector("button[aria-label=Close]");
    close?.click();
  }
}

/** @param {HTMLElement} root */
function createConnection(root) {
  const message = Object.assign(element("p", "message"), { hidden: true, role: "status" });
  root.append(message);
  const app = document.querySelector(`[${STATE}]`);
  const dialogs = new MutationObserver(closeDialog);
  let timer = 0;

  function look() {
    const said = sentence(app?.getAttribute(STATE) ?? null);
    clearTimeout(timer);
    if (!said) {
      dialogs.disconnect();
      message.hidden = true;
      return;
    }
    dialogs.observe(document.body, { childList: true, subtree: true });
    recover();
    write(message, said);
    timer = setTimeout(() => { message.hidden = false; }, PATIENCE);
  }

  const states = new MutationObserver(look);
  if (app) states.observe(app, { attributeFilter: [STATE] });
  return {
    update: look,
    end() {
      clearTimeout(timer);
      dialogs.disconnect();
      states.disconnect();
    },
  };
}

export default mount("connection", createConnection);
