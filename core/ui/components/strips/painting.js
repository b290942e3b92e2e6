// Tracks on canvases. Knows nothing of pointing and sending.

const SCALE_STOPS = [0, 32, 64, 95, 127, 159, 190, 222, 254];

/** Make a canvas so large and sharp on this screen; return its context, emptied. */
function prepareCanvas(canvas, width, height, scale) {
  const [across, down] = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
  if (canvas.width !== across || canvas.height !== down) {
    Object.assign(canvas, { width: across, height: down });
    Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` });
  }
  const context = canvas.getContext("2d");
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, across, down);
  context.setTransform(scale, 0, 0, scale, 0, 0);
  return context;
}

/** A painter of grids: one pixel a cell on a small canvas, which is then enlarged. */
function gridPainter() {
  const cells = document.createElement("canvas");
  return function paint(canvas, track, place, layout, palette, theme) {
    const context = prepareCanvas(canvas, layout.width, place.height, layout.scale);
    if (!layout.count || !track.rows) return;
    Object.assign(cells, { width: layout.count, height: track.rows });
    const small = cells.getContext("2d");
    const image = small.createImageData(layout.count, track.rows);
    const words = new Uint32Array(image.data.buffer);
    for (let i = 0; i < words.length; i++) words[i] = palette.words[track.places[i]];
    small.putImageData(image, 0, 0);
    context.imageSmoothingEnabled = false;
    context.drawImage(cells, 0, 0, layout.width, place.height);
    context.fillStyle = theme.background;
    const thin = 1 / layout.scale;
    for (let word = 1; word < layout.count; word++) context.fillRect(word * layout.column - thin, 0, thin, place.height);
    if (place.row < 8) return;
    for (let row = 1; row < track.rows; row++) context.fillRect(0, row * place.row - thin, layout.width, thin);
  };
}

const middleOf = (layout, word) => (word + 0.5) * layout.column;

function paintLine(canvas, track, place, layout, theme) {
  const context = prepareCanvas(canvas, layout.width, place.height, layout.scale);
  const [width, height, edge] = [layout.width, place.height, 8];
  const y = (value) => edge + (1 - Math.max(0, Math.min(1, value))) * (height - 2 * edge);
  context.globalAlpha = 0.13;
  context.fillStyle = theme.above;
  context.fillRect(0, 0, width, height / 2);
  context.fillStyle = theme.below;
  context.fillRect(0, height / 2, width, height / 2);
  context.globalAlpha = 0.7;
  Object.assign(context, { strokeStyle: theme.text, lineWidth: 1 });
  context.setLineDash([5, 4]);
  context.beginPath();
  context.moveTo(0, height / 2);
  context.lineTo(width, height / 2);
  context.stroke();
  context.setLineDash([]);
  context.globalAlpha = 1;
  Object.assign(context, { lineWidth: 2, lineJoin: "round" });
  context.beginPath();
  let drawing = false;
  track.values.forEach((value, word) => {
    if (value === null) return void (drawing = false);
    context[drawing ? "lineTo" : "moveTo"](middleOf(layout, word), y(value));
    drawing = true;
  });
  context.stroke();
  const radius = Math.max(2, Math.min(5, layout.column * 0.28));
  Object.assign(context, { lineWidth: 1.5, strokeStyle: theme.background });
  track.values.forEach((value, word) => {
    if (value === null) return;
    context.fillStyle = value >= 0.5 ? theme.above : theme.below;
    context.beginPath();
    context.arc(middleOf(layout, word), y(value), radius, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
  });
}

function paintBars(canvas, track, place, layout, theme) {
  const context = prepareCanvas(canvas, layout.width, place.height, layout.scale);
  const base = track.signed ? place.height / 2 : place.height - 1;
  const room = track.signed ? base - 1 : base - 2;
  const thick = Math.max(3, Math.min(36, layout.column * 0.62));
  track.values.forEach((value, word) => {
    if (value === null || !(track.limit > 0)) return;
    const share = Math.max(track.signed ? -1 : 0, Math.min(1, value / track.limit));
    const length = Math.abs(share) * room;
    context.fillStyle = share > 0 ? theme.above : theme.below;
    context.fillRect(middleOf(layout, word) - thick / 2, share > 0 ? base - length : base, thick, length);
  });
  context.globalAlpha = 0.7;
  context.fillStyle = theme.text;
  context.fillRect(0, base - 0.5, layout.width, 1);
  context.globalAlpha = 1;
}

/** A palette as a CSS gradient, for the scale beside a title. */
function gradientOf(palette) {
  return `linear-gradient(to right, ${SCALE_STOPS.map(palette.css).join(", ")})`;
}
