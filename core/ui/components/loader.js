// What goes with every run of a page: it fetches a component's module and style from our server (`serving.py`), which
// the browser does once, and hands every run over. `component.py` fills in the settings. Kept small on purpose.

/**
 * @typedef {import("./lib/mounting.js").Run<unknown>} Run
 * @type {{ place: string, name: string, styled: boolean }}
 */
const { place, name, styled } = JSON.parse("SETTINGS");

/** @type {WeakMap<Element, Run | null>} the newest run; those that come before the module are not lost */
const newest = new WeakMap();
/** @type {WeakMap<Element, () => void>} */
const ends = new WeakMap();
/** @type {Promise<(run: Run) => () => void> | null} */
let connecting = null;
let attempt = 0;

async function fetchComponent() {
  // Some browsers never ask again for an address that has failed once, so each attempt has addresses of its own.
  const base = new URL(`${place}/${attempt++}/`, document.baseURI);
  const files = `${base}${name}/${name}`;
  const [{ withStyle }, { default: update }, style] = await Promise.all([
    import(`${base}lib/mounting.js`), import(`${files}.js`), styled ? fetch(`${files}.css`) : null,
  ]);
  return withStyle(update, style);
}

const fetchPatiently = () => fetchComponent().catch(async () => {
  await new Promise((resolve) => setTimeout(resolve, 1000));
  return fetchComponent();
});

/**
 * @param {Element} parent
 * @param {boolean} missing
 */
function sayMissing(parent, missing) {
  const message = parent.querySelector("[data-missing]");
  message?.toggleAttribute("hidden", !missing);
}

/** @param {Run} run */
export default function (run) {
  const parent = run.parentElement;
  newest.set(parent, run);
  (connecting ??= fetchPatiently()).then((update) => {
    if (newest.get(parent) !== run) return;
    sayMissing(parent, false);
    ends.set(parent, update(run));
  }, (error) => {
    connecting = null; // another try with the next run
    console.info(`The component ${name} is missing:`, error);
    sayMissing(parent, newest.get(parent) === run);
  });
  return () => {
    newest.delete(parent);
    ends.get(parent)?.();
    ends.delete(parent);
  };
}
