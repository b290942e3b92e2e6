// What lies on the bench: what Python has sent, what is computed from it, and where a person is. Knows no elements.
import { activate, convolve, poolOver, strongestOf } from "./arithmetic.js";

/**
 * @typedef {import("./arithmetic.js").Grid} Grid
 * @typedef {import("./arithmetic.js").Conv} Conv
 * @typedef {import("./arithmetic.js").Pool} Pool
 * @typedef {{ row: number, column: number }} Place
 * @typedef {"conv" | "pool"} Stage of the computation, in which a cell is chosen
 * @typedef {"input" | "output" | "pooled"} SheetName
 */

/**
 * `weights` are taken over when the `token` is another one, and otherwise those that are edited here stay. A problem is
 * a sentence that says why something cannot be computed. The `origin` is that of a kernel in all its sizes.
 * @typedef {{ picture: { height: number, width: number, hundredths: number[] }, name: string, weights: number[][],
 *   token: string, origin: string, conv: Conv, pool: Pool | null, problem: string | null, poolProblem: string | null,
 *   palette: string, maxWeight: number, csv: import("../lib/csv.js").CsvStyle }} Data
 */

/**
 * `sums` and `activated` are the map before and after the activation; `limit` is the largest magnitude of the latter.
 * `at` are the chosen cells, `chosen` whether a person chose them. While `covered`, what comes after the chosen cell is
 * hidden, because it is yet to be computed.
 * @typedef {{ data: Data, picture: Grid, weights: number[], sums: Grid | null, activated: Grid | null,
 *   pooled: Grid | null, limit: number, stage: Stage, at: Record<Stage, Place>, chosen: boolean, playing: boolean,
 *   covered: boolean }} Bench
 */

/** @returns {Bench} */
export function createBench() {
  return {
    data: { picture: { height: 1, width: 1, hundredths: [0] }, name: "", weights: [[0]], token: "", origin: "",
      conv: { kernelSize: 1, stride: 1, pads: [0, 0], dilation: 1, bias: 0, activation: "none" }, pool: null,
      problem: null, poolProblem: null, palette: "", maxWeight: 0, csv: { separator: ",", decimal: "." } },
    picture: { height: 1, width: 1, values: new Float64Array(1) }, weights: [0],
    sums: null, activated: null, pooled: null, limit: 0,
    stage: "conv", at: { conv: { row: 0, column: 0 }, pool: { row: 0, column: 0 } }, chosen: false,
    playing: false, covered: false,
  };
}

/**
 * Compute everything anew, and keep the chosen cells inside their maps.
 * @param {Bench} bench
 */
export function compute(bench) {
  const { data, weights, picture } = bench;
  Object.assign(bench, { sums: null, activated: null, pooled: null, limit: 0 });
  if (!data.problem) {
    const sums = convolve(picture, weights, data.conv);
    const activated = { ...sums, values: sums.values.map((x) => activate(x, data.conv.activation)) };
    Object.assign(bench, { sums, activated });
    if (data.pool && !data.poolProblem) bench.pooled = poolOver(activated, data.pool);
  }
  bench.limit = bench.activated ? bench.activated.values.reduce((most, x) => Math.max(most, Math.abs(x)), 0) : 0;
  for (const stage of /** @type {Stage[]} */ (["conv", "pool"])) {
    const map = mapOf(bench, stage);
    if (map) bench.at[stage] = bench.chosen ? within(map, bench.at[stage]) : strongestOf(map);
  }
  if (!bench.pooled) bench.stage = "conv";
}

/**
 * The map in which a stage computes a cell.
 * @param {Bench} bench
 * @param {Stage} stage
 */
export function mapOf(bench, stage) {
  return stage === "pool" ? bench.pooled : bench.activated;
}

/**
 * @param {Grid} map
 * @param {Place} place
 */
export function within(map, { row, column }) {
  return { row: Math.max(0, Math.min(row, map.height - 1)), column: Math.max(0, Math.min(column, map.width - 1)) };
}

/**
 * The first cells, in reading order, in whose windows lies anything but zeros: those before them are all alike.
 * @param {Bench} bench
 * @returns {Record<Stage, Place>}
 */
export function firstInk({ data: { conv, pool, poolProblem }, picture }) {
  const ink = { ...picture, values: picture.values.map((value) => Number(value !== 0)) };
  const seen = convolve(ink, Array(conv.kernelSize ** 2).fill(1), { ...conv, bias: 0 });
  /** @param {Grid} map */
  const first = ({ values, width }) => {
    const place = Math.max(0, values.findIndex((value) => value > 0));
    return { row: Math.floor(place / width), column: place % width };
  };
  const pooled = pool && !poolProblem ? poolOver(seen, { ...pool, kind: "max" }) : null;
  return { conv: first(seen), pool: pooled ? first(pooled) : { row: 0, column: 0 } };
}

/**
 * A grid that is shown; `pad` cells of padding stand above it and on its left.
 * @typedef {{ name: SheetName, map: Grid, pad: number, rows: number, columns: number }} Sheet
 */

/**
 * The grids that are shown, from the left.
 * @param {Bench} bench
 */
export function sheetsOf({ data, picture, activated, pooled }) {
  const [before, after] = data.problem ? [0, 0] : data.conv.pads;
  /** @type {(name: SheetName, map: Grid, pad: number, around: number) => Sheet} */
  const sheet = (name, map, pad, around) =>
    ({ name, map, pad, rows: map.height + around, columns: map.width + around });
  const sheets = [sheet("input", picture, before, before + after)];
  if (activated) sheets.push(sheet("output", activated, 0, 0));
  if (pooled) sheets.push(sheet("pooled", pooled, 0, 0));
  return sheets;
}

/**
 * The cell so many cells on in reading order, or null where there is none.
 * @param {Bench} bench
 * @param {number} by
 * @returns {Place | null}
 */
export function cellOn(bench, by) {
  const map = mapOf(bench, bench.stage);
  if (!map) return null;
  const { row, column } = bench.at[bench.stage];
  const next = row * map.width + column + by;
  if (next < 0 || next >= map.width * map.height) return null;
  return { row: Math.floor(next / map.width), column: next % map.width };
}

/**
 * What a key does: how many cells on, or which cell of the map; null for another key.
 * @param {Bench} bench
 * @param {string} key
 * @returns {number | Place | null}
 */
export function moveOf(bench, key) {
  const map = mapOf(bench, bench.stage);
  if (!map) return null;
  const { row } = bench.at[bench.stage];
  switch (key) {
    case "ArrowRight": return 1;
    case "ArrowLeft": return -1;
    case "ArrowDown": return row < map.height - 1 ? map.width : 0;
    case "ArrowUp": return row > 0 ? -map.width : 0;
    case "Home": return { row: 0, column: 0 };
    case "End": return { row: map.height - 1, column: map.width - 1 };
    default: return null;
  }
}

/**
 * The output cell whose window has its middle nearest to a cell of the padded input.
 * @param {number} place row or column in the input
 * @param {number} span of the kernel
 * @param {number} stride
 */
export function nearestOutput(place, span, stride) {
  return Math.round((place - (span - 1) / 2) / stride);
}
