// A vector as a column of coloured cells, and a place in it that can be chosen. A canvas has one pixel a cell; the
// style sheet makes it large. Knows nothing of networks.

/** The colour of a signed value: blue below zero, white at zero (place 127), red above. */
function placeOf(value, limit) {
  const share = limit > 0 ? Math.max(-1, Math.min(1, value / limit)) : 0;
  return Math.floor(share * 127 + 127.5);
}

function paintColumn(canvas, values, limit, palette) {
  if (canvas.height !== values.length) Object.assign(canvas, { width: 1, height: values.length });
  const context = canvas.getContext("2d");
  const picture = context.createImageData(1, values.length);
  values.forEach((value, i) => {
    const place = 3 * placeOf(value, limit);
    picture.data.set([palette[place], palette[place + 1], palette[place + 2], 255], 4 * i);
  });
  context.putImageData(picture, 0, 0);
}

/** The largest size of all numbers in rows; at least a trifle, so that a vector of zeros is white. */
function limitOf(rows) {
  let limit = 1e-9;
  for (const row of rows) for (const value of row) limit = Math.max(limit, Math.abs(value));
  return limit;
}

/**
 * A column {box, show(values, limit, palette, height)}. `onChoose(cell)` makes its cells choosable, and the chosen
 * one, the variable --unit of an element around it, is framed. `nameOf(cell)` says what lies under the pointer.
 */
function columnOf(className, { onChoose = null, nameOf }) {
  const box = element("div", `column ${className}`);
  const canvas = element("canvas");
  canvas.setAttribute("aria-hidden", "true"); // what it shows is said in words around it
  const lines = element("div", "lines");
  box.append(canvas, lines);
  if (onChoose) box.append(element("div", "mark"));
  let shown = [];
  const cellAt = (event) => {
    const place = canvas.getBoundingClientRect();
    const cell = Math.floor(((event.clientY - place.top) / place.height) * shown.length);
    return Math.max(0, Math.min(shown.length - 1, cell));
  };
  box.onpointermove = (event) => {
    if (!shown.length) return;
    const cell = cellAt(event);
    box.title = `${nameOf(cell)} = ${print(shown[cell])}${onChoose ? " \u2013 click to choose this unit" : ""}`;
  };
  if (onChoose) box.onclick = (event) => onChoose(cellAt(event), event);
  return {
    box,
    show(values, limit, palette, height) {
      shown = values;
      box.style.setProperty("--cell", `${height / values.length}px`);
      box.style.setProperty("--cells", values.length);
      paintColumn(canvas, values, limit, palette);
    },
  };
}
