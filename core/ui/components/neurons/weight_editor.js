// A small field beside a line of the network: the weight as a number. Knows no network.

import { element } from "../lib/elements.js";
import { numberField } from "./fields.js";

/**
 * @param {HTMLElement} sheet that it lies on
 * @param {{ x: number, y: number, name: string, value: number, change: (value: number) => void }} weight
 */
export function editWeight(sheet, { x, y, name, value, change }) {
  sheet.querySelector(".editing")?.remove();
  const box = element("div", "editing");
  const field = numberField(name, { step: 0.1, title: "Enter keeps it, Escape does not", change });
  field.set(Number(value.toFixed(4)));
  box.append(field.box);
  Object.assign(box.style, {
    left: `${Math.max(0, Math.min(x - 60, sheet.clientWidth - 190))}px`,
    top: `${Math.max(0, y - 30)}px`,
  });
  const shut = () => {
    field.control.onblur = null;
    box.remove();
  };
  field.control.onkeydown = (event) => {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    if (event.key === "Enter") field.control.onchange?.(event);
    field.control.onchange = null;
    shut();
  };
  field.control.onblur = () => setTimeout(shut);
  sheet.append(box);
  field.control.focus();
  if (field.control instanceof HTMLInputElement) field.control.select();
}
