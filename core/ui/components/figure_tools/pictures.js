// The picture of a point, beside the hand that points at it.

const SHOWN = 112; // pixels on screen

export function pictureShower() {
  /** @type {HTMLElement | null} */
  let shown = null;
  let place = { x: 0, y: 0 };
  /** @param {MouseEvent} event */
  const follow = ({ clientX, clientY }) => {
    place = { x: clientX, y: clientY };
  };
  document.addEventListener("pointermove", follow, { passive: true });

  const hide = () => {
    shown?.remove();
    shown = null;
  };
  return {
    hide,
    /**
     * @param {import("./figure_tools.js").Pictures | null} pictures
     * @param {unknown} number of the picture
     */
    show(pictures, number) {
      hide();
      if (!pictures || typeof number !== "number") return;
      const { address, side, columns } = pictures;
      shown = document.createElement("div");
      const scale = SHOWN / side;
      const [x, y] = [number % columns, Math.floor(number / columns)];
      Object.assign(shown.style, {
        position: "fixed", zIndex: "1000002", pointerEvents: "none", width: `${SHOWN}px`, height: `${SHOWN}px`,
        left: `${Math.max(4, place.x - SHOWN - 24)}px`, top: `${Math.max(4, place.y - SHOWN / 2)}px`,
        border: "2px solid #e69f00", borderRadius: "6px", imageRendering: "pixelated",
        backgroundImage: `url("${new URL(address, document.baseURI)}")`,
        backgroundSize: `${columns * side * scale}px`, backgroundPosition: `${-x * SHOWN}px ${-y * SHOWN}px`,
      });
      document.body.append(shown);
    },
  };
}
