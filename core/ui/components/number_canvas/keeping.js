// The browser keeps the drawing for a session that knows nothing of it, after a reload for example.
import { keep, keepOrReturn } from "../lib/kept.js";

/** @typedef {{ sheet: string, asked: string, picture: string | null, own: boolean }} Laid what Python has laid */

const NAME = "number";

/** @param {Laid} laid */
const sheetOf = ({ sheet, asked, picture, own }) => ({ sheet, asked, content: own ? picture : null });

/**
 * Keep what is drawn.
 * @param {Laid} laid
 * @param {string} picture empty where nobody has drawn on what was laid
 */
export function keepDrawing(laid, picture) {
  const sheet = sheetOf(laid);
  keep(NAME, { ...sheet, content: picture || sheet.content });
}

/**
 * Keep what was laid; on a new sheet, tell of what was kept of an earlier one.
 * @param {Laid} laid
 * @param {(picture: string) => void} tell
 */
export const keepLaid = (laid, tell) => keepOrReturn(NAME, sheetOf(laid), tell);
