// How many frames a second a browser draws while a figure is turned.

const ENOUGH = 12; // frames, from which on a number means something
const PAUSE = 700; // ms without a frame: the hand rested

/**
 * The frames a second of a figure that is turned, told once, when the hand lets go after a turn that was long enough.
 * @param {(frames: number) => void} tell
 */
export function frameCounter(tell) {
  /** @type {number[]} */
  let times = [];
  let told = false;
  return {
    /** The figure has been drawn again, because somebody turns it. */
    turned() {
      const now = performance.now();
      if (times.length && now - times[times.length - 1] > PAUSE) times = [];
      times.push(now);
    },
    /** The hand has let go. */
    released() {
      if (!told && times.length > ENOUGH) {
        told = true;
        tell(framesPerSecond(times));
      }
      times = [];
    },
  };
}

/**
 * The middle one of all distances counts: a single hiccup is not slow.
 * @param {number[]} times of frames, ms
 */
export function framesPerSecond(times) {
  const gaps = times.slice(1).map((time, place) => time - times[place]).sort((a, b) => a - b);
  return Math.round(10_000 / gaps[gaps.length >> 1]) / 10;
}
