// The notes of a tune as they are heard: when, how long, how high. Repeats are played, chords accompany.

/**
 * `at` and `length` are seconds; `char` is the place in the ABC text, null for the accompaniment.
 * @typedef {{ at: number, length: number, frequency: number, loudness: number, char: number | null }} Sounding
 */

/** The frequency of a MIDI pitch, Hz: 69 is the A of 440 Hz, 12 steps are an octave. @param {number} pitch */
export const frequencyOf = (pitch) => 440 * 2 ** ((pitch - 69) / 12);

/**
 * The notes that sound; none where abcjs finds no music in the text, or no time for it.
 * @param {import("./vendor/abcjs.js").Tune} tune
 * @param {number} speed 1 is as written
 * @returns {Sounding[]} in order of time
 */
export function soundingNotes(tune, speed) {
  const whole = 60 / tune.getBpm() / tune.getBeatLength() / speed; // seconds
  return tracksOf(tune).flatMap((track, number) => track.filter((note) => note.cmd === "note").map((note) => ({
    at: note.start * whole, length: note.duration * whole, frequency: frequencyOf(note.pitch),
    loudness: (number ? 0.3 : 1) * note.volume / 127, char: number ? null : note.startChar,
  }))).filter(({ at, length, frequency }) => length > 0 && Number.isFinite(at + length + frequency))
    .sort((a, b) => a.at - b.at);
}

/** @param {import("./vendor/abcjs.js").Tune} tune */
function tracksOf(tune) {
  try {
    return tune.setUpAudio({}).tracks;
  } catch (error) { // of text that is hardly music, "|3" for example
    console.info("No sound:", error);
    return [];
  }
}

/** How long all of it takes, seconds. @param {Sounding[]} notes */
export const durationOf = (notes) => notes.reduce((end, note) => Math.max(end, note.at + note.length), 0);

/** A time as minutes and seconds. @param {number} seconds */
export function clock(seconds) {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
