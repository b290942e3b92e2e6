// What outlives the playground: its settings and points in the address, all of it in this tab. Knows no elements.

import { keepAllInAddress } from "../lib/address.js";
import { classNames } from "./datasets.js";
import { MOST_IN_ADDRESS, ownPoints, readOwn, writeOwn } from "./own_points.js";
import { NAMES, readSettings, writeSettings } from "./settings.js";

/** @typedef {import("./model.js").Model} Model */

const [OWN, LABELS] = ["own", "labels"];
const LONGEST = 30; // characters of the name of a class

/** @type {{ settings: import("./settings.js").Settings, drawn: import("./own_points.js").OwnPoint[],
 *   table: import("./datasets.js").Points | null, saved: import("./session.js").Saved | null,
 *   losses: import("./history.js").History, address: string } | null} */
let left = null; // by a playground that was closed in this tab: another section was opened, or another page

/** The part of the address that is ours. @param {URLSearchParams} address */
const ours = (address) => [...NAMES, OWN, LABELS].map((name) => `${name}=${address.get(name) ?? ""}`).join("&");

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
  const short =
    settings.data === "own" && points.classes > 0 && points.y.length <= MOST_IN_ADDRESS && points.y.length > 0;
  const own = table ? Array.from(table.y, (kind, k) => ({ x1: table.x[2 * k], x2: table.x[2 * k + 1], kind })) : drawn;
  values[OWN] = short ? writeOwn(own) : null;
  values[LABELS] = short && table ? table.names.join("~") : null;
  return values;
}

/** @param {Model} model @returns {string} what the address cannot hold, a sentence */
export function keepAddress(model) {
  keepAllInAddress(valuesOf(model));
  const { settings, points } = model;
  if (settings.data !== "own" || !points.y.length) return "";
  if (points.y.length > MOST_IN_ADDRESS)
    return `The address keeps up to ${MOST_IN_ADDRESS} points of your own. For these, save the table.`;
  return points.classes ? "" : "The address does not keep a table of numbers to predict: save the table.";
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
    problems.push("The link holds no points: they were too many, or a table of numbers. Open it with the table again.");
  Object.assign(model, { settings, drawn: drawn ?? [] });
  const labels = address.get(LABELS);
  if (drawn?.length && labels !== null) {
    const points = ownPoints(drawn);
    const names = labels.split("~").map((name) => name.slice(0, LONGEST));
    points.names = classNames(points.classes).map((name, k) => names[k] || name);
    model.table = points;
  }
  model.build();
  return problems;
}
