import assert from "node:assert/strict";
import { test } from "node:test";

import { bytesOf, float32Of, int16Of } from "../../core/ui/components/lib/bytes.js";
import { coloured } from "../../core/ui/components/lib/painting.js";
import { fixed, MINUS, percent, scaleNumber } from "../../core/ui/components/lib/numbers.js";
import { gradientOf, largestOf, PAPER, readPalette, signedIndex, ZERO } from "../../core/ui/components/lib/palette.js";

const base64 = (bytes) => Buffer.from(bytes).toString("base64");

test("a byte is painted as a grey, or in the colour of its place", () => {
  assert.deepEqual([...coloured(Uint8Array.of(0, 128, 255))], [0, 0, 0, 255, 128, 128, 128, 255, 255, 255, 255, 255]);
  const colours = Array.from({ length: 256 }, (_, place) => [place, 255 - place, 7]).flat();
  assert.deepEqual([...coloured(Uint8Array.of(1, 200), readPalette(base64(colours)).words)],
    [1, 254, 7, 255, 200, 55, 7, 255]);
});

test("a number keeps its decimals and has a real minus, but no negative zero", () => {
  assert.equal(fixed(0.5, 3), "0.500");
  assert.equal(fixed(-12.3456, 2), `${MINUS}12.35`);
  assert.equal(fixed(-0.0004, 3), "0.000");
  assert.equal(fixed(-0.0006, 3), `${MINUS}0.001`);
  for (const none of [null, NaN, Infinity]) assert.equal(fixed(none, 3), "not a number");
});

test("a number of a scale has three digits at most", () => {
  assert.deepEqual([1, 0.12345, -2.5, 1234].map(scaleNumber), ["1", "0.123", `${MINUS}2.5`, "1230"]);
});

test("a percentage is never rounded up to certainty or down to nothing", () => { // as core/figures/percent.py
  const cases = /** @type {[number, number, string][]} */ ([[0.4567, 1, "45.7 %"], [0.99996, 1, "> 99.9 %"],
    [1, 1, "> 99.9 %"], [0.0002, 1, "< 0.1 %"], [0, 1, "< 0.1 %"], [0.9994, 1, "99.9 %"], [0.001, 1, "0.1 %"],
    [0.996, 0, "> 99 %"], [0.004, 0, "< 1 %"], [0.72, 0, "72 %"], [0.99996, 2, "> 99.99 %"]]);
  for (const [share, decimals, text] of cases) {
    const written = percent(share, decimals);
    assert.ok(!written.includes(" "), "a line would end there");
    assert.equal(written.replaceAll("\u00a0", " "), text);
  }
});

test("numbers come out of base64 as they went in", () => {
  assert.deepEqual([...bytesOf(base64([0, 1, 255]))], [0, 1, 255]);
  assert.deepEqual([...int16Of(base64(Int16Array.of(1, -1, 32767, -32768).buffer))], [1, -1, 32767, -32768]);
  assert.deepEqual([...float32Of(base64(Float32Array.of(0.5, -1e30).buffer))], [0.5, Math.fround(-1e30)]);
  assert.equal(float32Of("").length, 0);
});

test("signed values lie from one end of the palette to the other", () => { // as core/figures/palette.py
  assert.deepEqual([-1, -0.5, 0, 1, 9].map((value) => signedIndex(value, 1)), [0, 64, ZERO, 254, 254]);
  assert.equal(signedIndex(5, 0), ZERO);
  assert.equal(largestOf([0.5, -2, 1]), 2);
  assert.equal(largestOf([]), 0);
});

test("a palette gives its colours as bytes and as CSS", () => {
  const palette = readPalette(base64(Uint8Array.from({ length: 768 }, (_, i) => (i % 3 === 0 ? i / 3 : i % 3))));
  assert.deepEqual(palette.rgb(7), [7, 1, 2]);
  assert.equal(palette.css(PAPER), "rgb(255,1,2)");
  assert.deepEqual([...new Uint8Array(palette.words.buffer, 4 * 7, 4)], [7, 1, 2, 255]);
  assert.match(gradientOf(palette), /^linear-gradient\(to right, rgb\(0,1,2\), .*rgb\(127,1,2\).*rgb\(254,1,2\)\)$/);
});
