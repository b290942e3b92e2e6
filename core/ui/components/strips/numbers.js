// Numbers as they arrive and as they are read. Knows nothing of the page.

const NOT_A_NUMBER = -32768;

function bytesOf(base64) {
  const letters = atob(base64);
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = letters.charCodeAt(i); // several times faster than Uint8Array.from
  return bytes;
}

/** Whole numbers of two bytes, the low one first. */
function wholesOf(base64) {
  const bytes = bytesOf(base64);
  const wholes = new Int16Array(bytes.length / 2);
  for (let i = 0; i < wholes.length; i++) wholes[i] = bytes[2 * i] | (bytes[2 * i + 1] << 8);
  return wholes;
}

/** 256 colours: as the words that an ImageData is written in, and as CSS. */
function readPalette(base64) {
  const bytes = bytesOf(base64);
  const colours = new Uint8ClampedArray(256 * 4);
  for (let i = 0; i < 256; i++) colours.set([bytes[3 * i], bytes[3 * i + 1], bytes[3 * i + 2], 255], 4 * i);
  const css = (place) => `rgb(${bytes.subarray(3 * place, 3 * place + 3).join()})`;
  return { words: new Uint32Array(colours.buffer), css };
}

/** A number with so many decimals and a minus sign as wide as a plus. */
function fixed(value, decimals = 3) {
  if (value === null || !Number.isFinite(value)) return "not a number";
  return value.toFixed(decimals).replace(/^-(?=[0.]*[1-9])/, "\u2212").replace(/^-/, "");
}

/** A number for a scale: no more digits than it needs. */
function short(value) {
  return String(Number(value.toPrecision(3))).replace("-", "\u2212");
}

/** What a track says of a word, and of a row where it has rows. */
function told(track, row, word) {
  if (track.kind === "heat") {
    const whole = track.wholes[row * track.columns + word];
    const value = whole === NOT_A_NUMBER ? null : whole / 10 ** track.decimals;
    return `${track.rowName} ${row}: ${fixed(value, track.decimals)}`;
  }
  const value = fixed(track.values[word]);
  if (track.kind === "bars") return track.unit ? `${value} ${track.unit}` : value;
  return `${track.high} ${value}`;
}
