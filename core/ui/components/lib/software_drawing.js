// Figures in space where no graphics card helps: the processor draws one sample a pixel instead of four, which took
// half of every frame.

const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i; // how drivers without a card call themselves
const FIGURES = "[class*=st-key-plot-]"; // not those that are only drawn to be saved

let spared = false;
/** @type {boolean | undefined} */
let software;

/** Whether the processor draws what a graphics card should. */
function drawsInSoftware() {
  const gl = document.createElement("canvas").getContext("webgl");
  const names = gl?.getExtension("WEBGL_debug_renderer_info");
  const name = names ? gl?.getParameter(names.UNMASKED_RENDERER_WEBGL) : "";
  gl?.getExtension("WEBGL_lose_context")?.loseContext(); // browsers have few of them
  return SOFTWARE.test(String(name));
}

/** Have figures drawn so; Plotly has no setting for it. It counts for those that are drawn afterwards. */
export function spareSamples() {
  if (spared) return;
  spared = true;
  const { getContext } = HTMLCanvasElement.prototype;
  /** @type {(this: HTMLCanvasElement, kind: string, options?: object) => RenderingContext | null} */
  function spare(kind, options) {
    if (kind === "webgl" && this.closest(FIGURES) && (software ??= drawsInSoftware())) {
      options = { ...options, antialias: false };
    }
    return getContext.call(this, kind, options);
  }
  Object.assign(HTMLCanvasElement.prototype, { getContext: spare });
}
