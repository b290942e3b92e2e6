// What the tracks of strips are: as Python sends them, and as they are painted.
import { bytesOf, int16Of } from "../lib/bytes.js";
import { fixed } from "../lib/numbers.js";

const NOT_A_NUMBER = -32768;

/**
 * A grid of numbers, a row for every unit and a column for every word. `places` are indices in its palette, `numbers`
 * the values as whole multiples of 10 ** -decimals, both row by row; `path` is a row for every word, or empty.
 * @typedef {{ kind: "heat", title: string, name: string, rows: number, rowName: string, path: number[],
 *   palette: "signed" | "unit", limit: number, decimals: number, places: string, numbers: string }} SentHeat
 * @typedef {Omit<SentHeat, "places" | "numbers"> & { columns: number, places: Uint8Array, numbers: Int16Array }} Heat
 */

/**
 * A bar for every word; null where there is no number.
 * @typedef {{ kind: "bars", title: string, values: (number | null)[], limit: number, unit: string, signed: boolean }}
 *   Bars
 */

/**
 * A share after every word, on an axis from `low` to `high`.
 * @typedef {{ kind: "line", title: string, values: (number | null)[], low: string, high: string }} Line
 */

/**
 * @typedef {SentHeat | Bars | Line} SentTrack
 * @typedef {Heat | Bars | Line} Track
 */

/**
 * @param {SentTrack} sent
 * @param {number} columns
 * @returns {Track}
 */
export function readTrack(sent, columns) {
  if (sent.kind !== "heat") return sent;
  return { ...sent, columns, places: bytesOf(sent.places), numbers: int16Of(sent.numbers) };
}

/**
 * What a track says of a word, and of a row where it has rows.
 * @param {Track} track
 * @param {number | null} row
 * @param {number} word
 */
export function valueText(track, row, word) {
  if (track.kind === "heat") {
    const whole = track.numbers[(row ?? 0) * track.columns + word];
    const value = whole === NOT_A_NUMBER ? null : whole / 10 ** track.decimals;
    return `${track.rowName} ${row}: ${fixed(value, track.decimals)}`;
  }
  const text = fixed(track.values[word], 3);
  if (track.kind === "line") return `${track.high} ${text}`;
  return track.unit ? `${text} ${track.unit}` : text;
}
