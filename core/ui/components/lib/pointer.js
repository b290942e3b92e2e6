// Pen, finger and mouse: hearing of them, and where they have been.

/**
 * All places of a pointer since the event before, the newest last. Browsers send one event a frame, so that on a slow
 * device a quick stroke has few events; between them it has been where these say.
 * @param {PointerEvent} event
 * @returns {PointerEvent[]}
 */
export function placesOf(event) {
  const places = event.getCoalescedEvents?.() ?? []; // Safari has learnt this late
  return places.length ? places : [event];
}

/**
 * Points along a way, at least so far apart however quick the hand was: what lies between two places is filled in.
 * @param {{ clientX: number, clientY: number }} from
 * @param {{ clientX: number, clientY: number }[]} places
 * @param {number} apart pixels
 */
export function pointsAlong(from, places, apart) {
  const points = [];
  let { clientX: x, clientY: y } = from;
  for (const place of places) {
    const [dx, dy] = [place.clientX - x, place.clientY - y];
    const count = Math.floor(Math.hypot(dx, dy) / apart);
    for (let k = 1; k <= count; k++) points.push({ clientX: x + (dx * k) / count, clientY: y + (dy * k) / count });
    if (count) [x, y] = [place.clientX, place.clientY];
  }
  return points;
}

/**
 * Whether a pointer that comes down draws nothing: another button of the mouse, or a further finger while one draws. A
 * hand that rests beside the canvas is the first finger on the page, and yet another one may draw.
 * @param {PointerEvent} event
 * @param {boolean} drawing whether one draws already
 */
export function isFurther({ button, isPrimary }, drawing) {
  return button !== 0 || (drawing && !isPrimary);
}

/**
 * Hear of a pointer anywhere on the page, before the element under it does. `abort` of what is returned ends it.
 * @param {{
 *   down: (event: PointerEvent) => void,
 *   move: (event: PointerEvent) => void,
 *   lift: (event: PointerEvent) => void,
 * }} heard `lift` also where the browser takes the pointer away
 */
export function followPointer({ down, move, lift }) {
  const listening = new AbortController();
  const how = { capture: true, passive: true, signal: listening.signal };
  document.addEventListener("pointerdown", down, how);
  document.addEventListener("pointermove", move, how);
  document.addEventListener("pointerup", lift, how);
  document.addEventListener("pointercancel", lift, how);
  return listening;
}

/** @type {Promise<void> | undefined} */
let sign;

/**
 * A promise that is kept when somebody first moves a pointer, touches the page or presses a key: what only follows
 * them need not be fetched before, by a whole class at once.
 * @returns {Promise<void>}
 */
export function firstSign() {
  sign ??= new Promise((kept) => {
    const listening = new AbortController();
    const how = { capture: true, passive: true, signal: listening.signal };
    for (const kind of ["pointermove", "pointerdown", "keydown"]) {
      document.addEventListener(kind, () => {
        listening.abort();
        kept();
      }, how);
    }
  });
  return sign;
}
