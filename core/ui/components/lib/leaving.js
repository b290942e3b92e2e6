// Holds a link back while something on the page has not been sent. With a click on a link, the browser sends nothing
// any more of what was on the page before, and what a component reports in that moment comes later than the click.

/**
 * @param {{ unsent: () => boolean, done: (since: number) => boolean }} on `unsent` is asked at a click on a link, and
 *   `done` from then on, frame by frame, whether it may be followed; it is told the ms since the click
 * @returns {() => void} ends it
 */
export function holdLinks({ unsent, done }) {
  const listening = new AbortController();

  /** @param {MouseEvent} event */
  function click(event) {
    const here = event.isTrusted && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    const target = event.composedPath()[0];
    /** @type {HTMLElement | null | false} */
    const link = here && target instanceof Element && target.closest("a[href]");
    if (!link || !unsent()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const clicked = performance.now();
    const look = () => {
      if (done(performance.now() - clicked)) link.click();
      else requestAnimationFrame(look);
    };
    look();
  }

  document.addEventListener("click", click, { capture: true, signal: listening.signal });
  return () => listening.abort();
}
