// How large the cells are, so that all grids stand side by side, and on a phone input and output do.

export const KERNEL_CELL = 44; // CSS pixels
const [NARROW, MOST_CELL, MESSAGE, GAP] = [700, 46, 320, 2];
const [SIGNS, SIGN_OF_POOLING] = [64, 62]; // room for the signs between the grids
const OTHERS = 460; // CSS pixels of the window's height that are not for the grids

/**
 * @param {{ width: number, windowHeight: number, scale: number }} room scale: pixels of the screen to one of CSS
 * @param {{ rows: number, columns: number }[]} sheets from the left
 * @param {{ kernelSize: number, messages: number, pooling: boolean }} content messages in place of grids
 * @returns {{ cell: number, narrow: boolean }} narrow: the grids do not all fit side by side
 */
export function sizeOf({ width, windowHeight, scale }, sheets, { kernelSize, messages, pooling }) {
  const phone = width < NARROW;
  const columns = (phone ? sheets.slice(0, 2) : sheets).reduce((all, sheet) => all + sheet.columns, 0);
  const kernel = kernelSize * (KERNEL_CELL + GAP);
  const signs = phone ? 12 : SIGNS + (pooling ? SIGN_OF_POOLING : 0) + kernel;
  let cell = (width - signs - (phone ? 0 : messages * MESSAGE)) / columns;
  if (phone && cell < 2.5) cell = width / Math.max(...sheets.map((sheet) => sheet.columns)); // one below the other
  if (!phone) {
    const height = Math.min(400, Math.max(240, windowHeight - OTHERS));
    cell = Math.min(cell, height / Math.max(...sheets.map((sheet) => sheet.rows)));
  }
  cell = Math.min(cell, MOST_CELL);
  cell = cell >= 4 ? Math.floor(cell) : Math.max(1, Math.floor(cell * scale) / scale);
  return { cell, narrow: phone || cell * columns + signs > width + 1 };
}
