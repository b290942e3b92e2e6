import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";

import { clock, durationOf, frequencyOf, soundingNotes } from "../../core/ui/components/score/music.js";
import abcjs from "../../core/ui/components/score/vendor/abcjs.js";
import { build, FROM, TO } from "./vendored.js";

const soundsOf = (abc, speed = 1) => soundingNotes(abcjs.parseOnly(abc)[0], speed);

test("the shipped abcjs is the one of package.json", { skip: !existsSync(FROM) }, () => {
  assert.ok(readFileSync(TO, "utf8") === build(), "`npm run abcjs` makes another file");
});

test("the shipped abcjs is of the version that package.json names", () => {
  const wanted = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")).devDependencies.abcjs;
  assert.ok(readFileSync(TO, "utf8").includes(`abcjs_basic v${wanted} `));
});

test("a pitch has its frequency", () => {
  assert.equal(frequencyOf(69), 440);
  assert.equal(frequencyOf(81), 880);
  assert.ok(Math.abs(frequencyOf(60) - 261.6256) < 1e-4); // middle C
});

test("notes follow each other, as long as they are written", () => {
  const notes = soundsOf("M:4/4\nL:1/4\nK:C\nA A2 z|");
  assert.deepEqual(notes.map(({ frequency }) => frequency), [440, 440]);
  assert.ok(Math.abs(notes[1].at - notes[0].length) < 1e-9);
  assert.ok(Math.abs(notes[1].length - 2 * notes[0].length) < 1e-9);
  assert.deepEqual(notes.map(({ char }) => char), [16, 18]);
});

test("a repeat is heard twice, and double speed takes half the time", () => {
  const once = durationOf(soundsOf("M:4/4\nL:1/4\nK:C\nABcd|"));
  const twice = durationOf(soundsOf("M:4/4\nL:1/4\nK:C\n|:ABcd:|"));
  assert.ok(Math.abs(twice - 2 * once) < 1e-9);
  assert.ok(Math.abs(durationOf(soundsOf("M:4/4\nL:1/4\nK:C\nABcd|", 2)) - once / 2) < 1e-9);
});

test("chords accompany and lead to no place in the text", () => {
  const notes = soundsOf("M:4/4\nL:1/4\nK:C\n\"C\"cegc'|\"G7\"bgdB|");
  const melody = notes.filter(({ char }) => char !== null);
  assert.equal(melody.length, 8);
  assert.ok(notes.length > melody.length);
  assert.ok(notes.filter(({ char }) => char === null).every(({ loudness }) => loudness < melody[0].loudness));
});

test("text that is hardly music is silent, and a tune without a metre sounds", () => {
  for (const abc of ["M:4/4\nK:C\n|3", "M:0/0\nK:C\nabc|", "", "K:C\n", "M:4/4\nL:1/0\nK:C\nabc"]) {
    const notes = soundsOf(abc);
    assert.ok(notes.every(({ at, length }) => Number.isFinite(at) && Number.isFinite(length) && length > 0), abc);
    assert.ok(Number.isFinite(durationOf(notes)), abc);
  }
  assert.deepEqual(soundsOf("M:4/4\nK:C\n|3"), []);
  assert.equal(soundsOf("M:none\nL:1/8\nK:C\nabc|").length, 3);
});

test("times are minutes and seconds", () => {
  assert.equal(clock(0), "0:00");
  assert.equal(clock(75.9), "1:15");
});
