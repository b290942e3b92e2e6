// What the browser keeps of a sheet for this tab, so that a session that knows nothing of it can have it again.

/** @typedef {{ sheet: string, content: string | null, asked: string }} Kept `asked` is what the address asks for */

const [WAIT, TRIES] = [3000, 3]; // ms until what was told and not taken is told again

/** @type {Map<string, ReturnType<typeof setTimeout>>} what was told, until something else is kept */
const told = new Map();

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
  clearTimeout(told.get(name));
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
 * A page that is busy may not hear what it is told.
 * @param {string} name
 * @param {() => void} tell
 * @param {number} tries that are left
 */
function tellUntilTaken(name, tell, tries = TRIES) {
  tell();
  if (tries > 1) told.set(name, setTimeout(tellUntilTaken, WAIT, name, tell, tries - 1));
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
  if (content !== null) tellUntilTaken(name, () => tell(content));
}
