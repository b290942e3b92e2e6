// The maps of layers as pictures with captions. The elements stay and are only painted again.
import { element, resizeChildren, write } from "../lib/elements.js";
import { mount } from "../lib/mounting.js";
import { paint } from "../lib/painting.js";
import { readPalette } from "../lib/palette.js";

/**
 * @typedef {import("../lib/painting.js").Pixels & { title: string, caption: string }} Layer
 * @typedef {{ layers: Layer[], palette: string }} Data
 */

function makeFigure() {
  const figure = element("figure");
  figure.append(element("b"), Object.assign(element("canvas"), { role: "img" }), element("figcaption"));
  return figure;
}

/** @param {HTMLElement} root */
function createMaps(root) {
  return {
    /** @param {import("../lib/mounting.js").Run<Data>} run */
    update({ data: { layers, palette } }) {
      const colours = readPalette(palette).words;
      resizeChildren(root, layers.length, makeFigure);
      layers.forEach((layer, index) => {
        const [title, canvas, caption] = root.children[index].children;
        write(title, layer.title);
        write(caption, layer.caption);
        canvas.ariaLabel = `${layer.title}: ${layer.caption}`;
        paint(/** @type {HTMLCanvasElement} */ (canvas), layer, colours);
      });
    },
  };
}

export default mount("maps", createMaps);
