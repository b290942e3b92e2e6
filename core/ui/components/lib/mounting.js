// How a component meets Streamlit: it is made once for its element, and updated with every run of the page.

/**
 * What Streamlit hands over with every run. `setStateValue` and `setTriggerValue` send a value to Python; a trigger is
 * there for one run only.
 * @template Data
 * @typedef {{
 *   data: Data,
 *   parentElement: HTMLElement,
 *   setStateValue: (name: string, value: unknown) => void,
 *   setTriggerValue: (name: string, value: unknown) => void,
 * }} Run
 */

/**
 * @template Data
 * @typedef {{ update: (run: Run<Data>) => void, end?: () => void }} Mounted
 */

/**
 * The default export of a component's module.
 * @template Data
 * @param {string} className of the element that Python has put there
 * @param {(root: HTMLElement) => Mounted<Data>} create is called once for an element; `end` when it goes
 */
export function mount(className, create) {
  /** @type {WeakMap<HTMLElement, Mounted<Data>>} */
  const all = new WeakMap();

  /** @param {Run<Data>} run */
  return (run) => {
    const root = /** @type {HTMLElement} */ (run.parentElement.querySelector(`.${className}`));
    const mounted = all.get(root) ?? create(root);
    all.set(root, mounted);
    mounted.update(run);
    return () => {
      mounted.end?.();
      all.delete(root);
      root.replaceChildren();
    };
  };
}

/**
 * A component's update that lays its style on the document, or the shadow root, in which the component stands.
 * @param {(run: Run<unknown>) => () => void} update
 * @param {Response | null} answer with the style
 */
export async function withStyle(update, answer) {
  if (!answer) return update;
  if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
  const style = new CSSStyleSheet();
  style.replaceSync(await answer.text());

  /** @param {Run<unknown>} run */
  return (run) => {
    const root = /** @type {Document | ShadowRoot} */ (run.parentElement.getRootNode());
    if (!root.adoptedStyleSheets.includes(style)) root.adoptedStyleSheets.push(style);
    return update(run);
  };
}
