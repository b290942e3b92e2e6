// Labelled controls: selects, sliders and numbers. Knows nothing of what they set.

import { element } from "../lib/elements.js";

/**
 * @template Value
 * @typedef {{ box: HTMLLabelElement, control: HTMLSelectElement | HTMLInputElement, set: (value: Value) => void }}
 * Field
 */

/** @param {string} label @param {HTMLElement} control @param {string} title */
function labelled(label, control, title) {
  const box = element("label", "field");
  box.title = title;
  box.append(element("span", "name", label), control);
  return box;
}

/**
 * @param {string} label
 * @param {readonly { value: string, text: string }[]} options
 * @param {{ title: string, change: (value: string) => void }} settings
 * @returns {Field<string>}
 */
export function selectField(label, options, { title, change }) {
  const control = element("select");
  const add = (/** @type {string} */ value, /** @type {string} */ text) => {
    control.append(Object.assign(element("option", "", text), { value }));
  };
  for (const { value, text } of options) add(value, text);
  control.onchange = () => change(control.value);
  return {
    box: labelled(label, control, title),
    control,
    set(value) {
      if (![...control.options].some((one) => one.value === value)) add(value, value); // from a link
      if (control.value !== value) control.value = value;
    },
  };
}

/**
 * A slider that says its value; `change` is called while it moves.
 * @param {string} label
 * @param {{ min: number, max: number, step: number, unit?: string, title: string, change: (value: number) => void }}
 * settings
 * @returns {Field<number>}
 */
export function sliderField(label, { min, max, step, unit = "", title, change }) {
  const control = Object.assign(element("input"), { type: "range", min, max, step });
  const shown = element("output");
  const write = () => {
    shown.textContent = `${control.value}${unit}`;
  };
  control.oninput = () => {
    write();
    change(Number(control.value));
  };
  const box = labelled(label, control, title);
  box.firstElementChild?.append(shown);
  return {
    box,
    control,
    set(value) {
      control.value = String(value);
      write();
    },
  };
}

/**
 * A number to type; what is none is put back.
 * @param {string} label
 * @param {{ min?: number, max?: number, step?: number | "any", title: string, change: (value: number) => void }}
 * settings
 * @returns {Field<number>}
 */
export function numberField(label, { min = -1e6, max = 1e6, step = "any", title, change }) {
  const control = Object.assign(element("input"), { type: "number", min, max, step });
  let last = 0;
  control.onchange = () => {
    const value = control.value.trim() === "" ? Number.NaN : Number(control.value);
    if (Number.isFinite(value) && value >= min && value <= max) change((last = value));
    else control.value = String(last);
  };
  return {
    box: labelled(label, control, title),
    control,
    set(value) {
      last = value;
      control.value = String(value);
    },
  };
}
