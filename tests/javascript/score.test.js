import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";

import { clock, durationOf, frequencyOf, soundingNotes } from "../../core/ui/components/score/music.js";
import { play } from "../../core/ui/components/score/playing.js";
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

/** A browser's sound that stands still until `sounds` is called, and what became of a tune of four seconds. */
function listen(t) {
  let step = () => {};
  t.mock.method(globalThis, "setInterval", (act) => { step = act; });
  t.mock.method(globalThis, "clearInterval", () => { step = () => {}; });
  let passed = 0;
  t.mock.method(performance, "now", () => passed);
  let began = null;
  const [heard, seen, silences] = [[], [], []];
  const node = { connect: (other) => other, start: (at) => heard.push(at), stop() {} };
  const parameter = { setValueAtTime() {}, linearRampToValueAtTime() {} };
  const context = {
    state: "suspended", close: async () => {}, resume: async () => {},
    get currentTime() { return began === null ? 0 : (passed - began) / 1000; },
  };
  const sound = { AudioContext: function AudioContext() { return context; } };
  for (const name of ["OscillatorNode", "GainNode", "DynamicsCompressorNode"]) {
    sound[name] = function Node() { return { ...node, gain: parameter }; };
  }
  Object.assign(globalThis, sound);
  t.after(() => Object.keys(sound).forEach((name) => delete globalThis[name]));
  const notes = [0, 1, 2, 3].map((at) => ({ at, length: 1, frequency: 440, loudness: 1, char: at }));
  const ends = [];
  return {
    heard, seen, silences, ends,
    begin() {
      play(notes, {
        onTime: (now) => seen.push(now), onEnd: () => ends.push(passed), onSilence: (now) => silences.push(now),
      });
    },
    sounds() { began = passed; context.state = "running"; },
    pass(seconds) {
      for (let k = 0; k < seconds * 20; k++) {
        passed += 50;
        step();
      }
    },
  };
}

test("where there is no loudspeaker, the time of a tune goes on in silence", (t) => {
  const tune = listen(t);
  tune.begin();
  tune.pass(1);
  assert.deepEqual([tune.seen, tune.silences], [[], []]);
  tune.pass(6);
  assert.deepEqual([tune.silences, tune.heard], [[true], []]);
  assert.ok(tune.seen.length > 70 && tune.seen.every((now, k) => k === 0 || now > tune.seen[k - 1]));
  assert.equal(tune.ends.length, 1);
});

test("a browser without sound marks the notes, and says at once that nothing is heard", (t) => {
  const tune = listen(t);
  delete globalThis.AudioContext; // a rule of the school
  tune.begin();
  tune.pass(5);
  assert.deepEqual([tune.silences, tune.heard, tune.ends.length], [[true], [], 1]);
  assert.ok(tune.seen.length > 70);
});

test("a sound that comes late begins where the tune is by then", (t) => {
  const tune = listen(t);
  tune.begin();
  tune.pass(3);
  tune.sounds();
  tune.pass(5);
  assert.deepEqual(tune.silences, [true, false]);
  assert.equal(tune.heard.length, 2);
  assert.equal(tune.ends.length, 1);
  assert.ok(tune.seen.every((now, k) => k === 0 || now >= tune.seen[k - 1]));
});

test("a sound that comes in time plays every note", (t) => {
  const tune = listen(t);
  tune.begin();
  tune.pass(0.5);
  tune.sounds();
  tune.pass(5);
  assert.deepEqual([tune.silences, tune.heard.length, tune.ends.length], [[], 4, 1]);
});
