// The arithmetic of one step: torch.nn.RNN (tanh), GRU and LSTM, with everything that happens on the way. Knows nothing
// of the page. A net is {cell, inputSize, hiddenSize, weightIh, weightHh, biasIh, biasHh}, laid out as PyTorch does:
// blocks of rows, i f g o for an LSTM and r z n for a GRU.

function sigmoid(x) {
  return 1 / (1 + Math.exp(-x));
}

/**
 * One block of rows for all units: what the word adds (`word`), what the state adds (`memory`), both biases, the sum
 * and the squashed sum (`value`). `factor`, where there is one, multiplies what comes from the state, bias included.
 */
function gateOf(net, block, x, state, squash, factor = null) {
  const { inputSize, hiddenSize } = net;
  const [word, biasWord, memory, biasMemory, sum, value] = Array.from({ length: 6 }, () => new Float64Array(hiddenSize));
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

/** h = tanh(W x + b + W h + b). `before` is {state}. */
function stepRnn(net, x, before) {
  const h = gateOf(net, 0, x, before.state, Math.tanh);
  return { x, before, gates: { h }, state: h.value, cell: null };
}

/** PyTorch's GRU: the reset gate multiplies W h + b, after the product and not before it. */
function stepGru(net, x, before) {
  const r = gateOf(net, 0, x, before.state, sigmoid);
  const z = gateOf(net, 1, x, before.state, sigmoid);
  const n = gateOf(net, 2, x, before.state, Math.tanh, r.value);
  const state = z.value.map((keep, unit) => (1 - keep) * n.value[unit] + keep * before.state[unit]);
  return { x, before, gates: { r, z, n }, state, cell: null };
}

/** An LSTM. `before` is {state, cell}. */
function stepLstm(net, x, before) {
  const i = gateOf(net, 0, x, before.state, sigmoid);
  const f = gateOf(net, 1, x, before.state, sigmoid);
  const g = gateOf(net, 2, x, before.state, Math.tanh);
  const o = gateOf(net, 3, x, before.state, sigmoid);
  const cell = f.value.map((keep, unit) => keep * before.cell[unit] + i.value[unit] * g.value[unit]);
  const state = o.value.map((open, unit) => open * Math.tanh(cell[unit]));
  return { x, before, gates: { f, i, g, o }, state, cell };
}

/** What adds up to a gate of one unit: {from, index, weight, value, factor, product}; a bias has no index and value. */
function termsOf(net, step, name, unit) {
  const { inputSize, hiddenSize } = net;
  const gate = step.gates[name];
  const row = gate.block * hiddenSize + unit;
  const factor = gate.factor ? gate.factor[unit] : null;
  const times = factor ?? 1;
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

/** Read a sentence: one step for every row of `inputs`, from `first` = {state, cell}. */
function readSentence(net, inputs, first) {
  const steps = [];
  let before = first;
  for (const x of inputs) {
    const step = STEPS[net.cell](net, x, before);
    steps.push(step);
    before = { state: step.state, cell: step.cell };
  }
  return steps;
}
