// Which words of the glossary stand on a page without their sentence: in what components draw, in the names of
// sections, in descriptions of charts. `core/glossary.py` marks all others, and finds words by the same rule.

/** @typedef {{ title: string, forms: string[], sentence: string }} Word */

const escaped = (/** @type {string} */ text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/**
 * What finds words in a text without markup. A form that begins with a small letter is found with a capital, too.
 * @param {Word[]} words
 * @returns {(text: string) => Word[]} each once
 */
export function finder(words) {
  const byForm = new Map(words.flatMap((word) => word.forms.map((form) => [form, word])));
  const forms = [...byForm.keys()].sort((one, other) => other.length - one.length);
  const written = forms.map((form) => `[${form[0]}${form[0].toUpperCase()}]${escaped(form.slice(1))}`);
  const pattern = new RegExp(`\\b(?<!-)(?:${written.join("|")})(?![\\w-])`, "g");
  const wordOf = (/** @type {string} */ form) => byForm.get(form) ?? byForm.get(form[0].toLowerCase() + form.slice(1));
  return (text) => [...new Set((text.match(pattern) ?? []).map(wordOf))].filter((word) => word !== undefined);
}

const LEFT_ALONE = "style, script, code, .katex, textarea";
const HELP = "[data-testid=stTooltipIcon], [data-testid=stTooltipHoverTarget]"; // it has the sentences of its control

/** @param {Element} box */
function isSeen(box) {
  if (box.closest(LEFT_ALONE)) return false;
  return (box.closest("select") ?? box).checkVisibility();
}

/** @param {Element} box */
function isHelped(box) {
  const helps = box.closest("[data-testid=stElementContainer]")?.querySelectorAll(HELP) ?? [];
  return [...helps].some((help) => help.checkVisibility()); // a label that is not seen has none
}

/**
 * Yield what a reader meets below an element, also within components: texts, and descriptions of pictures.
 * @param {Element | ShadowRoot} top
 * @param {(root: ShadowRoot) => boolean} enter told every shadow root; whether to look into it
 * @returns {Generator<[string, Element]>}
 */
export function* textsBelow(top, enter) {
  const walker = document.createTreeWalker(top, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node instanceof Element) {
      const described = node.matches("[role=img], canvas") ? node.getAttribute("aria-label") : null;
      if (described && isSeen(node)) yield [described, node];
      if (node.shadowRoot && enter(node.shadowRoot)) yield* textsBelow(node.shadowRoot, enter);
    } else if (node.nodeValue?.trim()) {
      const box = node.parentElement;
      if (box && isSeen(box) && !isHelped(box)) yield [node.nodeValue, box];
    }
  }
}
