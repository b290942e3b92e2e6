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
