// Says in our own words that the server does not answer, in place of Streamlit's dialog.
import { element, write } from "../lib/elements.js";
import { mount } from "../lib/mounting.js";
import { recover, STATE } from "./recovery.js";
import { watchUploads } from "./uploads.js";

const PATIENCE = 1500; // ms; a short break is no news
const WAITING = "No answer from the server. This page tries again by itself; what you have drawn and written is kept. "
  + "If this lasts, check your Wi-Fi, or ask the person who started the app.";
const OVER = "The connection to the server is lost. Reload the page to go on; what you have drawn and written is kept.";
const MISSING = "A part of this page could not be fetched. Reload the page to see it; what you have drawn and written "
  + "is kept.";

/**
 * What to say of a state of the connection; nothing while there is one, and all is here.
 * @param {string | null} state
 * @param {boolean} missing whether a script of Streamlit's own could not be fetched; it never asks for it again
 */
export function sentence(state, missing) {
  if (state === null || state === "CONNECTED") return missing ? MISSING : "";
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
  const listening = new AbortController();
  const forgetUploads = watchUploads();
  let timer = 0;
  let missing = false;

  function look() {
    const state = app?.getAttribute(STATE) ?? null;
    const said = sentence(state, missing);
    clearTimeout(timer);
    if (!said) {
      dialogs.disconnect();
      message.hidden = true;
      return;
    }
    if (state !== null && state !== "CONNECTED") {
      dialogs.observe(document.body, { childList: true, subtree: true });
      recover();
    }
    write(message, said);
    timer = setTimeout(() => { message.hidden = false; }, PATIENCE);
  }

  const states = new MutationObserver(look);
  if (app) states.observe(app, { attributeFilter: [STATE] });
  window.addEventListener("vite:preloadError", () => {
    missing = true;
    look();
  }, { signal: listening.signal });
  return {
    update: look,
    end() {
      clearTimeout(timer);
      dialogs.disconnect();
      states.disconnect();
      listening.abort();
      forgetUploads();
    },
  };
}

export default mount("connection", createConnection);
