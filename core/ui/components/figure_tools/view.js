// What a person has turned, zoomed or hidden in a figure, as its public events tell it.

/**
 * Streamlit leaves the figure as it was made, and Plotly keeps the view to itself: a picture of the figure would not
 * show what is seen.
 */
export function viewKeeper() {
  /** @type {Map<string, unknown>} by path in the layout */
  const moved = new Map();
  /** @type {Map<number, unknown>} by the number of the trace */
  const visible = new Map();
  /** @type {unknown} */
  let revision; // of the figure whose view it is

  const forget = () => [moved, visible].forEach((one) => one.clear());
  /** @param {{ uirevision?: unknown } | undefined} layout */
  const look = (layout) => {
    if (layout?.uirevision !== revision) forget();
    revision = layout?.uirevision;
  };

  return {
    /** The figure was drawn anew, and is seen as it was made. */
    forget,
    /**
     * @param {object} changes
     * @param {{ uirevision?: unknown } | undefined} layout of the figure
     */
    move(changes, layout) {
      look(layout);
      for (const [path, value] of Object.entries(changes)) {
        const [axis, what] = path.split(".");
        const outdated = what === "autorange" ? "range" : "autorange"; // the one or the other holds
        for (const known of [...moved.keys()]) if (known.startsWith(`${axis}.${outdated}`)) moved.delete(known);
        moved.set(path, value);
      }
    },
    /**
     * @param {[{ visible?: unknown[] }, number[]]} change
     * @param {{ uirevision?: unknown } | undefined} layout of the figure
     */
    show([{ visible: shown }, places], layout) {
      look(layout);
      places.forEach((place, number) => shown && visible.set(place, shown[number % shown.length]));
    },
    /**
     * The figure as it is seen; another one, by its `uirevision`, is seen as it was made.
     * @param {object[]} data
     * @param {{ uirevision?: unknown, font?: object }} layout
     */
    seen(data, layout) {
      look(layout);
      const copy = structuredClone(layout);
      for (const [path, value] of moved) put(copy, path.split(/[.[\]]+/).filter(Boolean), value);
      const traces = data.map((trace, number) => (
        visible.has(number) ? { ...trace, visible: visible.get(number) } : trace
      ));
      return { data: traces, layout: copy };
    },
  };
}

/**
 * @param {any} part of a layout
 * @param {string[]} path
 * @param {unknown} value
 */
function put(part, path, value) {
  const [name, ...rest] = path;
  if (rest.length) put(part[name] ??= {}, rest, value);
  else part[name] = value;
}
