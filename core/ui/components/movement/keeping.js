// The path that belongs to what is on the sheet. It follows Undo, Clear and a visit to another page, and it is dropped
// rather than guessed where nobody can say how a drawing was made.

/** @typedef {import("./steps.js").Stroke} Stroke */
/**
 * `drawing` numbers what is on the sheet and `strokes` says how many strokes of a person it has: 0 for a picture that
 * was chosen, null where they came back without their movement. `version` changes when the server lays something
 * else on the sheet.
 * @typedef {{ sheet: string, drawing: number, strokes: number | null, version: number }} OnSheet
 */

const KEPT = 20; // drawings whose movement is remembered, as many as Undo walks back

/** @type {Map<string, Stroke[]>} */
const remembered = new Map();

const keyOf = (/** @type {OnSheet} */ { sheet, drawing }) => `${sheet} ${drawing}`;

/**
 * @param {OnSheet} onSheet
 * @param {Stroke[]} strokes
 */
function remember(onSheet, strokes) {
  remembered.delete(keyOf(onSheet));
  remembered.set(keyOf(onSheet), strokes);
  for (const oldest of remembered.keys()) {
    if (remembered.size <= KEPT) break;
    remembered.delete(oldest);
  }
}

/**
 * The strokes that belong to what is on the sheet now.
 * @param {Stroke[]} strokes recorded since the sheet was last laid; the last one is unfinished while the pen is down
 * @param {boolean} drawing whether it is
 * @param {OnSheet | null} before what was on the sheet
 * @param {OnSheet} now
 */
export function strokesFor(strokes, drawing, before, now) {
  if (before && before.sheet === now.sheet && before.drawing === now.drawing) return strokes;
  if (!before || before.version !== now.version || before.sheet !== now.sheet) {
    return drawing ? strokes : (now.strokes && remembered.get(keyOf(now))?.slice()) || [];
  }
  const finished = drawing ? strokes.slice(0, -1) : strokes.slice();
  if (now.strokes === null || strokes.length < now.strokes) return drawing ? strokes : [];
  // Two quick strokes may reach the server as one: then nobody can say which strokes an earlier drawing had.
  if (finished.length === now.strokes) remember(now, finished);
  return strokes;
}
