// Going from cell to cell: by pointer, by keys, and by itself.
import { spanOf } from "./arithmetic.js";
import { cellOn, firstInk, mapOf, moveOf, nearestOutput, within } from "./bench.js";

/**
 * `speed` is in cells a second; `owed` are the cells for which time has gone by since `last`. `changed` is called when
 * another cell is chosen, and when playing begins or ends.
 * @typedef {{ bench: import("./bench.js").Bench, changed: () => void, request: number, last: number, owed: number,
 *   speed: number }} Playing
 * @typedef {import("./bench.js").Stage} Stage
 * @typedef {import("./bench.js").Place} Place
 */

const LONGEST_FRAME = 0.25; // seconds that count; a hidden tab does not make up for lost time

/**
 * @param {import("./bench.js").Bench} bench
 * @param {() => void} changed
 * @returns {Playing}
 */
export function createPlaying(bench, changed) {
  return { bench, changed, request: 0, last: 0, owed: 0, speed: 32 };
}

/** @param {Playing} playing */
export function stop({ bench, request }) {
  bench.playing = false;
  cancelAnimationFrame(request);
}

/** @param {Playing} playing */
function pause(playing) {
  stop(playing);
  playing.changed();
}

/** @param {Playing} playing */
function start(playing) {
  const { bench } = playing;
  if (!bench.activated) return;
  if (!bench.covered) { // not in the middle of anything: from where there is something to see
    Object.assign(bench, { stage: "conv", covered: true, chosen: true, at: firstInk(bench) });
  }
  bench.playing = true;
  Object.assign(playing, { owed: 0, last: performance.now() });
  playing.changed();
  playing.request = requestAnimationFrame((now) => tick(playing, now));
}

/** @param {Playing} playing */
export function toggle(playing) {
  if (playing.bench.playing) pause(playing);
  else start(playing);
}

/**
 * @param {Playing} playing
 * @param {number} now
 */
function tick(playing, now) {
  const { bench } = playing;
  if (!bench.playing) return;
  playing.owed += Math.min(LONGEST_FRAME, (now - playing.last) / 1000) * playing.speed;
  playing.last = now;
  const due = playing.owed >= 1;
  for (; playing.owed >= 1 && bench.playing; playing.owed -= 1) playOn(bench);
  if (due) playing.changed();
  if (bench.playing) playing.request = requestAnimationFrame((next) => tick(playing, next));
}

/**
 * Compute the next cell. After the output comes the pooling, and after that the end.
 * @param {import("./bench.js").Bench} bench
 */
export function playOn(bench) {
  const next = cellOn(bench, 1);
  if (next) {
    bench.at[bench.stage] = next;
  } else if (bench.stage === "conv" && bench.pooled) {
    bench.stage = "pool";
    bench.at.pool = firstInk(bench).pool;
  } else {
    bench.covered = bench.playing = false;
  }
}

/**
 * Choose a cell, the nearest one of the map; whoever does so ends the playing.
 * @param {Playing} playing
 * @param {Stage} stage
 * @param {Place} place
 */
export function choose(playing, stage, place) {
  const { bench } = playing;
  const map = mapOf(bench, stage);
  if (!map) return;
  const [next, old] = [within(map, place), bench.at[stage]];
  const same = bench.stage === stage && old.row === next.row && old.column === next.column;
  if (same && !bench.covered && !bench.playing) return;
  Object.assign(bench, { stage, covered: false, chosen: true });
  bench.at[stage] = next;
  pause(playing);
}

/**
 * Choose the output cell that a cell of the padded input belongs to.
 * @param {Playing} playing
 * @param {Place} place
 */
export function chooseFromInput(playing, { row, column }) {
  const { conv } = playing.bench.data;
  const span = spanOf(conv);
  const nearest = { row: nearestOutput(row, span, conv.stride), column: nearestOutput(column, span, conv.stride) };
  choose(playing, "conv", nearest);
}

/**
 * Go so many cells on; what is covered stays so.
 * @param {Playing} playing
 * @param {number} by
 */
export function step(playing, by) {
  const { bench } = playing;
  const next = cellOn(bench, by);
  if (next) {
    bench.chosen = true;
    bench.at[bench.stage] = next;
  }
  pause(playing);
}

/**
 * Do what a key asks for; return whether it asks for anything.
 * @param {Playing} playing
 * @param {string} key
 */
export function press(playing, key) {
  const { bench } = playing;
  if (!bench.activated) return false;
  const move = moveOf(bench, key);
  if (key === " ") toggle(playing);
  else if (typeof move === "number") step(playing, move);
  else if (move) choose(playing, bench.stage, move);
  else return false;
  return true;
}
