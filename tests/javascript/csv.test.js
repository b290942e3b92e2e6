import assert from "node:assert/strict";
import { test } from "node:test";

import { cellsOf, csvFile, numberIn, textIn } from "../../core/ui/components/lib/csv.js";

test("numbers are read as several languages write them", () => {
  for (const text of ["1.5", "1,5", " +1.5 ", "15e-1", "1,50"]) assert.equal(numberIn(text), 1.5, text);
  for (const text of ["1.234,5", "1 234,5", "1\u00a0234,5", "1,234.5", "1'234.5", "1234.5"])
    assert.equal(numberIn(text), 1234.5, text);
  assert.equal(numberIn("\u22122"), -2);
  for (const text of ["(12)", "($12)", "-$12", "(12) \u20ac", "\u201312"]) assert.equal(numberIn(text), -12, text);
  assert.equal(numberIn("12,5 %"), 12.5);
  for (const text of ["", "a", "1.2.3", "1,2,3", "--1", "NaN", "Infinity", "1 2", "()", "(-1)", "%"])
    assert.ok(Number.isNaN(numberIn(text)), text);
});

test("cells are parted outside quotation marks", () => {
  assert.deepEqual(cellsOf('a,"b, c","say ""hi""",', ","), ["a", "b, c", 'say "hi"', ""]);
  assert.deepEqual(cellsOf('5" nail,b', ","), ['5" nail', "b"]);
  assert.deepEqual(cellsOf('"open,b', ","), ['"open', "b"]);
  assert.deepEqual(cellsOf("a, b,c", /, +/), ["a", "b,c"]);
  assert.deepEqual(cellsOf("a   b c", / +/), ["a", "b", "c"]);
  assert.deepEqual(cellsOf("", ";"), [""]);
  assert.deepEqual(cellsOf("a|b;c", ";"), ["a|b", "c"]);
});

test("a file is written as it is read, and no text becomes a formula", () => {
  const rows = [["name", 'x "1"'], ["a;b,c", -0.5], ["=1+1", 1e-9]];
  for (const [separator, decimal] of [[",", "."], [";", ","], [";", "."]]) {
    const lines = csvFile(rows, { separator, decimal }).split("\r\n");
    const cells = lines.slice(0, -1).map((line) => cellsOf(line, separator));
    assert.deepEqual(cells.map((row) => row[0]), ["name", "a;b,c", "'=1+1"]);
    assert.deepEqual([cells[0][1], numberIn(cells[1][1]), numberIn(cells[2][1])], ['x "1"', -0.5, 1e-9]);
  }
  assert.ok(!csvFile([["a"]], { separator: ",", decimal: "." }).startsWith("\ufeff"));
  assert.ok(csvFile([["ä"]], { separator: ",", decimal: "." }).startsWith("\ufeff"), "Excel needs the mark");
});

test("files are read in the letters in which spreadsheets save them", () => {
  const bytes = (/** @type {number[]} */ ...values) => Uint8Array.from(values).buffer;
  assert.equal(textIn(bytes(0x42, 0xe4, 0x72)), "Bär"); // Windows-1252, as a German Excel saves it
  assert.equal(textIn(bytes(0x42, 0xc3, 0xa4, 0x72)), "Bär");
  assert.equal(textIn(bytes(0xef, 0xbb, 0xbf, 0x42, 0xc3, 0xa4, 0x72)), "Bär");
  assert.equal(textIn(bytes(0xff, 0xfe, 0x42, 0, 0xe4, 0, 0x72, 0)), "Bär");
  assert.equal(textIn(bytes(0xfe, 0xff, 0, 0x42, 0, 0xe4, 0, 0x72)), "Bär");
  assert.equal(textIn(bytes()), "");
});
