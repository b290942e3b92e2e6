// The losses over the epochs. Knows no network.

import { element } from "../lib/elements.js";
import { sharp, themeOf } from "./canvases.js";
import { fixed, whole } from "./numbers.js";

const [LEFT, TOP, BOTTOM] = [44, 22, 22];

/** @param {number} value @returns {number} a round number not below it, so that the axis moves in steps */
function stepUp(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 1.5, 2, 3, 5, 7, 10].map((one) => one * power).find((one) => one >= value * 0.999) ?? value;
}

export class Curves {
  constructor() {
    this.box = element("div", "curves");
    this.canvas = element("canvas");
    this.canvas.setAttribute("role", "img");
    this.canvas.setAttribute("aria-label", "Loss");
    this.box.append(this.canvas);
    this.width = 300;
    this.height = 112;
  }

  /** @param {import("./history.js").History} history @param {boolean} tested whether there are test points */
  show({ epochs, train, test }, tested) {
    const context = sharp(this.canvas, this.width, this.height);
    const theme = themeOf(this.box);
    const [right, bottom] = [this.width - 8, this.height - BOTTOM];
    const known = [...train, ...test].filter(Number.isFinite);
    const high = stepUp(
      Math.max(
        0.05,
        Math.min(
          known.reduce((most, one) => Math.max(most, one), 0),
          3 * (train[0] || 1),
        ),
      ),
    );
    const last = stepUp(Math.max(10, epochs.at(-1) ?? 0));
    Object.assign(context, {
      font: theme.font,
      fillStyle: theme.text,
      strokeStyle: theme.line,
      lineWidth: 1,
    });
    context.strokeRect(LEFT + 0.5, TOP + 0.5, right - LEFT, bottom - TOP);
    context.textAlign = "right";
    context.fillText(fixed(high, high < 1 ? 2 : 1), LEFT - 5, TOP + 10);
    context.fillText("0", LEFT - 5, bottom);
    context.fillText(`${whole(last)} epochs`, right, this.height - 5);
    context.textAlign = "left";
    context.fillText("0", LEFT, this.height - 5);
    context.save();
    context.beginPath();
    context.rect(LEFT, TOP - 1, right - LEFT, bottom - TOP + 2);
    context.clip();
    const x = (/** @type {number} */ epoch) => LEFT + (epoch / last) * (right - LEFT);
    const y = (/** @type {number} */ loss) => bottom - (loss / high) * (bottom - TOP);
    if (tested) line(context, epochs, test, x, y, theme.series[1], [6, 4]);
    line(context, epochs, train, x, y, theme.series[0], []);
    context.restore();
    this.#legend(context, theme, train.at(-1), tested ? test.at(-1) : undefined);
  }

  /** @param {CanvasRenderingContext2D} context @param {import("./canvases.js").Theme} theme
   * @param {number | undefined} train
   * @param {number | undefined} test */
  #legend(context, theme, train, test) {
    const said = (/** @type {string} */ name, /** @type {number | undefined} */ value) =>
      `${name} ${value === undefined ? "" : fixed(value, 3)}`;
    let at = LEFT;
    for (const [name, value, colour, dash] of /** @type {[string, number | undefined, string, number[]][]} */ ([
      ["training loss", train, theme.series[0], []],
      ["test", test, theme.series[1], [6, 4]],
    ])) {
      if (name === "test" && test === undefined) continue;
      context.beginPath();
      Object.assign(context, { strokeStyle: colour, lineWidth: 3, fillStyle: theme.text });
      context.setLineDash(dash);
      context.moveTo(at, 10);
      context.lineTo(at + 20, 10);
      context.stroke();
      context.setLineDash([]);
      context.fillText(said(name, value), at + 25, 15);
      at += 32 + context.measureText(said(name, value)).width + 8;
    }
    const tested = test === undefined ? "" : `, ${said("test", test)}`;
    this.canvas.setAttribute("aria-label", `Loss. ${said("Training", train)}${tested}.`);
  }
}

/**
 * @param {CanvasRenderingContext2D} context @param {number[]} epochs @param {number[]} losses
 * @param {(epoch: number) => number} x
 * @param {(loss: number) => number} y
 * @param {string} colour
 * @param {number[]} dash
 */
function line(context, epochs, losses, x, y, colour, dash) {
  context.beginPath();
  losses.forEach((loss, k) => (k ? context.lineTo(x(epochs[k]), y(loss)) : context.moveTo(x(epochs[k]), y(loss))));
  Object.assign(context, { strokeStyle: colour, lineWidth: 2.5, lineJoin: "round" });
  context.setLineDash(dash);
  context.stroke();
  context.setLineDash([]);
}
