// Brings the page up to date after a connection that was lost. What was typed, drawn or moved meanwhile waits in the
// browser: Streamlit sends it with the next question only, and asks none by itself. A run that was going on is broken
// off, and what is left of it handed to the next connection, so half a page stands there as if it were all, or none.

/** The attribute with which Streamlit says how the connection is. */
export const STATE = "data-test-connection-state";

const LOOK = 500; // ms
const CALM = 2; // looks in a row without a run and a hand: after a click Streamlit may run the page it leads from
const TRIES = 3; // the first is for what was done meanwhile; a page may end early by itself

/**
 * What stands after the connection was lost.
 * @typedef {{ connection: string | null, script: string | null, whole: boolean }} Shown
 */

/**
 * What to do next: "reload" where Streamlit itself is gone, "run" the page, "stop" looking, or "wait".
 * @param {Shown | null} shown nothing where Streamlit found what it got so odd that it took everything down
 * @param {number} looks how often in a row, this time included, there was a connection, no run and no hand
 * @param {number} tries how often it was run again
 */
export function remedy(shown, looks, tries) {
  if (!shown) return "reload";
  if (shown.connection === "DISCONNECTED_FOREVER") return "stop";
  if (looks < CALM) return "wait";
  return (shown.whole && tries) || tries >= TRIES ? "stop" : "run";
}

/** @returns {Shown | null} */
function look() {
  const app = document.querySelector(`[${STATE}]`);
  return app && {
    connection: app.getAttribute(STATE),
    script: app.getAttribute("data-test-script-state"),
    whole: document.querySelector(".st-key-page-history") !== null, // comes after the page
  };
}

/** Run the page again, as a person does who presses this key. One that is never let go of is heard once only. */
function pressR() {
  for (const type of ["keydown", "keyup"]) {
    document.body.dispatchEvent(new KeyboardEvent(type, { key: "r", code: "KeyR", bubbles: true }));
  }
}

let timer = 0;
let calm = 0;

function hearHand() {
  calm = 0;
}

/** Look after the page from now, when the connection is lost, until it is up to date, whatever it shows meanwhile. */
export function recover() {
  clearInterval(timer);
  calm = 0;
  let tries = 0;
  for (const event of ["pointerdown", "keydown"]) document.addEventListener(event, hearHand, true);
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
