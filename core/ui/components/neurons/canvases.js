// Canvases that are sharp on every screen. Knows nothing of what is drawn.

/**
 * Make a canvas so many CSS pixels large, and empty it.
 * @param {HTMLCanvasElement} canvas @param {number} width @param {number} height
 * @returns {CanvasRenderingContext2D} its unit is a CSS pixel
 */
export function sharp(canvas, width, height) {
  const scale = Math.min(2, window.devicePixelRatio || 1);
  const [wide, high] = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
  if (canvas.width !== wide || canvas.height !== high) {
    Object.assign(canvas, { width: wide, height: high });
    Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` });
  }
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.clearRect(0, 0, width, height);
  return context;
}

/** @typedef {{ text: string, line: string, font: string, background: string, series: string[] }} Theme */

// Pixels: of the letters, of the page, and for which the margins have room.
const [SMALL, USUAL, LARGEST] = [14, 17, 18];

/** @param {HTMLElement} node @returns {Theme} the colours and the font of the page around it */
export function themeOf(node) {
  const style = getComputedStyle(node);
  const series = style
    .getPropertyValue("--st-chart-categorical-colors")
    .split(",")
    .map((one) => one.trim());
  const root = parseFloat(getComputedStyle(document.documentElement).fontSize) || USUAL;
  const size = Math.min(LARGEST, (SMALL * root) / USUAL); // larger letters of the browser are larger here, too
  return {
    series: series.length > 1 ? series : ["#0072B2", "#D55E00"],
    text: style.color,
    line: style.getPropertyValue("--st-border-color") || "#888",
    font: `${size.toFixed(1)}px ${style.fontFamily || "sans-serif"}`,
    background: style.getPropertyValue("--st-background-color") || "#fff",
  };
}
