// Plays notes with simple oscillators of the Web Audio API: nothing is fetched.

const AHEAD = 0.5; // seconds for which notes are handed to the sound card in advance
const BREATH = 0.08; // seconds before the first note
const LOUD = 0.22;
const PATIENCE = 1500; // ms that the browser may take to let it sound

/**
 * A voice like a whistle or, for the accompaniment, a soft organ: a wave that fades in fast and out slowly.
 * @param {AudioContext} context
 * @param {AudioNode} out
 * @param {import("./music.js").Sounding} note
 * @param {number} begin on the clock of the context
 */
function sound(context, out, note, begin) {
  const oscillator = new OscillatorNode(context, {
    type: note.char === null ? "sine" : "triangle", frequency: note.frequency });
  const gain = new GainNode(context, { gain: 0 });
  const end = begin + note.length * 0.95;
  gain.gain.setValueAtTime(0, begin);
  gain.gain.linearRampToValueAtTime(LOUD * note.loudness, begin + Math.min(0.015, note.length / 4));
  gain.gain.linearRampToValueAtTime(LOUD * note.loudness * 0.6, end);
  gain.gain.linearRampToValueAtTime(0, end + 0.03);
  oscillator.connect(gain).connect(out);
  oscillator.start(begin);
  oscillator.stop(end + 0.04);
}

/** What sounds, or null where a rule of the school or an old browser leaves nothing that does. */
function openSound() {
  try {
    const context = new AudioContext();
    const out = new DynamicsCompressorNode(context);
    out.connect(context.destination);
    return { context, out };
  } catch {
    return null;
  }
}

/**
 * Firefox keeps a context standing still where there is no loudspeaker: the time then goes on without a sound, as it
 * does where there is no context at all.
 * @param {import("./music.js").Sounding[]} notes in order of time
 * @param {{ onTime: (seconds: number) => void, onEnd: () => void, onSilence: (silent: boolean) => void }} listener
 * @returns {() => void} stops it
 */
export function play(notes, { onTime, onEnd, onSilence }) {
  const opened = openSound();
  const patience = opened ? PATIENCE : 0;
  const last = notes.reduce((end, note) => Math.max(end, note.at + note.length), 0);
  /** @type {number | null} */
  let begin = null; // on the clock of the context, which stands still until the browser lets it sound
  let next = 0;
  const pressed = performance.now();
  let silent = false;
  const timer = setInterval(step, 50);

  function stop() {
    clearInterval(timer);
    if (opened && opened.context.state !== "closed") void opened.context.close();
  }

  /** The seconds since the first note, null while they are not counted. */
  function elapsed() {
    const waited = (performance.now() - pressed - patience) / 1000;
    if (opened?.context.state === "running") {
      const { currentTime } = opened.context;
      if (begin === null) begin = currentTime + (silent ? -waited : BREATH);
      if (silent) next = notes.filter(({ at }) => at < waited).length; // it sounds at last: from here
      setSilent(false);
      return currentTime - begin;
    }
    if (begin === null && waited > 0) setSilent(true);
    return silent ? waited : null;
  }

  /** @param {boolean} now */
  function setSilent(now) {
    if (silent === now) return;
    silent = now;
    onSilence(now);
  }

  function step() {
    const now = elapsed();
    if (now === null) return;
    while (opened && begin !== null && next < notes.length && notes[next].at < now + AHEAD) {
      sound(opened.context, opened.out, notes[next], begin + notes[next].at);
      next += 1;
    }
    if (now > last + 0.2) {
      stop();
      onEnd();
    } else if (now >= 0) onTime(now);
  }

  void opened?.context.resume();
  return stop;
}
