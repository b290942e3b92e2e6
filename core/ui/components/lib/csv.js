// CSV as spreadsheets of several languages write and read it. Knows no page.

/**
 * @typedef {object} CsvStyle
 * @property {string} separator between columns
 * @property {string} decimal before the decimals of a number
 */

/**
 * The number in a text, NaN where there is none. Decimal commas are understood, and thousands that are grouped before
 * decimals: 1.234,5 and 1,234.5; so are signs of currencies and percent, and (12) as spreadsheets write -12.
 * @param {string} text
 * @returns {number}
 */
export function numberIn(text) {
  const bare = text.trim().replace(/[\u2212\u2013]/, "-").replace(/^\p{Sc}\s*|\s*[\p{Sc}%\u2030]$/gu, "");
  const plain = bare.replace(/^\((.+)\)$/, "-$1").replace(/^-\p{Sc}\s*/u, "-");
  if (/^[+-]?\d{1,3}([.\u00a0\u202f ']\d{3})+,\d+$/.test(plain))
    return Number(plain.replace(/[.\u00a0\u202f ']/g, "").replace(",", "."));
  if (/^[+-]?\d{1,3}([,' ]\d{3})+\.\d+$/.test(plain)) return Number(plain.replace(/[,' ]/g, ""));
  if (/^[+-]?(\d+[.,]?\d*|[.,]\d+)(e[+-]?\d+)?$/i.test(plain)) return Number(plain.replace(",", "."));
  return Number.NaN;
}

/**
 * The text of a file as spreadsheets save it: UTF-8, UTF-16 with its mark, or else Windows' own Western letters.
 * @param {ArrayBuffer} bytes
 * @returns {string}
 */
export function textIn(bytes) {
  const [first, second] = new Uint8Array(bytes);
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/**
 * The cells of a line; a cell in quotation marks may hold the separator.
 * @param {string} line
 * @param {string | RegExp} separator
 * @returns {string[]}
 */
export function cellsOf(line, separator) {
  const sign = new RegExp(typeof separator === "string" ? separator : separator.source);
  /** @type {string[]} */ const cells = [];
  let rest = line;
  for (;;) {
    const quoted = /^\s*"((?:[^"]|"")*)"\s*/.exec(rest);
    const behind = quoted ? rest.slice(quoted[0].length) : "";
    if (quoted && (!behind || behind.search(sign) === 0)) {
      cells.push(quoted[1].replaceAll('""', '"').trim());
      rest = behind;
    } else {
      const end = rest.search(sign);
      cells.push((end < 0 ? rest : rest.slice(0, end)).trim());
      rest = end < 0 ? "" : rest.slice(end);
    }
    if (!rest) return cells;
    rest = rest.slice(sign.exec(rest)?.[0].length);
  }
}

/**
 * Rows as a file.
 * @param {(string | number)[][]} rows
 * @param {CsvStyle} style
 * @returns {string}
 */
export function csvFile(rows, { separator, decimal }) {
  const written = (/** @type {string | number} */ cell) => {
    if (typeof cell === "number") return String(cell).replace(".", decimal);
    const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell; // no spreadsheet shall take it for a formula
    return /[",;\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const file = rows.map((row) => `${row.map(written).join(separator)}\r\n`).join("");
  return /[^\0-\x7f]/.test(file) ? `\ufeff${file}` : file; // Excel needs a mark to read accents
}
