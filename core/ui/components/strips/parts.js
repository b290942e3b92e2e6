// The elements that strips are built of. They are made once and only filled again, so that nothing flickers.

function element(tag, className = "", text = "") {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

/** Write a text where another one stands; the page is left alone where it is the same. */
function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Make a list of children so long, with those that are there. */
function keep(box, count, make) {
  while (box.children.length > count) box.lastElementChild.remove();
  while (box.children.length < count) box.append(make());
}

function createParts(root) {
  const parts = { root, scroll: element("div", "scroll"), sheet: element("div", "sheet"), words: element("div", "words"),
    tracks: element("div", "tracks"), cross: element("div", "cross"), cell: element("div", "cell"),
    row: element("div", "row"), spot: element("div", "spot"), span: element("div", "span"),
    empty: element("p", "empty"), tip: element("div", "tip"), said: element("div", "said") };
  parts.sheet.tabIndex = 0;
  parts.sheet.setAttribute("role", "application");
  parts.said.setAttribute("aria-live", "polite");
  parts.tip.append(element("b"), element("span"));
  parts.tip.setAttribute("aria-hidden", "true");
  parts.sheet.append(parts.words, parts.tracks, parts.span, parts.row, parts.cross, parts.cell, parts.spot, parts.empty);
  parts.scroll.append(parts.sheet);
  root.append(parts.scroll, parts.tip, parts.said);
  for (const name of ["cross", "cell", "row", "spot", "span", "tip"]) parts[name].hidden = true;
  return parts;
}

/** A track: title and scale, and below them a gutter with the ends of its axis and the canvas. */
function createTrack() {
  const [box, title, plot, gutter] = [element("div", "track"), element("div", "title"), element("div", "plot"), element("div", "gutter")];
  const scale = element("div", "scale");
  scale.append(element("span"), element("i"), element("span"));
  title.append(element("b"), scale);
  gutter.append(element("span", "first"), element("span", "middle"), element("span", "last"));
  plot.append(gutter, element("canvas"));
  box.append(title, plot);
  box.paintGrid = gridPainter();
  return box;
}

/** Write what stands around a track's canvas. */
function labelTrack(box, track, place, palette) {
  const [[name, scale], [gutter]] = [box.children[0].children, box.children[1].children];
  write(name, track.title);
  name.title = track.title;
  scale.hidden = track.kind !== "heat";
  const [first, middle, last] = gutter.children;
  gutter.style.height = `${place.height}px`;
  box.children[1].style.height = `${place.height}px`;
  if (track.kind === "heat") {
    const signed = track.palette === "signed";
    write(scale.children[0], signed ? short(-track.limit) : "0");
    write(scale.children[1], signed ? "0" : "");
    write(scale.children[2], short(track.limit));
    const gradient = gradientOf(palette);
    if (scale.gradient !== gradient) scale.children[1].style.background = scale.gradient = gradient;
    write(first, `${track.rowName} 0`);
    write(middle, "");
    write(last, track.rows > 1 ? String(track.rows - 1) : "");
  } else if (track.kind === "line") {
    write(first, track.high);
    write(middle, "0.5");
    write(last, track.low);
  } else {
    const unit = track.unit ? ` ${track.unit}` : "";
    write(first, short(track.limit) + unit);
    write(middle, track.signed ? "0" : "");
    write(last, track.signed ? short(-track.limit) + unit : "0");
  }
}

/** Lay an element over a part of the sheet, or take it away. */
function lay(node, box) {
  node.hidden = !box;
  if (!box) return;
  const [left, top, width, height] = box;
  Object.assign(node.style, { transform: `translate(${left}px, ${top}px)`, width: `${width}px`, height: `${height}px` });
}
