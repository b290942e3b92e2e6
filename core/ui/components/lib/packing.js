// A component arrives as one file, packed by `serving.py`: its module, all that this imports, and its style. Modules
// are there once for all components of the page, whichever pack brings them first.

/**
 * `place` stands for the version of all files; modules come after those that they import, that of the component last.
 * @typedef {{ place: string, modules: [path: string, source: string][], style: string | null }} Pack
 * @typedef {import("./mounting.js").Run<unknown>} Run
 */

// This module may be there several times itself: another attempt to fetch a component has another address.
const SHARED = Symbol.for("modules of this page");
const shared = /** @type {Record<symbol, Map<string, string>>} */ (/** @type {unknown} */ (globalThis));

/** @type {Map<string, string>} addresses of modules by place and path */
const modules = (shared[SHARED] ??= new Map());

/**
 * The update of a component, see `mounting.js`.
 * @param {Response} answer with its pack
 */
export async function unpack(answer) {
  if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
  const { place, modules: packed, style } = /** @type {Pack} */ (await answer.json());
  const base = answer.url.slice(0, answer.url.lastIndexOf("/", answer.url.lastIndexOf("/") - 1) + 1);
  for (const [path, source] of packed) {
    const name = `${place}/${path}`;
    if (!modules.has(name)) modules.set(name, addressOf(linked(source, place, `${base}${path}`)));
  }
  const [last] = /** @type {Pack["modules"][number]} */ (packed.at(-1));
  const { default: update } = await import(/** @type {string} */ (modules.get(`${place}/${last}`)));
  return style === null ? update : withStyle(update, style);
}

/** @param {string} source */
const addressOf = (source) => URL.createObjectURL(new Blob([source], { type: "text/javascript" }));

/**
 * A module that imports what the page has. Where it asks for its address, and in the messages of browsers, it is the
 * one at which the server has it.
 * @param {string} source
 * @param {string} place
 * @param {string} address
 */
export function linked(source, place, address) {
  const found = source.replace(/"module:([^"]+)"/g, (_, path) => JSON.stringify(modules.get(`${place}/${path}`)));
  return `${found.replaceAll("import.meta.url", JSON.stringify(address))}\n//# sourceURL=${address}`;
}

/**
 * A component's update that lays its style on the document, or the shadow root, in which the component stands.
 * @param {(run: Run) => () => void} update
 * @param {string} text of the style
 */
export function withStyle(update, text) {
  const style = new CSSStyleSheet();
  style.replaceSync(text);

  /** @param {Run} run */
  return (run) => {
    const root = /** @type {Document | ShadowRoot} */ (run.parentElement.getRootNode());
    if (!root.adoptedStyleSheets.includes(style)) root.adoptedStyleSheets.push(style);
    return update(run);
  };
}
