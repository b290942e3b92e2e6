import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { readSafetensors } from "../../core/ui/components/lib/safetensors.js";
import { barOf } from "../../core/ui/components/live/bars.js";
import { fetchNetwork } from "../../core/ui/components/live/fetching.js";
import { LAYERS, softmax } from "../../core/ui/components/live/layers.js";
import { readNetwork, walk } from "../../core/ui/components/live/network.js";
import { columnsFor, greyPainter, mapPainter } from "../../core/ui/components/live/pictures.js";
import { meanDifference, prepare, SIDE } from "../../core/ui/components/live/preparation.js";
import { answerOf, stationsOf } from "../../core/ui/components/live/view.js";

const size = (channels, height = 1, width = 1) => ({ channels, height, width });
const near = (found, expected, tolerance = 1e-6) => {
  assert.equal(found.length, expected.length);
  found.forEach((value, i) => assert.ok(Math.abs(value - expected[i]) <= tolerance, `${i}: ${value}, ${expected[i]}`));
};

function run(kind, layer, input) {
  const output = new Float32Array(layer.to.channels * layer.to.height * layer.to.width).fill(99); // of the walk before
  LAYERS[kind]({ kind, ...layer }, Float32Array.from(input), output);
  return [...output];
}

const SIXTEEN = Array.from({ length: 16 }, (_, i) => i + 1); // a map of 4 x 4
const WINDOW = { kernel: [2, 2], stride: [2, 2], padding: [0, 0], dilation: [1, 1] };
const numbers = (weight, bias) => ({ weight: Float32Array.from(weight), bias: Float32Array.from(bias) });

test("a convolution, worked out by hand", () => {
  const layer = { ...WINDOW, stride: [1, 1], from: size(1, 4, 4), to: size(1, 3, 3),
    numbers: numbers([1, 0, 0, -1], [1]) };
  assert.deepEqual(run("Conv2d", layer, SIXTEEN), Array(9).fill(-4)); // upper left minus lower right, plus one
  const padded = { ...layer, padding: [1, 1], stride: [3, 3], to: size(1, 2, 2) };
  assert.deepEqual(run("Conv2d", padded, SIXTEEN), [0, 1 - 4, 1 - 13, 11 - 16 + 1]);
  const dilated = { ...layer, dilation: [2, 3], to: size(1, 2, 1) };
  assert.deepEqual(run("Conv2d", dilated, SIXTEEN), [1 - 12 + 1, 5 - 16 + 1]);
});

test("the channels of a convolution lie last", () => {
  const weight = [1, 10, 2, 20, 3, 30]; // three channels in, two out
  const layer = { ...WINDOW, kernel: [1, 1], stride: [1, 1], from: size(3, 1, 2), to: size(2, 1, 2),
    numbers: numbers(weight, [0.5, 0]) };
  assert.deepEqual(run("Conv2d", layer, [1, 0, 1, 0, 2, 0]), [4.5, 40, 4.5, 40]);
});

test("a linear layer", () => {
  const layer = { from: size(2), to: size(3), numbers: numbers([1, 2, 3, 4, 5, 6], [0, 0, 1]) };
  assert.deepEqual(run("Linear", layer, [1, -1]), [-3, -3, -2]);
});

test("poolings: what lies outside is never the largest, and zero in the mean", () => {
  const layer = { ...WINDOW, from: size(1, 4, 4), to: size(1, 2, 2) };
  assert.deepEqual(run("MaxPool2d", layer, SIXTEEN), [6, 8, 14, 16]);
  assert.deepEqual(run("AvgPool2d", layer, SIXTEEN), [3.5, 5.5, 11.5, 13.5]);
  const padded = { ...layer, padding: [1, 1], to: size(1, 3, 3) };
  const below = SIXTEEN.map((value) => -value);
  assert.deepEqual(run("MaxPool2d", padded, below), [-1, -2, -4, -5, -6, -8, -13, -14, -16]);
  assert.equal(run("AvgPool2d", padded, below)[0], -0.25);
});

