// A sentence as Python has sent it, read again here: so every number on show comes from the step before it.
import { float32Of } from "../lib/bytes.js";
import { largestOf, readPalette } from "../lib/palette.js";
import { readSentence } from "./cell.js";

/**
 * Arrays one behind the other as base64, with a checksum by which a known packet is not decoded again.
 * @typedef {{ sum: string, data: string }} Packet
 */

/**
 * `unit` and `word` are where the reading begins; a `word` of null leaves that to the player. The packets hold the four
 * arrays of weights; and inputs, verdicts, states and, for an LSTM, cell states.
 * @typedef {{ cell: import("./cell.js").CellName, words: string[], verdictNames: [string, string], inputSize: number,
 *   hiddenSize: number, unit: number, word: number | null, weights: Packet, sentence: Packet, palette: string }} Data
 */

/**
 * `states` and `verdicts` have one row more than there are words: the first is from before the first word. `limits` are
 * the values of the strongest colours; `off` is how far the states are from those that torch has computed.
 * @typedef {{ steps: import("./cell.js").Step[], states: ArrayLike<number>[], verdicts: Float32Array,
 *   palette: import("../lib/palette.js").Palette, limits: { word: number, cell: number }, off: number }} Reading
 */

const BLOCKS = { rnn: 1, gru: 3, lstm: 4 };

/**
 * Cut a packet into pieces of these lengths.
 * @param {Packet} packet
 * @param {number[]} lengths
 */
function piecesOf(packet, lengths) {
  const all = float32Of(packet.data);
  let begin = 0;
  return lengths.map((length) => all.subarray(begin, (begin += length)));
}

/**
 * @param {Float32Array} flat
 * @param {number} width
 */
function rowsOf(flat, width) {
  return Array.from({ length: flat.length / width }, (_, row) => flat.subarray(row * width, (row + 1) * width));
}

/**
 * @param {Pick<Data, "cell" | "inputSize" | "hiddenSize" | "weights">} data
 * @returns {import("./cell.js").Net}
 */
export function receiveNet({ cell, inputSize, hiddenSize, weights }) {
  const rows = BLOCKS[cell] * hiddenSize;
  const [weightIh, weightHh, biasIh, biasHh] = piecesOf(weights, [rows * inputSize, rows * hiddenSize, rows, rows]);
  return { cell, inputSize, hiddenSize, weightIh, weightHh, biasIh, biasHh };
}

/** @param {Pick<Data, "cell" | "inputSize" | "hiddenSize" | "words" | "sentence">} data */
export function receiveSentence({ cell, inputSize, hiddenSize, words, sentence }) {
  const [length, states] = [words.length, (words.length + 1) * hiddenSize];
  const [inputs, verdicts, stateRows, cellRows] =
    piecesOf(sentence, [length * inputSize, length + 1, states, ...(cell === "lstm" ? [states] : [])]);
  return { inputs: rowsOf(inputs, inputSize), verdicts, states: rowsOf(stateRows, hiddenSize),
    cells: cellRows ? rowsOf(cellRows, hiddenSize) : null };
}

/**
 * The largest difference between two lists of rows.
 * @param {ArrayLike<number>[]} rows
 * @param {ArrayLike<number>[]} others
 */
function difference(rows, others) {
  let largest = 0;
  rows.forEach((row, t) => {
    for (let unit = 0; unit < row.length; unit++) largest = Math.max(largest, Math.abs(row[unit] - others[t][unit]));
  });
  return largest;
}

/**
 * @param {import("./cell.js").Net} net
 * @param {Data} data
 * @returns {Reading}
 */
export function read(net, data) {
  const { inputs, verdicts, states: sent, cells } = receiveSentence(data);
  const first = { state: Float64Array.from(sent[0]), cell: cells && Float64Array.from(cells[0]) };
  const steps = readSentence(net, inputs, first);
  const states = [first.state, ...steps.map(({ state }) => state)];
  const cellLimit = Math.max(1, ...[first, ...steps].map(({ cell }) => largestOf(cell ?? [])));
  const wordLimit = Math.max(1e-9, ...inputs.map(largestOf)); // so that a vector of zeros is white
  return { steps, states, verdicts, palette: readPalette(data.palette), limits: { word: wordLimit, cell: cellLimit },
    off: difference(states, sent) };
}
