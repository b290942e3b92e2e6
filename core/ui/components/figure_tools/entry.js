// A presented figure is an entry of its own in the browser's history: Back takes it away and leaves the page as it is.

const KEPT = Symbol.for("playground-presented");
const MARK = "presented"; // in the state of an entry that was made here: the page lies below it
const NAME = "present"; // in the address, as core/ui/state/presented.py has it

/** @typedef {{ address: string }} Kept the address that is shown */

/**
 * Follow the address: when the browser tells of Back, the address of the entry that was left is gone.
 * @returns {Kept}
 */
function follow() {
  const marked = /** @type {History & { [KEPT]?: Kept }} */ (history);
  if (marked[KEPT]) return marked[KEPT];
  const kept = { address: window.location.href };
  marked[KEPT] = kept;
  const push = history.pushState.bind(history);
  const replace = history.replaceState.bind(history);
  history.pushState = (state, unused, address) => {
    push(state, unused, address);
    kept.address = window.location.href;
  };
  history.replaceState = (state, unused, address) => {
    replace({ ...history.state, ...state }, unused, address); // Streamlit's state is empty: the mark stays
    kept.address = window.location.href;
  };
  window.addEventListener("popstate", () => {
    kept.address = window.location.href;
  });
  return kept;
}

/** @param {URL} address */
const presentedIn = (address) => address.searchParams.get(NAME);

/**
 * @param {string} address
 * @param {string | null} name
 */
function presenting(address, name) {
  const other = new URL(address);
  if (name === null) other.searchParams.delete(NAME);
  else other.searchParams.set(NAME, name);
  return other;
}

/**
 * Whether Back or Forward leads to a figure or away from it; null where it does neither, or to another page.
 * @param {string} before
 * @param {string} now
 * @param {string} name of the figure
 */
export function turn(before, now, name) {
  const [left, reached] = [new URL(before), new URL(now)];
  const [was, is] = [presentedIn(left) === name, presentedIn(reached) === name];
  return left.origin + left.pathname !== reached.origin + reached.pathname || was === is ? null : is;
}

/**
 * @param {() => string} name of the figure
 * @param {(wanted: boolean) => void} tell whether Back or Forward shows the figure alone, or in its place
 * @param {AddEventListenerOptions} options
 */
export function historyEntry(name, tell, options) {
  const kept = follow();
  let leaving = false;
  /** @type {{ wanted: boolean, address: URL } | null} */
  let turned = null;
  // Streamlit would run the page with the settings of the entry that is reached. It does not where nothing but a place
  // on the page (#) has changed; listeners that capture hear of Back before its own does.
  window.addEventListener("popstate", () => {
    const before = kept.address;
    const wanted = turn(before, window.location.href, name());
    if (wanted === null) return;
    turned = { wanted, address: presenting(before, wanted ? name() : null) };
    const place = new URL(before);
    place.hash = NAME;
    history.replaceState(history.state, "", place);
  }, { signal: options.signal, capture: true });
  window.addEventListener("popstate", () => {
    leaving = false;
    if (!turned) return;
    const { wanted, address } = turned;
    turned = null;
    history.replaceState(history.state, "", address);
    tell(wanted);
  }, options);
  return {
    /** The figure is shown alone: Back shall lead to the page. */
    enter() {
      const here = new URL(window.location.href);
      if (presentedIn(here) === name()) return; // a second click
      // Not `history.pushState`, which replaces the address (`page_history`).
      History.prototype.pushState.call(history, { [MARK]: true }, "", presenting(here.href, name()));
      kept.address = window.location.href;
    },
    /**
     * Go back to the entry of the page, if this one was made above it: `tell` hears of it. Return whether it is so;
     * a link that was opened has nothing of ours below it.
     */
    leave() {
      if (!history.state?.[MARK]) return false;
      if (!leaving) history.back();
      leaving = true;
      return true;
    },
  };
}
