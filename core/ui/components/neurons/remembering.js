// What outlives the playground: its settings and points in the address, all of it in this tab. Knows no elements.

import { keepAllInAddress } from "../lib/address.js";
import { classNames } from "./datasets.js";
import {
  MOST_IN_ADDRESS,
  ownPoints,
  readAxes,
  readName,
  readOwn,
  readValues,
  writeAxes,
  writeName,
  writeOwn,
  writeValues,
} from "./own_points.js";
import { NAMES, readSettings, writeSettings } from "./settings.js";

/** @typedef {import("./model.js").Model} Model */

const [OWN, LABELS, AXES, VALUES] = ["own", "labels", "axes", "values"];
const LONGEST = 30; // characters of the name of a class

/** @type {{ settings: import("./settings.js").Settings, drawn: import("./own_points.js").OwnPoint[],
 *   table: import("./datasets.js").Points | null, saved: import("./session.js").Saved | null,
 *   losses: import("./history.js").History, address: string } | null} */
let left = null; // by a playground that was closed in this tab: another section was opened, or another page

/** The part of the address that is ours. @param {URLSearchParams} address */
const ours = (address) =>
  [...NAMES, OWN, LABELS, AXES, VALUES].map((name) => `${name}=${address.get(name) ?? ""}`).join("&");

/** @param {Model} model */
export function leave(model) {
  const { settings, drawn, table, frame, history } = model;
  left = { settings, drawn, table, saved: frame, losses: history, address: ours(addressOf(model)) };
}

/** @param {Model} model @returns {URLSearchParams} what it writes into the address */
function addressOf(model) {
  return new URLSearchParams(
    Object.entries(valuesOf(model))
      .filter(([, value]) => value !== null)
      .map(([name, value]) => [name, String(value)]),
  );
}

/** @param {Model} model @returns {Record<string, string | null>} */
function valuesOf({ settings, points, drawn, table }) {
  const written = writeSettings(settings);
  /** @type {Record<string, string | null>} */
  const values = Object.fromEntries(NAMES.map((name) => [name, written[name] ?? null]));
  const short = settings.data === "own" && points.y.length <= MOST_IN_ADDRESS && points.y.length > 0;
  const kind = (/** @type {number} */ y) => (points.classes ? y : 0);
  const own = table
    ? Array.from(table.y, (y, k) => ({ x1: table.x[2 * k], x2: table.x[2 * k + 1], kind: kind(y) }))
    : drawn;
  values[OWN] = short ? writeOwn(own) : null;
  values[LABELS] = short && table?.classes ? table.names.map(writeName).join("~") : null;
  values[AXES] = short && table ? writeAxes(table) : null;
  values[VALUES] = short && table && !table.classes ? writeValues(table.y) : null;
  return values;
}

/** @param {Model} model @returns {string} what the address cannot hold, a sentence */
export function keepAddress(model) {
  keepAllInAddress(valuesOf(model));
  const { settings, points } = model;
  return settings.data === "own" && points.y.length > MOST_IN_ADDRESS
    ? `The address keeps up to ${MOST_IN_ADDRESS} points of your own. For these, save the table.`
    : "";
}

/**
 * Fill a new playground: with what the address asks for, or with what was left in this tab.
 * @param {Model} model
 * @returns {string[]} what of the address cannot be used, a sentence each
 */
export function comeBack(model) {
  const address = new URLSearchParams(window.location.search);
  const asked = ours(address);
  if (left && (asked === ours(new URLSearchParams()) || asked === left.address)) {
    const { settings, drawn, table, saved, losses } = left;
    Object.assign(model, { settings, drawn, table });
    model.build(false, saved);
    model.history = losses;
    return [];
  }
  const { settings, problems } = readSettings(address);
  const text = address.get(OWN);
  const drawn = text === null ? [] : readOwn(text);
  if (drawn === null) problems.push("The points in the link make no sense; draw some, or choose a data set.");
  else if (settings.data === "own" && text === null && asked)
    problems.push("The link holds no points: they were too many. Open it with the table again.");
  Object.assign(model, { settings, drawn: drawn ?? [] });
  if (drawn?.length) model.table = tableIn(address, drawn, problems);
  model.build();
  return problems;
}

/**
 * @param {URLSearchParams} address
 * @param {import("./own_points.js").OwnPoint[]} drawn its points
 * @param {string[]} problems a sentence is added for what cannot be used
 * @returns {import("./datasets.js").Points | null} the table whose points these are; null where they were drawn
 */
function tableIn(address, drawn, problems) {
  const [labels, text] = [address.get(LABELS), address.get(VALUES)];
  if (labels === null && text === null) return null;
  const points = ownPoints(drawn);
  const axes = address.has(AXES) ? readAxes(address.get(AXES) ?? "") : {};
  if (!axes) problems.push("The axes in the link make no sense; they read from \u22126 to 6.");
  Object.assign(points, axes);
  if (text !== null) {
    const y = readValues(text);
    if (y?.length === drawn.length) return Object.assign(points, { y, classes: 0, names: [] });
    problems.push("The numbers to predict in the link make no sense; all points are of one class.");
    return null;
  }
  const names = (labels ?? "").split("~").map((name) => readName(name).slice(0, LONGEST));
  points.names = classNames(points.classes).map((name, k) => names[k] || name);
  return points;
}
