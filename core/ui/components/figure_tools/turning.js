// What happens in a figure in space while it is held: it turns, or a point of it is clicked.
import { frameCounter } from "./frames.js";

const STILL = 4; // pixels that a hand moves that only clicks

/**
 * What Plotly draws in space with. It is not public, and there is no public way to the same: Plotly draws places for
 * pointing with every frame, also with `hovermode` off. Where another version has it elsewhere, figures turn slower.
 * @typedef {{ gl: WebGLRenderingContext, objects: { drawPick?: () => void }[], update: () => void }} Drawing
 * @typedef {HTMLElement & { _fullLayout?: { scene?: { _scene?: { glplot?: Drawing } } } }} Figure
 */

/**
 * Keep a figure from drawing, with every frame, what says which point is where; return how it goes on.
 * @param {Figure | null} figure
 */
export function withoutPicking(figure) {
  const drawing = figure?._fullLayout?.scene?._scene?.glplot;
  if (!drawing?.gl || !Array.isArray(drawing.objects)) return () => {};
  const { gl, objects } = drawing;
  const picked = objects.filter(({ drawPick }) => drawPick);
  const nothing = () => {};
  for (const one of picked) one.drawPick = nothing;
  gl.readPixels = nothing;
  return () => {
    for (const one of picked) delete one.drawPick; // its class has it
    Reflect.deleteProperty(gl, "readPixels");
    drawing.update();
  };
}

/**
 * Have a figure turn as smoothly as it can, and tell once how many frames a second that were.
 *
 * Plotly says that a point is clicked as soon as it is pressed, also where somebody begins to turn, and it says nothing
 * where a click is over before the next frame. So with a mouse a click is: pressed and let go over a point.
 * @param {() => Figure | null} figure
 * @param {(frames: number) => void} tell
 * @param {AddEventListenerOptions} options
 */
export function watchTurning(figure, tell, options) {
  const counter = frameCounter(tell);
  /** @type {{ x: number, y: number } | null} where it was pressed */
  let held = null;
  let mouse = false; // whether a mouse, or a pen, pressed last, and in space
  /** @type {(() => void) | null} what draws the rest again, while it is turned */
  let goOn = null;
  /** @type {(() => void) | null} */
  let clickPoint = null;

  document.addEventListener("pointerdown", ({ target, pointerType, clientX, clientY }) => {
    const inSpace = target instanceof HTMLCanvasElement && Boolean(figure()?.contains(target));
    held = inSpace ? { x: clientX, y: clientY } : null;
    mouse = inSpace && pointerType !== "touch";
  }, options);
  document.addEventListener("pointermove", ({ clientX, clientY }) => {
    if (!held) return;
    if (!goOn && Math.hypot(clientX - held.x, clientY - held.y) > STILL) {
      goOn = withoutPicking(figure());
      clickPoint = null; // it is elsewhere afterwards
    }
    if (goOn) counter.turned();
  }, options);

  const letGo = () => {
    if (goOn) counter.released();
    goOn?.();
    held = goOn = null;
  };
  document.addEventListener("pointerup", () => {
    if (held && mouse && !goOn) clickPoint?.();
    letGo();
  }, options);
  document.addEventListener("pointercancel", letGo, options);
  window.addEventListener("blur", letGo, options);

  return {
    /**
     * A point is pointed at, or none.
     * @param {(() => void) | null} click what a click on it does
     */
    pointed(click) {
      clickPoint = click;
    },
    /**
     * Plotly says that a point is clicked.
     * @param {() => void} click
     */
    clicked(click) {
      if (!mouse) click();
    },
  };
}
