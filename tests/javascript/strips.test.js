import assert from "node:assert/strict";
import { test } from "node:test";

import { axisTexts } from "../../core/ui/components/strips/elements.js";
import { cellAt, cellBox, columnBox, GUTTER, headerOf, HEADERS, layOut, letteringOf, stepFrom }
  from "../../core/ui/components/strips/layout.js";
import { isLetter } from "../../core/ui/components/strips/lettering.js";
import { listen } from "../../core/ui/components/strips/pointing.js";
import { readTrack, valueText } from "../../core/ui/components/strips/tracks.js";

const TRACKS = [{ kind: "line" }, { kind: "heat", rows: 4 }, { kind: "bars" }];

test("the height follows from the tracks and from how high the words stand", () => {
  const heights = [0, 1, 7, 200].map((count) => layOut(TRACKS, count, 800, 1).height);
  assert.equal(new Set(heights).size, 1);
  assert.ok(layOut([...TRACKS, { kind: "bars" }], 7, 800, 1).height > heights[0]);
  assert.equal(layOut(TRACKS, 7, 800, 1, HEADERS[2]).height - heights[0], HEADERS[2] - HEADERS[0]);
});

test("words have the room they need, in steps, and no more", () => {
  const [upright, turned] = [{ upright: true, size: 16 }, { upright: false, size: 15 }];
  assert.equal(headerOf([3, 5], upright), HEADERS[0]);
  assert.equal(headerOf([1, 2], turned), HEADERS[0]);
  assert.equal(headerOf([1, 3.5], turned), HEADERS[1]);
  assert.equal(headerOf([30], turned), HEADERS[2]); // cut short
  assert.equal(headerOf([], upright), HEADERS[0]); // a sentence says that there is nothing
});

test("columns fill the room, become narrower in steps, and end on pixels of the screen", () => {
  const widths = Array.from({ length: 60 }, (_, count) => layOut(TRACKS, count + 1, 800, 1.5).column);
  for (const width of widths) assert.ok(Number.isInteger(Math.round(width * 1.5 * 1e6) / 1e6));
  assert.ok(widths.every((width, i) => i === 0 || width <= widths[i - 1]));
  assert.ok(new Set(widths).size < 20);
  widths.forEach((width, i) => assert.ok(width === 9 || width * (i + 1) <= 800 - GUTTER));
});

test("a point of the sheet is a cell, and a cell is where it was pointed at", () => {
  const layout = layOut(TRACKS, 5, 600, 1);
  for (const track of [0, 1, 2]) {
    for (const row of track === 1 ? [0, 3] : [null]) {
      const [left, top, width, height] = cellBox(layout, { word: 2, track, row });
      assert.deepEqual(cellAt(layout, left + width / 2, top + height / 2), { word: 2, track, row });
    }
  }
  assert.deepEqual(cellAt(layout, GUTTER + 1, HEADERS[0] - 1), { word: 0, track: -1, row: null });
  assert.deepEqual(cellAt(layout, GUTTER + 1, HEADERS[0] + 1), { word: 0, track: null, row: null }); // a title
  for (const [x, y] of [[GUTTER - 1, 20], [GUTTER + 5 * layout.column, 20], [GUTTER + 1, -1], [GUTTER + 1, 9999]]) {
    assert.equal(cellAt(layout, x, y), null);
  }
  assert.deepEqual(columnBox(layout, 1, 3).filter((_, i) => i % 2 === 0), [GUTTER + layout.column, 2 * layout.column]);
});

test("keys lead from line to line and from word to word, and never off the sheet", () => {
  const layout = layOut(TRACKS, 3, 600, 1);
  const walk = (keys) => keys.reduce((cell, key) => stepFrom(layout, cell, key), null);
  assert.deepEqual(walk(["ArrowRight"]), { track: 0, row: null, word: 0 }); // the first key only shows where one is
  assert.deepEqual(walk(["ArrowDown", "ArrowDown", "ArrowDown", "End"]), { track: 1, row: 1, word: 2 });
  assert.deepEqual(walk(["x", "ArrowUp", "ArrowUp", "ArrowLeft"]), { track: -1, row: null, word: 0 });
  assert.deepEqual(walk(["x", ...Array(9).fill("ArrowDown"), "ArrowRight"]), { track: 2, row: null, word: 1 });
  assert.deepEqual(stepFrom(layout, { track: 1, row: 9, word: 9 }, ""), { track: -1, row: null, word: 2 }); // gone
  assert.equal(stepFrom(layOut(TRACKS, 0, 600, 1), null, "ArrowDown"), null);
});

