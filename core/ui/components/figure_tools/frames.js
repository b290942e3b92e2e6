// How many frames a second a browser draws while a figure is turned.

const ENOUGH = 8; // frames, from which on a number means something

/**
 * The frames a second of a figure that is turned, told once, when the hand lets go after a turn that was long enough.
 *
 * A frame counts from a movement of the hand to the next frame, so a hand that rests is not fast.
 * @param {(frames: number) => void} tell
 */
export function frameCounter(tell) {
  /** @type {number[]} */
  let gaps = [];
  let [waiting, told] = [false, false];
  return {
    /** The hand has moved, and the figure will be drawn again. */
    turned() {
      if (waiting || told) return;
      waiting = true;
      requestAnimationFrame((before) => requestAnimationFrame((now) => {
        waiting = false;
        gaps.push(now - before);
      }));
    },
    /** The hand has let go. */
    released() {
      if (!told && gaps.length >= ENOUGH) {
        told = true;
        tell(framesPerSecond(gaps));
      }
      gaps = [];
    },
  };
}

/**
 * The middle one of all frames counts: a single hiccup is not slow.
 * @param {number[]} gaps ms that each frame took
 */
export function framesPerSecond(gaps) {
  const middle = [...gaps].sort((a, b) => a - b)[gaps.length >> 1];
  return Math.round(10_000 / middle) / 10;
}
