// What is seen of a network at work: its answer, the picture it reads, a bar for every class, the maps of its
// convolutions. Elements are made once and only refilled. Knows nothing of pens and files.
import { greyPainter, mapPainter } from "./pictures.js";
import { SIDE } from "./preparation.js";

const INSIDE = 60; // percent; a longer bar carries its number inside
const MOST_MAPS = 2; // convolutions that are shown
const BELONGING = ["BatchNorm2d", "ReLU", "LeakyReLU", "Sigmoid", "Tanh", "GELU"]; // to the convolution before them

function element(tag, className = "", text = "") {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

/** A share in 0-1 as text, never rounded up to a certainty. */
function percent(share) {
  return share >= 0.9995 ? "> 99.9 %" : `${(share * 100).toFixed(1)} %`;
}

function createBars(classes, colour) {
  const box = element("div", "bars");
  box.setAttribute("role", "img");
  const rows = classes.map((name) => {
    const [label, lane] = [element("div", "name", name), element("div", "lane")];
    const [bar, value] = [element("div", "bar"), element("div", "value")];
    bar.style.background = colour;
    lane.append(bar, value);
    box.append(label, lane);
    return { label, lane, bar, value };
  });
  const ticks = element("div", "ticks");
  for (const tick of [0, 25, 50, 75, 100]) {
    const mark = element("span", "", `${tick}${tick === 100 ? " %" : ""}`);
    mark.style.left = `${tick}%`;
    ticks.append(mark);
  }
  box.append(element("div"), ticks);
  return { box, rows };
}

function fillBars({ box, rows }, probabilities, best, classes) {
  rows.forEach(({ label, lane, bar, value }, index) => {
    const share = Math.min(probabilities[index] ?? 0, 0.9999) * 100;
    const [width, inside] = [`${share.toFixed(2)}%`, share > INSIDE];
    label.classList.toggle("best", index === best);
    lane.classList.toggle("best", index === best);
    bar.style.width = width;
    value.textContent = share >= 0.5 ? share.toFixed(2) : "";
    value.style.right = inside ? `${(100 - share).toFixed(2)}%` : "auto";
    value.style.left = inside ? "auto" : width;
    value.style.color = inside ? "#fff" : "";
  });
  const said = best < 0 ? "none" : `${classes[best]} with ${percent(probabilities[best])}`;
  box.setAttribute("aria-label", `Probabilities: ${said}`);
}

/** The first convolutions, each with what belongs to it: {name, layer}, the layer the last of them. */
function stationsOf(layers) {
  const stations = [];
  layers.forEach((layer, place) => {
    if (layer.kind === "Conv2d") stations.push({ name: layer.name, layer });
    else if (BELONGING.includes(layer.kind) && stations.at(-1)?.layer === layers[place - 1]) {
      stations.at(-1).layer = layer;
      stations.at(-1).name += ` + ${layer.kind}`;
    }
  });
  return stations.slice(0, MOST_MAPS);
}

function figure(title, kind) {
  const [box, canvas] = [element("figure", kind), element("canvas")];
  canvas.setAttribute("aria-hidden", "true");
  box.append(element("b", "", title), canvas);
  return { box, canvas };
}

/** The view of a network in `root`; `show(pixels, probabilities)` fills it, with null for an empty sheet. */
export function createView(root, network, { title, classes, colour, palette }) {
  const thinks = element("div", "thinks");
  const [answer, words] = [element("div", "answer"), element("div")];
  const [sure, note] = [element("span", "sure"), element("p")];
  words.append(sure, note);
  thinks.append(answer, words);

  const parts = element("div", "parts");
  const section = element("section");
  const says = element("p", "says");
  const bars = createBars(classes, colour);
  section.append(says, bars.box);
  const digit = figure("What it reads", "digit");
  const paintDigit = greyPainter(digit.canvas, SIDE);
  const pictures = element("div", "pictures");
  pictures.append(digit.box);
  const maps = stationsOf(network.layers).map(({ name, layer }) => {
    const { channels, height, width } = layer.to;
    const { box, canvas } = figure(`${name}: ${channels} maps of ${height} x ${width}`, "maps");
    pictures.append(box);
    return { layer, paint: mapPainter(canvas, layer.to, palette) };
  });
  parts.append(section, pictures);
  root.replaceChildren(thinks, parts);

  return function show(pixels, probabilities, drawing) {
    const known = probabilities?.every(Number.isFinite);
    const best = known ? probabilities.indexOf(Math.max(...probabilities)) : -1;
    answer.textContent = known ? classes[best] : "?";
    answer.classList.toggle("word", answer.textContent.length > 2);
    sure.textContent = known ? percent(probabilities[best]) : "";
    note.textContent = drawing ? `What the ${title} thinks while you draw.` : `What the ${title} thinks.`;
    const said = known ? ` says ${classes[best]}, ${percent(probabilities[best])}` : "";
    says.replaceChildren(element("b", "", title), said);
    fillBars(bars, known ? probabilities : [], best, classes);
    paintDigit(pixels);
    for (const { layer, paint } of maps) paint(layer.result);
  };
}
