// The parts the bench is built of: elements, buttons, panels. Knows nothing of what they show.

function element(tag, className = "", text = "") {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

function buttonOf(text, title, act, className = "") {
  const made = element("button", className, text);
  made.type = "button";
  made.title = title;
  made.onclick = act;
  return made;
}

/** A panel: heading, two canvases one above the other, and a line below. */
function panelOf(name) {
  const panel = { box: element("figure", `panel ${name}`), title: element("b"), note: element("span") };
  const caption = element("figcaption");
  caption.append(panel.title, panel.note);
  panel.sheet = element("div", "sheet");
  [panel.base, panel.marks] = [element("canvas"), element("canvas")];
  panel.base.setAttribute("aria-hidden", "true");
  panel.sheet.append(panel.base, panel.marks);
  panel.below = element("div", "below");
  panel.box.append(caption, panel.sheet, panel.below);
  return panel;
}