test("words stand upright where they fit, and are turned where they do not", () => {
  assert.deepEqual(letteringOf([3], 60, false), { upright: true, close: false, size: 16 });
  assert.deepEqual(letteringOf([9], 40, false), { upright: false, close: false, size: 15 });
  assert.equal(letteringOf([30], 64, false).upright, true); // cut short instead
  assert.deepEqual(letteringOf([0.5], 9, true), { upright: true, close: true, size: 9 });
  assert.ok(["a", "日", "\u{1F600}", "\u{1F468}\u200D\u{1F469}\u200D\u{1F467}"].every(isLetter));
  assert.ok(!["an", "", "日本"].some(isLetter));
});

const base64 = (array) => Buffer.from(array.buffer).toString("base64");
const HEAT = { kind: "heat", title: "Hidden", name: "hidden", rows: 2, rowName: "unit", path: [], palette: "signed",
  limit: 1, decimals: 3, places: base64(Uint8Array.of(0, 127, 254, 255)),
  numbers: base64(Int16Array.of(-1000, 0, 1234, -32768)) };

test("what a track says of a word", () => {
  const heat = readTrack(HEAT, 2);
  assert.deepEqual([...heat.places], [0, 127, 254, 255]);
  assert.equal(valueText(heat, 0, 0), "unit 0: \u22121.000");
  assert.equal(valueText(heat, 1, 0), "unit 1: 1.234");
  assert.equal(valueText(heat, 1, 1), "unit 1: not a number");
  const bars = { kind: "bars", title: "b", values: [0.5, null], limit: 1, unit: "%", signed: false };
  assert.equal(valueText(bars, null, 0), "0.500 %");
  assert.equal(valueText({ ...bars, unit: "" }, null, 1), "not a number");
  assert.equal(valueText({ kind: "line", title: "l", values: [0.25], low: "no", high: "yes" }, null, 0), "yes 0.250");
});

test("the ends of every axis", () => {
  const bars = { kind: "bars", limit: 2.5, unit: "%", signed: true };
  assert.deepEqual(axisTexts(bars), ["2.5 %", "0", "\u22122.5 %"]);
  assert.deepEqual(axisTexts({ ...bars, signed: false, unit: "" }), ["2.5", "", "0"]);
  assert.deepEqual(axisTexts(HEAT), ["unit 0", "", "1"]);
  assert.deepEqual(axisTexts({ ...HEAT, rows: 1 }), ["unit 0", "", ""]);
  assert.deepEqual(axisTexts({ kind: "line", low: "no", high: "yes" }), ["yes", "0.5", "no"]);
});

/** A sheet whose cells are the events themselves, and what it was told. */
function listening(marking = true) {
  const [sheet, seen] = [{ setPointerCapture() {} }, []];
  listen(sheet, {
    cellUnder: ({ cell }) => cell,
    stepFrom: (cell, key) => ({ word: (cell?.word ?? -1) + (key === "ArrowRight" ? 1 : 0), track: 0, row: 1 }),
    marking: () => marking,
    point: (cell, byKey) => seen.push(["point", cell?.word ?? null, byKey]),
    choose: ({ word }) => seen.push(["choose", word]),
    preview: (span) => seen.push(["preview", span]),
    mark: (span, moved) => seen.push(["mark", span, moved]),
  });
  return { sheet, seen };
}

const header = (word) => ({ button: 0, cell: { word, track: -1, row: null } });
const key = (name, more = {}) => ({ key: name, preventDefault() {}, ...more });

test("a drag over words marks them in either direction, and its click chooses nothing", () => {
  const { sheet, seen } = listening();
  sheet.onpointerdown(header(4));
  sheet.onpointermove(header(2));
  sheet.onpointermove(header(2));
  sheet.onpointermove({ cell: null });
  sheet.onpointerup();
  sheet.onclick(header(2));
  assert.deepEqual(seen, [["preview", [4, 5]], ["preview", [2, 5]], ["mark", [2, 5], true]]);
});

test("a click points and chooses; without marking, in the header too", () => {
  const { sheet, seen } = listening(false);
  sheet.onpointerdown(header(3));
  sheet.onpointerup();
  sheet.onclick(header(3));
  assert.deepEqual(seen, [["point", 3, false], ["choose", 3]]);
});

test("keys point, Enter chooses, Shift marks, Escape leaves", () => {
  const { sheet, seen } = listening();
  sheet.onkeydown(key("ArrowRight"));
  sheet.onkeydown(key("Enter"));
  sheet.onkeydown(key("ArrowRight", { shiftKey: true }));
  sheet.onkeyup(key("Shift"));
  sheet.onkeydown(key("Escape"));
  sheet.onkeydown(key("ArrowRight", { ctrlKey: true }));
  assert.deepEqual(seen, [["point", 0, true], ["choose", 0], ["preview", [0, 2]], ["point", 1, true],
    ["mark", [0, 2], true], ["point", null, true]]);
});
