// Reads a JSON list of tunes in ABC and prints for each what abcjs finds: lengths of its bars, notes, warnings.
import { readFileSync } from "node:fs";

import abcjs from "../../core/ui/components/score/vendor/abcjs.js";

const tunes = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(tunes.map((abc) => {
  const [tune] = abcjs.parseOnly(abc);
  const bars = [0];
  let notes = 0, times = 1;
  for (const one of tune.lines.flatMap((line) => line.staff ?? []).flatMap((staff) => staff.voices.flat())) {
    if (one.el_type === "bar") bars.push(0);
    if (one.el_type !== "note") continue;
    if (one.startTriplet) times = one.tripletMultiplier; // durations are as written, a triplet's as well
    bars[bars.length - 1] += one.duration * times;
    if (one.endTriplet) times = 1;
    notes += one.rest ? 0 : 1;
  }
  return { bars: bars.filter(Boolean), notes, warnings: tune.warnings ?? [] };
})));
