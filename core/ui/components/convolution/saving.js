// Files for the person's disk: text, and figures side by side as one picture. Knows nothing of convolutions.

function save(blob, name) {
  const link = element("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

/** A canvas with figures {title, note, width, height, draw(context)} in a row and paragraphs below them. */
function composePicture(figures, paragraphs, theme) {
  const [canvas, gap, top, least] = [element("canvas"), 28, 84, 180];
  const width = figures.reduce((all, figure) => all + Math.max(figure.width, least) + gap, gap);
  const foot = top + Math.max(...figures.map((figure) => figure.height)) + 34;
  const measure = canvas.getContext("2d");
  const lines = paragraphs.flatMap((text) => wrapped(measure, "14px ui-monospace, monospace", text, width - 2 * gap));
  const height = foot + 20 * lines.length;
  const context = prepareCanvas(canvas, width, height, 2);
  context.fillStyle = theme.background;
  context.fillRect(0, 0, width, height);
  context.imageSmoothingEnabled = false;
  let left = gap;
  for (const figure of figures) {
    const room = Math.max(figure.width, least);
    const caption = [["bold 14px sans-serif", figure.title], ["13px sans-serif", figure.note]];
    const rows = caption.flatMap(([font, text]) => wrapped(context, font, text, room)).slice(0, 4);
    rows.forEach((row, index) => write(context, row, left, 24 + 17 * index, theme.text));
    context.save();
    context.translate(left, top);
    figure.draw(context);
    context.restore();
    left += room + gap;
  }
  lines.forEach((row, index) => write(context, row, gap, foot + 20 * index, theme.text));
  return canvas;
}
