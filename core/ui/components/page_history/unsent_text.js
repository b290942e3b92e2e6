// Holds a link while the text of a field is on its way: Streamlit sends it some 40 ms after the focus has left the
// field. A tap leaves and clicks at once, so the text would come after the link, and the server go back to its page.
// And a link that ends the run too soon leaves an address in which the text does not stand yet, and Back leads there.
import { holdLinks } from "../lib/leaving.js";
import { isResting } from "../lib/script_state.js";

const SENT = 100; // ms after which the text of a field has left the browser, if it is not busy
const [BEGIN, END] = [1000, 3000]; // ms that a link waits at most for the run that answers to the text

/**
 * Whether an element holds a text or a number that is sent when the focus leaves it.
 * @param {EventTarget | null} target
 */
export function isField(target) {
  const fields = "textarea, input:not([type=radio], [type=checkbox], [type=range], [type=file], [role=combobox])";
  return target instanceof Element && target.matches(fields);
}

/** Begin to do so; once in a page is enough. */
export function holdLinksAfterFields() {
  /** @type {"" | "typed" | "left" | "read"} the way of a text; empty once it has been answered */
  let text = "";
  let running = false;
  const listen = { capture: true };
  document.addEventListener("input", ({ target }) => {
    if (isField(target)) text = "typed";
  }, listen);
  document.addEventListener("focusout", () => (text &&= "left"), listen);
  document.addEventListener("keydown", ({ key }) => (text &&= key === "Enter" ? "left" : text), listen);
  const watcher = new MutationObserver(() => {
    const runs = !isResting();
    if (runs && !running && text === "left") text = "read";
    if (!runs && running && text === "read") text = "";
    running = runs;
  });
  watcher.observe(document, { attributes: true, subtree: true, attributeFilter: ["data-test-script-state"] });
  const longest = () => (text === "read" ? END : text ? BEGIN : SENT);
  holdLinks({ unsent: () => text !== "", done: (since) => since > longest() });
}
