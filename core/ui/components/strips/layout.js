// Where things stand, in CSS pixels from the upper left corner of the sheet. The height follows from the tracks alone,
// so that nothing below jumps while words come and go. Knows no elements.

const [GUTTER, HEADER, TITLE, GAP, SCROLLBAR] = [60, 90, 26, 12, 12];
const [NARROWEST, WIDEST, READABLE] = [9, 90, 64];
const [GRID, LINE, BARS] = [160, 88, 64]; // heights; a grid is about so high
const [SMALLEST_ROW, LARGEST_ROW] = [2, 16];
// Columns become narrower in steps, or every new word would move all the others.
const STEPS = [4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 28, 32, 36, 40, 48, 56, 64, 80, 100, 120, 140, 160, 180, 200];

/** So many CSS pixels that cells begin and end on pixels of the screen. */
function snap(size, scale) {
  return Math.max(1, Math.floor(size * scale + 1e-6)) / scale;
}

/** Place `count` words and the tracks in a view so wide. */
function layOut(tracks, count, view, scale) {
  const room = Math.max(NARROWEST, view - GUTTER - 1);
  const steps = STEPS.find((step) => step >= count) ?? count;
  const column = snap(Math.max(NARROWEST, Math.min(WIDEST, room / steps)), scale);
  let top = HEADER;
  const places = tracks.map((track) => {
    const rows = track.kind === "heat" ? track.rows : 1;
    const row = track.kind !== "heat" ? 0
      : snap(Math.max(SMALLEST_ROW, Math.min(LARGEST_ROW, GRID / Math.max(1, rows))), scale);
    const height = track.kind === "heat" ? rows * row : track.kind === "line" ? LINE : BARS;
    const place = { title: top, top: top + TITLE, row, rows, height };
    top += TITLE + height + GAP;
    return place;
  });
  const width = count ? count * column : Math.min(room, STEPS[0] * WIDEST);
  return { column, places, width, count, view, room, scale, height: top };
}

/** Which words, or single letters, fit beside each other, and how large they are written: {upright, close, size}. */
function letteringOf(widths, column, single) {
  const [largest, smallest] = [16, 11];
  const widest = Math.max(1, ...widths); // of a font of one pixel
  // Single letters stand upright in any column, and need no room between them.
  const close = Math.max(NARROWEST, Math.floor(Math.min(largest, column / Math.min(1, widest))));
  if (single) return { upright: true, close: true, size: close };
  const size = Math.min(largest, (column - 6) / widest);
  // Where columns are wide, one long word is cut short; turning all of them for its sake would be a jump.
  if (size >= smallest || column >= READABLE) return { upright: true, size: Math.max(smallest, Math.floor(size)) };
  return { upright: false, size: Math.max(NARROWEST, Math.min(15, Math.floor(column))) };
}

/** What lies at a point of the sheet: {word, track, row}; track -1 is the header, null where there is no word. */
function placeAt(layout, x, y) {
  const word = Math.floor((x - GUTTER) / layout.column);
  if (word < 0 || word >= layout.count || y < 0) return null;
  if (y < HEADER) return { word, track: -1, row: null };
  for (const [track, { top, height, row, rows }] of layout.places.entries()) {
    if (y < top) return { word, track: null, row: null };
    if (y < top + height) return { word, track, row: row ? Math.min(rows - 1, Math.floor((y - top) / row)) : null };
  }
  return null;
}
