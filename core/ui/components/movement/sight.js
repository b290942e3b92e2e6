// What grows with the stroke stays in sight: while its place is below the window, or little of it is seen, it stands
// at the window's lower edge under the canvas, smaller, if it covers nothing there that is needed. Where a pointer
// comes to it, or the keyboard goes elsewhere, it makes room until somebody draws again.

const SEEN = 240; // pixels of the place within the window from which on it is in sight: sentence and probabilities

/**
 * @param {DOMRect} one
 * @param {DOMRect} other
 */
export function overlap(one, other) {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

/**
 * Keep a part in sight. Returns functions that look again where it belongs, that bring it back, and that end it.
 * @param {HTMLElement} part the only child of its place
 * @param {HTMLElement} place
 * @param {() => boolean} isWanted whether there is anything to be seen
 * @param {() => Element[]} findSpared what must not be covered; the part stands under the first of them
 */
export function keepInSight(part, place, isWanted, findSpared) {
  let dismissed = false;
  const sink = () => {
    part.classList.remove("afloat");
    part.removeAttribute("style");
    place.style.minHeight = "";
  };

  function look() {
    const spared = findSpared().map((one) => one.getBoundingClientRect());
    if (dismissed || !isWanted() || !spared.length || place.getBoundingClientRect().top + SEEN < innerHeight) {
      return sink();
    }
    if (!part.classList.contains("afloat")) {
      place.style.minHeight = `${place.offsetHeight}px`; // what stands below it stays there
      part.classList.add("afloat");
    }
    Object.assign(part.style, { left: `${spared[0].left}px`, width: `${spared[0].width}px` });
    const box = part.getBoundingClientRect();
    if (spared.some((one) => overlap(box, one)) || spared[0].bottom < 0) sink();
  }

  let frame = 0;
  const lookSoon = () => {
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      look();
    });
  };
  const dismiss = () => {
    dismissed = true;
    sink();
  };
  const listening = new AbortController();
  part.addEventListener("pointerenter", ({ buttons, pointerType }) => {
    if (!buttons || pointerType === "touch") dismiss(); // and not a pen that slips off the canvas
  });
  document.addEventListener("focusin", ({ target }) => {
    if (target instanceof Element && target.matches(":focus-visible")) dismiss(); // the pen moves the focus, too
  }, { signal: listening.signal });
  document.addEventListener("scroll", lookSoon, { capture: true, passive: true, signal: listening.signal });
  window.addEventListener("resize", lookSoon, { signal: listening.signal });
  return {
    look,
    wake() {
      dismissed = false;
    },
    end() {
      listening.abort();
      cancelAnimationFrame(frame);
    },
  };
}
