// The arithmetic of one step: torch.nn.RNN (tanh), GRU and LSTM, with everything that happens on the way. Knows nothing
// of the page.

/**
 * A recurrent layer as PyTorch lays it out: blocks of `hiddenSize` rows, i f g o for an LSTM and r z n for a GRU.
 * @typedef {"rnn" | "gru" | "lstm"} CellName
 * @typedef {{ cell: CellName, inputSize: number, hiddenSize: number, weightIh: ArrayLike<number>,
 *   weightHh: ArrayLike<number>, biasIh: ArrayLike<number>, biasHh: ArrayLike<number> }} Net
 */

/**
 * One gate of all units: what the word adds (`word`), what the state adds (`memory`), both biases, the sum, and the
 * sum after its function (`value`). `factor`, where there is one, multiplies what comes from the state, bias included.
 * @typedef {{ block: number, word: Float64Array, biasWord: Float64Array, memory: Float64Array,
 *   biasMemory: Float64Array, factor: Float64Array | null, sum: Float64Array, value: Float64Array }} Gate
 */

/**
 * `cell` is the cell state of an LSTM.
 * @typedef {{ state: ArrayLike<number>, cell: ArrayLike<number> | null }} Memory
 * @typedef {{ x: ArrayLike<number>, before: Memory, gates: Record<string, Gate>, state: Float64Array,
 *   cell: Float64Array | null }} Step
 */

/** @param {number} x */
export function sigmoid(x) {
  return 1 / (1 + Math.exp(-x));
}

/**
 * @param {Net} net
 * @param {number} block
 * @param {ArrayLike<number>} x
 * @param {ArrayLike<number>} state
 * @param {(x: number) => number} squash
 * @param {Float64Array | null} factor
 * @returns {Gate}
 */
function gateOf(net, block, x, state, squash, factor = null) {
  const { inputSize, hiddenSize } = net;
  const [word, biasWord, memory, biasMemory, sum, value] =
    Array.from({ length: 6 }, () => new Float64Array(hiddenSize));
  for (let unit = 0; unit < hiddenSize; unit++) {
    const row = block * hiddenSize + unit;
    for (let i = 0; i < inputSize; i++) word[unit] += net.weightIh[row * inputSize + i] * x[i];
    for (let i = 0; i < hiddenSize; i++) memory[unit] += net.weightHh[row * hiddenSize + i] * state[i];
    biasWord[unit] = net.biasIh[row];
    biasMemory[unit] = net.biasHh[row];
    const remembered = (factor ? factor[unit] : 1) * (memory[unit] + biasMemory[unit]);
    sum[unit] = word[unit] + biasWord[unit] + remembered;
    value[unit] = squash(sum[unit]);
  }
  return { block, word, biasWord, memory, biasMemory, factor, sum, value };
}

/**
 * h = tanh(W x + b + W h + b).
 * @param {Net} net
 * @param {ArrayLike<number>} x
 * @param {Memory} before
 * @returns {Step}
 */
function stepRnn(net, x, before) {
  const h = gateOf(net, 0, x, before.state, Math.tanh);
  return { x, before, gates: { h }, state: h.value, cell: null };
}

/**
 * PyTorch's GRU: the reset gate multiplies W h + b, after the product and not before it.
 * @param {Net} net
 * @param {ArrayLike<number>} x
 * @param {Memory} before
 * @returns {Step}
 */
function stepGru(net, x, before) {
  const r = gateOf(net, 0, x, before.state, sigmoid);
  const z = gateOf(net, 1, x, before.state, sigmoid);
  const n = gateOf(net, 2, x, before.state, Math.tanh, r.value);
  const state = z.value.map((keep, unit) => (1 - keep) * n.value[unit] + keep * before.state[unit]);
  return { x, before, gates: { r, z, n }, state, cell: null };
}

/**
 * @param {Net} net
 * @param {ArrayLike<number>} x
 * @param {Memory} before with a cell state
 * @returns {Step}
 */
function stepLstm(net, x, before) {
  const old = /** @type {ArrayLike<number>} */ (before.cell);
  const i = gateOf(net, 0, x, before.state, sigmoid);
  const f = gateOf(net, 1, x, before.state, sigmoid);
  const g = gateOf(net, 2, x, before.state, Math.tanh);
  const o = gateOf(net, 3, x, before.state, sigmoid);
  const cell = f.value.map((keep, unit) => keep * old[unit] + i.value[unit] * g.value[unit]);
  const state = o.value.map((open, unit) => open * Math.tanh(cell[unit]));
  return { x, before, gates: { f, i, g, o }, state, cell };
}

/**
 * What adds up to a gate of one unit. A bias has no index and no value; `factor` multiplies the product.
 * @typedef {{ from: "word" | "memory" | "biasWord" | "biasMemory", index: number | null, weight: number,
 *   value: number | null, factor: number | null, product: number }} Term
 */

/**
 * @param {Net} net
 * @param {Step} step
 * @param {string} name of the gate
 * @param {number} unit
 * @returns {Term[]}
 */
export function termsOf(net, step, name, unit) {
  const { inputSize, hiddenSize } = net;
  const gate = step.gates[name];
  const row = gate.block * hiddenSize + unit;
  const factor = gate.factor ? gate.factor[unit] : null;
  const times = factor ?? 1;
  /** @type {Term[]} */
  const terms = [];
  for (let index = 0; index < inputSize; index++) {
    const [weight, value] = [net.weightIh[row * inputSize + index], step.x[index]];
    terms.push({ from: "word", index, weight, value, factor: null, product: weight * value });
  }
  for (let index = 0; index < hiddenSize; index++) {
    const [weight, value] = [net.weightHh[row * hiddenSize + index], step.before.state[index]];
    terms.push({ from: "memory", index, weight, value, factor, product: times * weight * value });
  }
  const [biasWord, biasMemory] = [gate.biasWord[unit], gate.biasMemory[unit]];
  terms.push({ from: "biasWord", index: null, weight: biasWord, value: null, factor: null, product: biasWord });
  terms.push({ from: "biasMemory", index: null, weight: biasMemory, value: null, factor, product: times * biasMemory });
  return terms;
}

const STEPS = { rnn: stepRnn, gru: stepGru, lstm: stepLstm };

/**
 * Read a sentence: one step for every row of `inputs`. What goes out of a step goes into the next.
 * @param {Net} net
 * @param {ArrayLike<number>[]} inputs
 * @param {Memory} first before the first word
 */
export function readSentence(net, inputs, first) {
  /** @type {Step[]} */
  const steps = [];
  let before = first;
  for (const x of inputs) {
    const step = STEPS[net.cell](net, x, before);
    steps.push(step);
    before = { state: step.state, cell: step.cell };
  }
  return steps;
}
