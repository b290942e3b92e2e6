// What the browser keeps of a sheet for this tab, so that a session that knows nothing of it can have it again.

/** @typedef {{ sheet: string, content: string | null, asked: string }} Kept `asked` is what the address asks for */

/** @param {string} name */
const placeOf = (name) => `playground-${name}`;

/**
 * @param {string} name of the kind of sheet; one of each is kept
 * @returns {Kept | null}
 */
function readKept(name) {
  try {
    return JSON.parse(sessionStorage.getItem(placeOf(name)) ?? "null");
  } catch {
    return null; // no storage, or what is there is not ours
  }
}

/**
 * @param {string} name
 * @param {Kept} sheet
 */
export function keep(name, { sheet, content, asked }) {
  try {
    sessionStorage.setItem(placeOf(name), JSON.stringify({ sheet, content, asked }));
  } catch {
    // no storage: nothing is kept
  }
}

/**
 * What an earlier sheet gives to this one, or null. What the address asks for comes first.
 * @param {Kept | null} kept
 * @param {Kept} sheet
 */
export function inherited(kept, sheet) {
  if (!kept?.content || kept.sheet === sheet.sheet || kept.content === sheet.content) return null;
  return sheet.asked && sheet.asked !== kept.asked ? null : kept.content;
}

/**
 * Keep what is on a sheet. On a new one, tell of what was kept of an earlier one, and go on keeping that.
 * @param {string} name
 * @param {Kept} sheet
 * @param {(content: string) => void} tell
 */
export function keepOrReturn(name, sheet, tell) {
  const content = inherited(readKept(name), sheet);
  keep(name, content === null ? sheet : { ...sheet, content });
  if (content !== null) tell(content);
}
