// What goes with every run of a page: it fetches a component's pack from our server (`serving.py`), which the browser
// does once, and hands every run over. `component.py` fills in the settings. Kept small on purpose.

/**
 * @typedef {import("./lib/mounting.js").Run<unknown>} Run
 * @type {{ place: string, name: string }}
 */
const { place, name } = JSON.parse("SETTINGS");

const LONGEST = 8000; // ms between two attempts

/** @type {Map<Element, Run>} the newest run; those that come before the module are not lost */
const newest = new Map();
/** @type {WeakMap<Element, () => void>} */
const ends = new WeakMap();
/** @type {Promise<(run: Run) => () => void> | null} */
let connecting = null;
let attempt = 0;

async function fetchComponent() {
  // Some browsers never ask again for an address that has failed once, so each attempt has addresses of its own.
  const base = new URL(`${place}/${attempt++}/`, document.baseURI);
  const [{ unpack }, pack] = await Promise.all([import(`${base}lib/packing.js`), fetch(`${base}${name}/${name}.json`)]);
  return unpack(pack);
}

/**
 * @param {Element} parent
 * @param {boolean} here
 */
const sayMissing = (parent, here) => parent.querySelector("[data-missing]")?.toggleAttribute("hidden", here);

/** Ask until it is here or nobody waits for it: a page that shows nothing new is not run again. */
async function fetchAgain() {
  for (let pause = 1000; ; pause = Math.min(2 * pause, LONGEST)) {
    try {
      return await fetchComponent();
    } catch (error) {
      console.info(`${name} is missing:`, error);
      if (!newest.size) throw error;
      if (attempt > 1) for (const parent of newest.keys()) sayMissing(parent, false);
    }
    await new Promise((done) => setTimeout(done, pause));
  }
}

/** @param {Run} run */
export default function (run) {
  const parent = run.parentElement;
  newest.set(parent, run);
  (connecting ??= fetchAgain()).then((update) => {
    if (newest.get(parent) !== run) return;
    sayMissing(parent, true);
    ends.set(parent, update(run));
  }, () => (connecting = null)); // another try with the next run
  return () => {
    newest.delete(parent);
    ends.get(parent)?.();
    ends.delete(parent);
  };
}
