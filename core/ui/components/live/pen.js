// Watches the pen on the drawable canvas, and reads what has been drawn. It only listens: nothing here stops or
// delays a stroke. Knows nothing of networks.
//
// The canvas (streamlit-drawable-canvas) has three layers: on the upper one lies the stroke that is being drawn, on the
// lower one all that is finished. Behind them may lie a picture, which is not part of the drawing.

/** The layers under a pointer event, if it is on the canvas in the container with that key; else null. */
function layersUnder(event, container) {
  const path = event.composedPath();
  const upper = path.find((node) => node.tagName === "CANVAS" && node.classList.contains("upper-canvas"));
  if (!upper || !path.some((node) => node.classList?.contains(`st-key-${container}`))) return null;
  const lower = upper.parentElement?.querySelector("canvas.lower-canvas");
  const behind = upper.closest(".dc-container")?.querySelector("canvas.dc-background-canvas");
  return lower?.width && lower.height ? { upper, lower, behind } : null;
}

/** A reader of the upper and the lower layer laid on one another: {data: RGBA bytes, width, height}. */
function createReader() {
  const sheet = document.createElement("canvas");
  const context = sheet.getContext("2d", { willReadFrequently: true });
  return ({ upper, lower }) => {
    const { width, height } = lower;
    if (sheet.width !== width || sheet.height !== height) Object.assign(sheet, { width, height });
    context.clearRect(0, 0, width, height);
    context.drawImage(lower, 0, 0);
    context.drawImage(upper, 0, 0, width, height);
    return context.getImageData(0, 0, width, height);
  };
}

/**
 * Tell when the pen goes down, moves and is lifted: `onDown(layers)`, `onFrame(picture, begun, last)` at most once a
 * frame and only if the pen has moved, with the time at which its script began and with `last` true for the finished
 * stroke, and `onLost()` when the stroke ends without one (the tab is hidden). Returns a function that ends the watch.
 */
export function watchPen(container, { onDown, onFrame, onLost }) {
  const read = createReader();
  let stroke = null; // {layers, pointer, moved, lifted, frame, pause}

  function ask() {
    stroke.frame = requestAnimationFrame(look);
  }

  function look(now) {
    const mine = stroke;
    if (mine.lifted) {
      // The canvas moves a finished stroke to its lower layer in a frame of its own.
      if (mine.lifted++ < 3) return ask();
      stroke = null;
      const begun = performance.now();
      return onFrame(read(mine.layers), begun, true);
    }
    if (mine.moved && now >= mine.pause) {
      mine.moved = false;
      const begun = performance.now();
      onFrame(read(mine.layers), begun, false);
      const taken = performance.now() - begun;
      mine.pause = taken > 8 ? now + 2 * taken : 0; // a slow machine keeps half of its time for the stroke
    }
    if (stroke === mine) ask(); // the watch may have been ended
  }

  function forget() {
    if (stroke) cancelAnimationFrame(stroke.frame);
    stroke = null;
  }

  const listeners = {
    pointerdown(event) {
      if (!event.isPrimary || event.button !== 0) return;
      const layers = layersUnder(event, container);
      if (!layers) return;
      forget();
      stroke = { layers, pointer: event.pointerId, moved: true, lifted: 0, frame: 0, pause: 0 };
      onDown(layers);
      ask();
    },
    pointermove(event) {
      if (stroke?.pointer === event.pointerId) stroke.moved = true;
    },
    pointerup(event) {
      if (stroke?.pointer === event.pointerId) stroke.lifted ||= 1;
    },
    pointercancel(event) {
      listeners.pointerup(event);
    },
    visibilitychange() {
      if (!document.hidden || !stroke) return;
      forget();
      onLost();
    },
  };
  const how = { capture: true, passive: true };
  for (const [name, listener] of Object.entries(listeners)) document.addEventListener(name, listener, how);
  return () => {
    forget();
    for (const [name, listener] of Object.entries(listeners)) document.removeEventListener(name, listener, how);
  };
}