test("flattening lays one whole map after the other", () => {
  assert.deepEqual(run("Flatten", { from: size(2, 2, 1), to: size(4) }, [1, 10, 2, 20]), [1, 2, 10, 20]);
});

test("zero padding, and cutting off", () => {
  const layer = { from: size(1, 2, 2), to: size(1, 2, 2), padding: [1, -1, 1, -1] };
  assert.deepEqual(run("ZeroPad2d", layer, [1, 2, 3, 4]), [0, 0, 0, 1]);
});

test("a batch norm is a factor and an offset for each channel", () => {
  const layer = { from: size(2, 1, 2), to: size(2, 1, 2),
    numbers: { factor: Float32Array.of(2, 3), offset: Float32Array.of(1, 0) } };
  assert.deepEqual(run("BatchNorm2d", layer, [1, 1, 2, 2]), [3, 3, 5, 6]);
});

test("activations", () => { // those of GELU are PyTorch's, rounded
  const of = (kind, settings = {}) =>
    run(kind, { from: size(5), to: size(5), ...settings }, [-3, -0.5, 0, 1, 4]);
  assert.deepEqual(of("ReLU"), [0, 0, 0, 1, 4]);
  near(of("LeakyReLU", { slope: 0.2 }), [-0.6, -0.1, 0, 1, 4]);
  near(of("Sigmoid"), [0.0474259, 0.3775407, 0.5, 0.7310586, 0.9820138]);
  near(of("Tanh"), [-0.9950548, -0.4621172, 0, 0.7615942, 0.9993293]);
  near(of("GELU", { approximate: "none" }), [-0.0040497, -0.1542688, 0, 0.8413448, 3.9998734]);
  near(of("GELU", { approximate: "tanh" }), [-0.0036374, -0.1542860, 0, 0.8411920, 3.9999297]);
  near(of("Scale", { factor: 2, offset: -1 }), [-7, -2, -1, 1, 7]);
  const [kept] = run("ReLU", { from: size(1), to: size(1) }, [NaN]);
  assert.ok(Number.isNaN(kept), "not a number stays so, as in PyTorch");
});

test("softmax is the same for logits that are all larger", () => {
  near(softmax(Float32Array.of(0, Math.log(3))), [0.25, 0.75]);
  near(softmax(Float32Array.of(1000, 1000)), [0.5, 0.5]);
});

function safetensors(tensors, metadata, dtype = "F32") {
  const header = { __metadata__: metadata };
  let end = 0;
  for (const [name, values] of Object.entries(tensors)) {
    header[name] = { dtype, shape: [values.length], data_offsets: [end, (end += 4 * values.length)] };
  }
  const text = JSON.stringify(header);
  const bytes = new TextEncoder().encode(text.padEnd(Math.ceil(text.length / 8) * 8)); // numbers begin at a multiple
  const file = new ArrayBuffer(8 + bytes.length + end);
  new DataView(file).setBigUint64(0, BigInt(bytes.length), true);
  new Uint8Array(file).set(bytes, 8);
  new Float32Array(file, 8 + bytes.length).set(Object.values(tensors).flat());
  return file;
}

const LAYERS_WRITTEN = [
  { name: "flatten", kind: "Flatten", input: [1, 28, 28], output: [784] },
  { name: "linear", kind: "Linear", input: [784], output: [2] },
];

test("a file is read and walked", () => {
  const weight = Array.from({ length: 784 * 2 }, (_, i) => (i % 2 ? 0 : 1 / 784)); // the first output is the mean
  const file = safetensors({ "1.weight": weight, "1.bias": [0, 0.5] }, { layers: JSON.stringify(LAYERS_WRITTEN) });
  const network = readNetwork(file);
  near(walk(network, new Float32Array(784).fill(0.5)), [0.5, 0.5], 1e-5);
  near([...network.layers[1].result], [0.5, 0.5], 1e-5);
  near(walk(network, new Float32Array(784)), [1 / (1 + Math.exp(0.5)), 1 / (1 + Math.exp(-0.5))]);
  assert.deepEqual(readSafetensors(safetensors({ a: [1, 2] }, undefined)).metadata, {});
});

