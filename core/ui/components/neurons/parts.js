// What the playground is made of, and where everything stands. Knows no training.

import { button, element, once } from "../lib/elements.js";
import { Bar, SettingsRow } from "./bar.js";
import { CodePanel } from "./code_panel.js";
import { Curves } from "./curves.js";
import { DataPanel, Pen, TablePanel } from "./data_panel.js";
import { Diagram } from "./diagram.js";
import { PointCard, UnitCard, UnitLine } from "./inspector.js";
import { Painter } from "./pictures.js";
import { Plane } from "./plane.js";

/**
 * What the parts call.
 * @typedef {object} Hands
 * @property {import("./plane.js").Hands} plane
 * @property {import("./diagram.js").Hands} diagram
 * @property {(mode: number | "look" | "erase") => void} pen
 * @property {() => void} undo
 * @property {() => void} clear
 * @property {(points: import("./datasets.js").Points) => void} bring a table
 * @property {() => void} unpin
 * @property {() => void} unchoose
 * @property {() => void} save
 * @property {() => void} train
 */
/** @typedef {ReturnType<typeof makeParts>} Parts */

/**
 * @param {import("./model.js").Model} model @param {import("./neurons.js").Data} data
 * @param {import("./pictures.js").Colours} colours @param {Hands} hands
 */
export function makeParts(model, data, colours, hands) {
  const titles = Object.fromEntries(Object.entries(data.tables).map(([name, { title }]) => [name, title]));
  const status = (/** @type {string} */ className, /** @type {string} */ role) => {
    const made = element("p", className);
    made.setAttribute("role", role);
    return made;
  };
  return {
    bar: new Bar(model),
    settings: new SettingsRow(model),
    data: new DataPanel(model, titles),
    pen: new Pen(hands.pen, hands),
    plane: new Plane(hands.plane, data.palette),
    diagram: new Diagram(hands.diagram, new Painter(colours)),
    curves: new Curves(),
    line: new UnitLine(),
    unitCard: new UnitCard((param, value) => model.setWeight(param, value), hands.unpin),
    pointCard: new PointCard(hands.unchoose),
    table: new TablePanel(hands.bring),
    code: new CodePanel(model),
    train: button("Train it as a run", {
      title: "The same points and network with PyTorch on the server: an ordinary run, with curves and checkpoints",
      onclick: once(hands.train),
    }),
    save: button("Save the points", { title: "All points as a CSV file", onclick: hands.save }),
    legend: element("div", "legend"),
    standing: element("p", "standing"),
    live: status("unseen", "status"),
    said: status("said", "alert"),
  };
}

/** @param {string} className @param {Element[]} children */
function boxOf(className, children) {
  const made = element("div", className);
  made.append(...children);
  return made;
}

/**
 * The pen lies beside the data sets, and where that is narrow above the plane.
 * @param {Parts} parts
 * @param {boolean} narrow
 */
export function placePen({ pen, plane, data }, narrow) {
  if (narrow) plane.box.before(pen.box);
  else data.thumbs.after(pen.box);
}

/** @param {HTMLElement} root @param {Parts} parts */
export function layOut(root, parts) {
  root.append(
    parts.bar.box,
    parts.settings.box,
    boxOf("main", [
      parts.data.box,
      boxOf("centre", [parts.diagram.box, parts.line.box]),
      boxOf("right", [parts.plane.box, parts.legend, parts.said, parts.curves.box, parts.standing]),
    ]),
    boxOf("cards", [parts.unitCard.box, parts.pointCard.box]),
    boxOf("panels", [parts.table.box, parts.code.box, boxOf("row", [parts.train, parts.save])]),
    parts.live,
  );
}
