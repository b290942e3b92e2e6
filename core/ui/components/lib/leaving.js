// Holds a link back while something on the page has not been sent. With a click on a link, the browser sends nothing
// any more of what was on the page before, and what a component reports in that moment comes later than the click.

/**
 * Whether a link leads away from the page: not to another tab, and not to a file.
 * @param {HTMLAnchorElement} link
 */
function leaves(link) {
  return ["", "_self"].includes(link.target) && !link.hasAttribute("download");
}

/**
 * @param {{ unsent: () => boolean, done: (since: number) => boolean }} on `unsent` is asked at a click on a link, and
 *   `done` from then on, frame by frame, whether it may be followed; it is told the ms since the click
 * @returns {() => void} ends it
 */
export function holdLinks({ unsent, done }) {
  const listening = new AbortController();
  /** @type {HTMLAnchorElement | null} that waits; of several clicks meanwhile the last one counts, and only once */
  let held = null;

  /** @param {number} clicked */
  function look(clicked) {
    if (!held) return;
    if (!done(performance.now() - clicked)) {
      requestAnimationFrame(() => look(clicked));
      return;
    }
    const link = held;
    held = null;
    link.click();
  }

  /** @param {MouseEvent} event */
  function click(event) {
    const here = event.isTrusted && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    const target = event.composedPath()[0];
    /** @type {HTMLAnchorElement | null | false} */
    const link = here && target instanceof Element && target.closest("a[href]");
    if (!link || !leaves(link) || (!held && !unsent())) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const first = !held;
    held = link;
    if (first) look(performance.now());
  }

  document.addEventListener("click", click, { capture: true, signal: listening.signal });
  return () => listening.abort();
}