test("what is not known is refused: nothing is guessed", () => {
  const written = JSON.stringify([{ name: "x", kind: "Softplus", input: [1, 28, 28], output: [784] }]);
  assert.throws(() => readNetwork(safetensors({}, { layers: written })), /no layer Softplus/);
  assert.throws(() => readSafetensors(safetensors({ a: [1] }, {}, "F64")), /a is F64/);
});

/** White ink of full strength on a transparent sheet, or as strong as `alpha` says. */
function sheet(inked, { side = 280, alpha = 255 } = {}) {
  const data = new Uint8ClampedArray(4 * side * side);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      if (inked(row, column)) data.set([255, 255, 255, alpha], 4 * (row * side + column));
    }
  }
  return { data, width: side, height: side };
}
const box = (top, left, height, width) => (row, column) =>
  row >= top && row < top + height && column >= left && column < left + width;
const rowsWithInk = (pixels) => Array.from({ length: SIDE }, (_, row) => row)
  .filter((row) => pixels.subarray(row * SIDE, (row + 1) * SIDE).some(Boolean));
const columnsWithInk = (pixels) => Array.from({ length: SIDE }, (_, column) => column)
  .filter((column) => pixels.some((value, i) => i % SIDE === column && value));

test("an empty sheet and a breath of ink are nothing", () => {
  assert.equal(prepare(sheet(() => false)), null);
  assert.equal(prepare(sheet(box(100, 100, 10, 10), { alpha: 9 })), null);
});

test("wherever and however large a shape is drawn, it fills the 20 pixels in the middle", () => {
  for (const drawn of [box(0, 0, 100, 50), box(150, 200, 40, 20), box(20, 20, 240, 120)]) {
    const pixels = prepare(sheet(drawn));
    assert.equal(pixels.length, SIDE * SIDE);
    assert.deepEqual(rowsWithInk(pixels), Array.from({ length: 20 }, (_, i) => i + 4));
    assert.deepEqual(columnsWithInk(pixels), Array.from({ length: 10 }, (_, i) => i + 10)); // as Python rounds 9.5
    assert.equal(Math.max(...pixels), 1);
  }
});

test("its centre of mass is in the middle", () => {
  const shape = (row, column) => box(40, 40, 200, 40)(row, column) || box(200, 40, 40, 100)(row, column); // an L
  const pixels = prepare(sheet(shape));
  let [mass, rows, columns] = [0, 0, 0];
  pixels.forEach((value, i) => {
    mass += value;
    rows += value * Math.floor(i / SIDE);
    columns += value * (i % SIDE);
  });
  assert.ok(Math.abs(rows / mass - SIDE / 2) <= 0.5);
  assert.ok(Math.abs(columns / mass - SIDE / 2) <= 0.5);
});

test("specks far from the digit are dropped, a dot that belongs to it stays", () => {
  const digit = box(60, 100, 160, 30);
  const alone = prepare(sheet(digit));
  const speck = box(10, 10, 4, 4);
  assert.equal(meanDifference(prepare(sheet((r, c) => digit(r, c) || speck(r, c))), alone), 0);
  const dot = box(30, 100, 20, 30);
  assert.ok(meanDifference(prepare(sheet((r, c) => digit(r, c) || dot(r, c))), alone) > 0.01);
});

test("faint ink is as good as strong ink", () => {
  const shape = box(60, 100, 160, 30);
  assert.ok(meanDifference(prepare(sheet(shape, { alpha: 60 })), prepare(sheet(shape))) < 1e-6);
});

