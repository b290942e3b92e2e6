// What is seen of a network at work: its answer, the picture it reads, a bar for every class, the maps of its
// convolutions. Elements are made once and only refilled. Knows nothing of pens and files.
import { element, write } from "../lib/elements.js";
import { percent } from "../lib/numbers.js";
import { createBars, fillBars } from "./bars.js";
import { greyPainter, mapPainter } from "./pictures.js";
import { SIDE } from "./preparation.js";

/** @typedef {import("./network.js").WalkedLayer} WalkedLayer */
/** @typedef {{ title: string, classes: string[], colour: string }} Looks */

const MOST_MAPS = 2; // convolutions that are shown
const BELONGING = ["BatchNorm2d", "ReLU", "LeakyReLU", "Sigmoid", "Tanh", "GELU"]; // to the convolution before them

/**
 * The first convolutions, each with what belongs to it; the layer is the last of them.
 * @param {WalkedLayer[]} layers
 */
export function stationsOf(layers) {
  /** @type {{ name: string, layer: WalkedLayer }[]} */
  const stations = [];
  layers.forEach((layer, place) => {
    const last = stations.at(-1);
    if (layer.kind === "Conv2d") stations.push({ name: layer.name, layer });
    else if (last && BELONGING.includes(layer.kind) && last.layer === layers[place - 1]) {
      last.layer = layer;
      last.name += ` + ${layer.kind}`;
    }
  });
  return stations.slice(0, MOST_MAPS);
}

/**
 * What a network says: the most probable class and how sure it is; null where its outputs are no numbers.
 * @param {number[]} probabilities
 * @param {string[]} classes
 */
export function answerOf(probabilities, classes) {
  if (!probabilities.every(Number.isFinite)) return null;
  const best = probabilities.indexOf(Math.max(...probabilities));
  return { best, name: classes[best], sure: percent(probabilities[best]) };
}

/**
 * @param {string} title
 * @param {string} kind
 */
function figure(title, kind) {
  const [box, canvas] = [element("figure", kind), element("canvas")];
  canvas.setAttribute("aria-hidden", "true");
  box.append(element("b", "", title), canvas);
  return { box, canvas };
}

/**
 * The pictures of a network of layers: what it reads, and the maps of its convolutions.
 * @param {import("./network.js").Network} network
 * @param {Uint32Array} colours
 */
function createPictures(network, colours) {
  const box = element("div", "pictures");
  const digit = figure("What it reads", "digit");
  const paintDigit = greyPainter(digit.canvas, SIDE);
  box.append(digit.box);
  const maps = stationsOf(network.layers).map(({ name, layer }) => {
    const { channels, height, width } = layer.to;
    const map = figure(`${name}: ${channels} maps of ${height} x ${width}`, "maps");
    box.append(map.box);
    return { layer, paint: mapPainter(map.canvas, layer.to, colours) };
  });
  /** @param {Float32Array} pixels */
  const paint = (pixels) => {
    paintDigit(pixels);
    for (const map of maps) map.paint(map.layer.result);
  };
  return { box, paint };
}

/** The answer in large letters. */
function createAnswer() {
  const [box, name, words] = [element("div", "thinks"), element("div", "answer"), element("div")];
  const [sure, note] = [element("span", "sure"), element("p")];
  words.append(sure, note);
  box.append(name, words);
  return { box, name, sure, note };
}

/**
 * The view of a network in `root`.
 * @param {HTMLElement} root
 * @param {import("./network.js").Network} network
 * @param {Looks} looks
 * @param {Uint32Array} colours of the maps, `words` of a palette
 */
export function createView(root, network, { title, classes, colour }, colours) {
  const [answer, says] = [createAnswer(), element("p", "says")];
  const bars = createBars(classes, colour);
  const pictures = createPictures(network, colours);
  const [section, parts] = [element("section"), element("div", "parts")];
  section.append(says, bars.box);
  parts.append(section, pictures.box);
  root.replaceChildren(answer.box, parts);

  /**
   * Fill the view.
   * @param {Float32Array} pixels
   * @param {number[] | null} probabilities null for an empty sheet
   * @param {boolean} drawing whether the pen is down
   */
  return function show(pixels, probabilities, drawing) {
    const found = probabilities && answerOf(probabilities, classes);
    const name = found ? found.name : "?";
    write(answer.name, name);
    answer.name.classList.toggle("word", name.length > 2);
    write(answer.sure, found ? found.sure : "");
    write(answer.note, `What the ${title} thinks${drawing ? " while you draw" : ""}.`);
    says.replaceChildren(element("b", "", title), found ? ` says ${found.name}, ${found.sure}` : "");
    fillBars(bars, found && probabilities ? probabilities : [], found ? found.best : -1);
    pictures.paint(pixels);
  };
}
