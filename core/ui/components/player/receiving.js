// What Python has sent, as arrays. Knows the order in which they lie one behind the other, and nothing of the page.

function bytesOf(text) {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

/** Cut a packet of float32 into pieces of these lengths. */
function piecesOf(packet, lengths) {
  const bytes = bytesOf(packet.data);
  const view = new DataView(bytes.buffer);
  const all = Float32Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(4 * i, true));
  let begin = 0;
  return lengths.map((length) => all.subarray(begin, (begin += length)));
}

function rowsOf(flat, width) {
  return Array.from({ length: flat.length / width }, (_, row) => flat.subarray(row * width, (row + 1) * width));
}

const BLOCKS = { rnn: 1, gru: 3, lstm: 4 };

function receiveNet({ cell, inputSize, hiddenSize, weights }) {
  const rows = BLOCKS[cell] * hiddenSize;
  const [weightIh, weightHh, biasIh, biasHh] =
    piecesOf(weights, [rows * inputSize, rows * hiddenSize, rows, rows]);
  return { cell, inputSize, hiddenSize, weightIh, weightHh, biasIh, biasHh };
}

/** {inputs, verdicts, states, cells}: one row a word, and one more where the row before the first word belongs to it. */
function receiveSentence({ cell, inputSize, hiddenSize, words, sentence }) {
  const [length, states] = [words.length, (words.length + 1) * hiddenSize];
  const [inputs, verdicts, ...kept] =
    piecesOf(sentence, [length * inputSize, length + 1, states, ...(cell === "lstm" ? [states] : [])]);
  const [stateRows, cellRows] = kept.map((flat) => rowsOf(flat, hiddenSize));
  return { inputs: rowsOf(inputs, inputSize), verdicts, states: stateRows, cells: cellRows ?? null };
}
