// The canvas on which people draw (streamlit-drawable-canvas). It has three layers: on the upper one lies the stroke
// that is being drawn, on the lower one all that is finished. Behind them may lie a picture, which is not part of the
// drawing.

/**
 * @typedef {{ upper: HTMLCanvasElement, lower: HTMLCanvasElement, behind: HTMLElement | null }} Sheet
 * the layers of a canvas
 */

/**
 * The layers under a pointer event, if it is on the canvas in the container with that key; else null.
 * @param {PointerEvent | TouchEvent} event
 * @param {string} container
 * @returns {Sheet | null}
 */
export function sheetUnder(event, container) {
  const path = event.composedPath().filter((node) => node instanceof Element);
  const upper = path.find((node) => node instanceof HTMLCanvasElement && node.classList.contains("upper-canvas"));
  if (!(upper instanceof HTMLCanvasElement)) return null;
  if (!path.some((node) => node.classList.contains(`st-key-${container}`))) return null;
  /** @type {HTMLCanvasElement | null | undefined} */
  const lower = upper.parentElement?.querySelector("canvas.lower-canvas");
  /** @type {HTMLElement | null | undefined} */
  const behind = upper.closest(".dc-container")?.querySelector("canvas.dc-background-canvas");
  return lower?.width && lower.height ? { upper, lower, behind: behind ?? null } : null;
}
