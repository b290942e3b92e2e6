// A word that not everybody knows is a link whose title is its sentence: hover, focus and tap show it in a bubble.
// Words that stand where no link can be are listed at the end of the page, as such links.
import { element } from "../lib/elements.js";
import { mount } from "../lib/mounting.js";
import { fetchPatiently } from "../lib/patient_fetch.js";
import { finder, textsBelow } from "./words.js";

const BUBBLE = "glossary-bubble";

/**
 * Where a bubble stands: below its word, above where there is no room, and within the window.
 * @param {{ left: number, top: number, bottom: number }} word
 * @param {{ width: number, height: number }} bubble
 * @param {{ width: number, height: number }} view
 */
export function placeFor(word, bubble, view) {
  const left = Math.max(8, Math.min(word.left, view.width - bubble.width - 8));
  const fits = word.bottom + bubble.height <= view.height;
  return { left, top: fits ? word.bottom : Math.max(0, word.top - bubble.height) };
}

/** The bubble and the word that it explains. */
class Explaining {
  bubble = element("div");
  /** @type {HTMLElement | null} */
  word = null;

  /** @param {string} address where the links of words lead to */
  constructor(address) {
    this.address = address;
    this.bubble.id = BUBBLE;
    this.bubble.setAttribute("role", "tooltip");
    this.bubble.hidden = true;
    document.querySelector(".stApp")?.append(this.bubble); // where the colours of the theme are
    const ending = new AbortController();
    this.end = () => {
      ending.abort();
      this.bubble.remove();
    };
    /** @type {[string, (event: Event) => void][]} */
    const heard = [
      ["pointerover", (event) => this.pointed(event)],
      ["focusin", (event) => this.show(this.wordAt(event))],
      ["click", (event) => this.clicked(event)],
      ["keydown", (event) => /** @type {KeyboardEvent} */ (event).key === "Escape" && this.show(null)],
      // The browser scrolls to a word that gets the focus: that takes the sentence along.
      ["scroll", () => (this.word?.matches(":focus") ? this.place(this.word) : this.show(null))],
    ];
    for (const [name, listener] of heard) {
      document.addEventListener(name, listener, { capture: true, signal: ending.signal });
    }
  }

  /**
   * @param {Event} event
   * @returns {HTMLElement | null}
   */
  wordAt(event) {
    const inner = event.composedPath()[0]; // the document sees only the host of a shadow root
    return inner instanceof Element ? inner.closest(`a[href="${this.address}"]`) : null;
  }

  /** @param {Event} event */
  pointed(event) {
    const { pointerType } = /** @type {PointerEvent} */ (event);
    if (pointerType !== "mouse" || event.composedPath().includes(this.bubble)) return;
    const word = this.wordAt(event);
    if (word || !this.word?.matches(":focus")) this.show(word);
  }

  /** @param {Event} event */
  clicked(event) {
    if (event.composedPath().includes(this.bubble)) return;
    const word = this.wordAt(event);
    if (word) event.preventDefault(); // the address stays as it is
    this.show(word);
  }

  /** @param {HTMLElement | null} word */
  show(word) {
    if (word === this.word && word) return;
    this.word?.removeAttribute("aria-describedby");
    this.word = word;
    this.bubble.hidden = !word;
    if (!word) return;
    if (word.title) { // the browser would show it a second time
      word.dataset.sentence = word.title;
      word.removeAttribute("title");
    }
    this.bubble.textContent = word.dataset.sentence ?? "";
    word.setAttribute("aria-describedby", BUBBLE);
    this.place(word);
  }

  /** @param {HTMLElement} word */
  place(word) {
    const { left, top } = placeFor(
      word.getClientRects()[0], this.bubble.getBoundingClientRect(), { width: innerWidth, height: innerHeight },
    );
    Object.assign(this.bubble.style, { left: `${left}px`, top: `${top}px` });
  }
}

const PAUSE = 700; // ms from a change of the page to the next look at it
const MAIN = ".stMain";

/** The list of words that the page shows where it cannot explain them. */
class Listing {
  /** @type {ReturnType<typeof finder> | null} */
  find = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  timer = undefined;
  listed = "";
  /** @type {WeakSet<Node>} */
  watched = new WeakSet();
  changes = new MutationObserver(() => this.lookSoon());

  /**
   * @param {HTMLElement} root
   * @param {string} place where the links of words lead to
   * @param {string} address of the glossary
   */
  constructor(root, place, address) {
    this.root = root;
    this.place = place;
    this.fetch(address).catch((error) => console.info("The glossary is missing:", error));
  }

  /** @param {string} address */
  async fetch(address) {
    this.find = finder(JSON.parse(new TextDecoder().decode(await fetchPatiently(address))));
    this.lookSoon();
  }

  lookSoon() {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.look();
    }, PAUSE);
  }

  /** @param {Node} node */
  watch(node) {
    if (this.watched.has(node)) return;
    this.watched.add(node);
    this.changes.observe(node, { subtree: true, childList: true, characterData: true });
  }

  look() {
    const main = document.querySelector(MAIN);
    if (!main || !this.find || !this.root.isConnected) return;
    this.watch(main);
    const own = this.root.getRootNode();
    const enter = (/** @type {ShadowRoot} */ root) => {
      if (root !== own) this.watch(root);
      return root !== own;
    };
    /** @type {Map<string, import("./words.js").Word>} */
    const bare = new Map();
    const marked = new Set();
    for (const [text, box] of textsBelow(main, enter)) {
      const carries = box.closest(`a[href="${this.place}"]`);
      for (const word of this.find(text)) carries ? marked.add(word.title) : bare.set(word.title, word);
    }
    this.list([...bare.values()].filter(({ title }) => !marked.has(title)));
  }

  /** @param {import("./words.js").Word[]} words */
  list(words) {
    words.sort((one, other) => one.title.localeCompare(other.title));
    const listed = words.map(({ title }) => title).join();
    if (listed === this.listed) return;
    this.listed = listed;
    const links = words.flatMap(({ title, sentence }) => {
      const link = Object.assign(element("a", "", title), { href: this.place, title: sentence });
      return [" ", link];
    });
    this.root.replaceChildren(...(words.length ? ["Words on this page:", ...links] : []));
    const host = /** @type {ShadowRoot} */ (this.root.getRootNode()).host;
    host?.closest(".st-key-glossary")?.toggleAttribute("data-listed", words.length > 0);
  }

  end() {
    clearTimeout(this.timer);
    this.changes.disconnect();
  }
}

/** @param {HTMLElement} root */
function createGlossary(root) {
  /** @type {Explaining | null} */
  let explaining = null;
  /** @type {Listing | null} */
  let listing = null;
  return {
    /** @param {import("../lib/mounting.js").Run<{ place: string, words: string }>} run */
    update({ data }) {
      explaining ??= new Explaining(data.place);
      listing ??= new Listing(root, data.place, data.words);
      listing.lookSoon();
    },
    end() {
      explaining?.end();
      listing?.end();
    },
  };
}

export default mount("glossary", createGlossary);