test("a bar carries its number inside when it is long, and is never certain", () => {
  assert.deepEqual(barOf(0.25), { width: "25.00%", text: "25.00", inside: false, left: "25.00%", right: "auto" });
  assert.deepEqual(barOf(0.75), { width: "75.00%", text: "75.00", inside: true, left: "auto", right: "25.00%" });
  assert.deepEqual([barOf(1).width, barOf(1).text], ["99.99%", ">\u00a099.99"]);
  assert.equal(barOf(0.004).text, "");
});

test("the answer is the most probable class, or none where the outputs are no numbers", () => {
  const answer = answerOf([0.1, 0.7, 0.2], ["T-shirt", "bag", "boot"]);
  assert.deepEqual(answer, { best: 1, name: "bag", sure: "70.0\u00a0%" });
  assert.equal(answerOf([NaN, 0.5], ["0", "1"]), null);
});

test("a convolution is shown after its norm and its activation", () => {
  const layers = ["Scale", "Conv2d", "BatchNorm2d", "ReLU", "MaxPool2d", "ReLU", "Conv2d", "Conv2d"]
    .map((kind, i) => ({ kind, name: `${kind} ${i}` }));
  const stations = stationsOf(layers);
  assert.deepEqual(stations.map(({ name }) => name), ["Conv2d 1 + BatchNorm2d + ReLU", "Conv2d 6"]);
  assert.equal(stations[0].layer, layers[3]);
});

test("maps stand in rows that divide their number", () => {
  assert.deepEqual([1, 2, 5, 8, 12, 32].map(columnsFor), [1, 2, 5, 4, 4, 8]);
});

/** What stands in for a canvas: it keeps the picture that was put on it. */
function fakeCanvas() {
  const canvas = { width: 0, height: 0, picture: null };
  canvas.getContext = () => ({
    createImageData: (width, height) => ({ width, height, data: new Uint8ClampedArray(4 * width * height) }),
    putImageData: (image) => { canvas.picture = image; },
  });
  return canvas;
}

test("maps are painted with the largest magnitude as the strongest colour", () => {
  const canvas = fakeCanvas();
  const paint = mapPainter(canvas, size(2, 1, 2), Uint32Array.from({ length: 256 }, (_, i) => i));
  paint(Float32Array.of(2, 0, -1, -2)); // channels last: [2, -1] and [0, -2]
  assert.deepEqual([canvas.width, canvas.height], [5, 1]);
  assert.deepEqual([...new Uint32Array(canvas.picture.data.buffer)], [254, 64, 255, 127, 0]);
  paint(new Float32Array(4));
  assert.deepEqual([...new Uint32Array(canvas.picture.data.buffer)], [127, 127, 255, 127, 127]);
});

test("a digit is painted in grey", () => {
  const canvas = fakeCanvas();
  greyPainter(canvas, 2)(Float32Array.of(0, 1, 0.5, 0));
  assert.deepEqual([...canvas.picture.data].slice(0, 12), [0, 0, 0, 255, 255, 255, 255, 255, 128, 128, 128, 255]);
});

let asked = [];
let failing = false;
beforeEach(() => {
  asked = [];
  failing = false;
  globalThis.document = { baseURI: "http://localhost/class/" };
  globalThis.fetch = async (address) => {
    asked.push(String(address));
    return { ok: !failing, status: 404, arrayBuffer: async () => new ArrayBuffer(asked.length) };
  };
});

test("a network is fetched once, and again when it could not be had", async () => {
  failing = true;
  await assert.rejects(fetchNetwork("published/one"), /published\/one: 404/);
  failing = false;
  assert.equal((await fetchNetwork("published/one")).byteLength, 2);
  assert.equal((await fetchNetwork("published/one")).byteLength, 2);
  assert.deepEqual(asked, Array(2).fill("http://localhost/class/published/one"));
});

test("a few networks are kept in the tab", async () => {
  for (const name of ["a", "b", "c", "d", "e", "e", "b", "a"]) await fetchNetwork(name);
  assert.deepEqual(asked.map((address) => address.at(-1)), ["a", "b", "c", "d", "e", "a"]);
});
