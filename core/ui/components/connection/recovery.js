// Makes the page whole again after a connection that was lost while it was being shown: Streamlit breaks that run
// off and hands what is left of it to the next connection, so half a page stands there as if it were all, or none.

const LOOK = 500; // ms
const CALM = 2; // looks in a row without a run
const TRIES = 2; // a page may end early by itself

/**
 * What stands after the connection was lost.
 * @typedef {{ connection: string | null, script: string | null, whole: boolean }} Shown
 */

/**
 * What to do next: "reload" where Streamlit itself is gone, "run" what was broken off, "stop" looking, or "wait".
 * @param {Shown | null} shown nothing where Streamlit found what it got so odd that it took everything down
 * @param {number} calm how often in a row, this time included, there was a connection and no run
 * @param {number} tries how often it was run again
 */
export function remedy(shown, calm, tries) {
  if (!shown) return "reload";
  if (shown.connection === "DISCONNECTED_FOREVER") return "stop";
  if (calm < CALM) return "wait";
  return shown.whole || tries >= TRIES ? "stop" : "run";
}

/** @returns {Shown | null} */
function look() {
  const app = document.querySelector("[data-test-connection-state]");
  return app && {
    connection: app.getAttribute("data-test-connection-state"),
    script: app.getAttribute("data-test-script-state"),
    whole: document.querySelector(".st-key-page-history") !== null, // comes after the page
  };
}

/** Run the page again, as a person does who presses this key. */
function pressR() {
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "r", code: "KeyR", bubbles: true }));
}

let timer = 0;

/** Look after the page from now, when the connection is lost, until it stands whole, whatever it shows meanwhile. */
export function recover() {
  clearInterval(timer);
  let calm = 0;
  let tries = 0;
  timer = setInterval(() => {
    const shown = look();
    calm = shown?.connection === "CONNECTED" && shown.script === "notRunning" ? calm + 1 : 0;
    const next = remedy(shown, calm, tries);
    if (next === "wait") return;
    if (next === "run") {
      pressR();
      tries += 1;
      calm = 0;
      return;
    }
    clearInterval(timer);
    if (next === "reload") location.reload();
  }, LOOK);
}
