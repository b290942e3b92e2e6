// What the pen does to the points: one's own points, with a history that Undo walks back. Knows no elements.

import { MOST_CLASSES, onGrid } from "./own_points.js";

/** @typedef {import("./own_points.js").OwnPoint} OwnPoint */
/** @typedef {import("./model.js").Model} Model */

export const MOST_POINTS = 5000;
const REACH = 0.45; // of the eraser, in the plane
const STROKES = 50; // that can be taken back

export class Drawing {
  /** @param {Model} model */
  constructor(model) {
    this.model = model;
    /**
     * @type {{ data: string, drawn: OwnPoint[], table: import("./datasets.js").Points | null }[]}
     */
    this.before = [];
  }

  /** The points that are there as one's own: a data set, or a table, is drawn on. @returns {OwnPoint[]} */
  #own() {
    const { points, settings, drawn, table } = this.model;
    if (settings.data === "own" && !table) return drawn;
    if (!points.classes) return []; // a number to predict cannot be drawn
    return Array.from(points.y, (kind, k) => ({ x1: onGrid(points.x[2 * k]), x2: onGrid(points.x[2 * k + 1]), kind }));
  }

  remember() {
    const { settings, drawn, table } = this.model;
    this.before.push({ data: settings.data, drawn, table });
    if (this.before.length > STROKES) this.before.shift();
  }

  /**
   * @param {{ x1: number, x2: number }} place
   * @param {number} kind the class
   * @returns {string} what stands in the way
   */
  add({ x1, x2 }, kind) {
    const own = this.#own();
    if (own.length >= MOST_POINTS)
      return `There are ${MOST_POINTS.toLocaleString("en")} points, and more would be slow. Erase some first.`;
    this.model.draw([...own, { x1: onGrid(x1), x2: onGrid(x2), kind: Math.min(kind, MOST_CLASSES - 1) }]);
    return "";
  }

  /** @param {{ x1: number, x2: number }} place */
  erase({ x1, x2 }) {
    const own = this.#own();
    const left = own.filter((point) => Math.hypot(point.x1 - x1, point.x2 - x2) > REACH);
    if (left.length < own.length) this.model.draw(left);
  }

  clear() {
    this.remember();
    this.model.draw([], false);
  }

  undo() {
    const last = this.before.pop();
    if (!last) return;
    this.model.takeBack(last);
  }
}
