// Says in our own words that a file has not arrived. Streamlit shows what its library calls it, not what to do.

const ALERT = "[data-testid=stFileChip][aria-invalid=true] [role=alert]";
const CHIP = "[data-testid=stFileChip]";
const LOOK = 300; // ms
const CALM = 10; // looks without a file on the page; the first of it comes soon after it was chosen

/**
 * What to say in place of what Streamlit says of a file; null where that is a sentence for people.
 * @param {string} said
 */
export function uploadSentence(said) {
  if (!said.includes("AxiosError")) return null;
  if (said.includes("429")) return "That was a lot of files in one minute. Wait a moment, then choose it again.";
  return "This file has not arrived whole. Choose it again.";
}

/** @param {Element} alert */
function reword(alert) {
  const words = uploadSentence(alert.textContent ?? "");
  if (words === null) return;
  // The text nodes are React's: they are filled, not replaced.
  [...alert.childNodes].forEach((node, place) => { node.nodeValue = place ? "" : words; });
}

/**
 * Look after the files that people choose or drop.
 * @returns {() => void} ends it
 */
export function watchUploads() {
  const listening = new AbortController();
  let timer = 0;
  let calm = 0;

  function look() {
    document.querySelectorAll(ALERT).forEach(reword);
    calm = document.querySelector(CHIP) ? 0 : calm + 1;
    if (calm <= CALM) timer = setTimeout(look, LOOK);
  }

  /** @param {Event} event */
  function chosen(event) {
    const [from] = event.composedPath();
    if (event.type === "change" && !(from instanceof HTMLInputElement && from.type === "file")) return;
    clearTimeout(timer);
    calm = 0;
    timer = setTimeout(look, LOOK);
  }

  const how = { capture: true, signal: listening.signal };
  for (const event of ["change", "drop"]) document.addEventListener(event, chosen, how);
  return () => {
    clearTimeout(timer);
    listening.abort();
  };
}
