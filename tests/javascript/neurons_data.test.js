import assert from "node:assert/strict";
import { test } from "node:test";

import { BadTable, readTable, tooLarge, writeTable } from "../../core/ui/components/neurons/csv.js";
import { EDGE, MADE, fromPlane, makePoints, toPlane } from "../../core/ui/components/neurons/datasets.js";
import { FEATURE_NAMES, featuresOf } from "../../core/ui/components/neurons/features.js";
import {
  onGrid,
  ownPoints,
  readAxes,
  readName,
  readOwn,
  readValues,
  writeAxes,
  writeName,
  writeOwn,
  writeValues,
} from "../../core/ui/components/neurons/own_points.js";
import { shuffle, uniform } from "../../core/ui/components/neurons/random.js";
import { NAMES, defaults, readSettings, writeSettings } from "../../core/ui/components/neurons/settings.js";
import { split } from "../../core/ui/components/neurons/trainer.js";

const refused = (/** @type {string} */ text, /** @type {RegExp} */ sentence) =>
  assert.throws(
    () => readTable(text),
    (problem) => problem instanceof BadTable && sentence.test(problem.message),
  );

test("every data set is in the plane, of its classes, and the same for the same seed", () => {
  for (const [name, { classes }] of Object.entries(MADE)) {
    const recipe = { count: 240, noise: 0.2, classes: 4, seed: 3 };
    const [points, again, other] = [recipe, recipe, { ...recipe, seed: 4 }].map((one) => makePoints(name, one));
    assert.ok(
      points.x.every((value) => Math.abs(value) <= EDGE),
      name,
    );
    assert.deepEqual(points, again);
    assert.notDeepEqual(points.x, other.x);
    assert.equal(points.classes, { two: 2, many: 4, number: 0 }[classes]);
    if (points.classes)
      assert.deepEqual(
        [...new Set(points.y)].sort(),
        Array.from({ length: points.classes }, (_, k) => k),
      );
    else assert.ok(points.y.every((value) => Math.abs(value) < 1.6));
  }
});

test("a single point, and few points of many classes, can be made", () => {
  for (const name of Object.keys(MADE)) {
    for (const count of [1, 2, 5]) {
      assert.ok(
        makePoints(name, { count, noise: 0, classes: 6, seed: 0 }).x.every(Number.isFinite),
        `${name} ${count}`,
      );
    }
  }
});

test("random numbers are uniform and repeatable, and a shuffle loses nothing", () => {
  const random = uniform(5);
  const drawn = Array.from({ length: 20000 }, random);
  assert.ok(drawn.every((one) => one >= 0 && one < 1));
  assert.ok(Math.abs(drawn.reduce((sum, one) => sum + one, 0) / drawn.length - 0.5) < 0.01);
  const items = Array.from({ length: 50 }, (_, k) => k);
  const shuffled = [...items];
  shuffle(shuffled, uniform(1));
  assert.notDeepEqual(shuffled, items);
  assert.deepEqual(
    shuffled.sort((one, other) => one - other),
    items,
  );
});

test("the split takes its share, every point once, and leaves one to learn from", () => {
  const { train, test: kept } = split(100, 30, 1);
  assert.deepEqual([train.length, kept.length], [70, 30]);
  assert.deepEqual(
    [...train, ...kept].sort((one, other) => one - other),
    Array.from({ length: 100 }, (_, k) => k),
  );
  assert.deepEqual([split(1, 80, 0).train.length, split(0, 80, 0).train.length], [1, 0]);
});

test("features are what their names say", () => {
  const values = featuresOf(FEATURE_NAMES, [2, -3]);
  assert.deepEqual([...values], [2, -3, 4, 9, -6, Math.sin(2), Math.sin(-3)]);
});

test("own points survive the address", () => {
  const random = uniform(2);
  const drawn = Array.from({ length: 120 }, (_, k) => ({
    x1: onGrid(random() * 12 - 6),
    x2: onGrid(random() * 12 - 6),
    kind: k % 6,
  }));
  const back = readOwn(writeOwn(drawn));
  const sorted = (/** @type {any[]} */ points) => points.map((one) => JSON.stringify(one)).sort();
  assert.deepEqual(sorted(back ?? []), sorted(drawn));
  assert.ok(writeOwn(drawn).length <= 4 * 120 + 18);
  assert.deepEqual(readOwn(""), []);
});

test("own points that make no sense are none", () => {
  for (const text of ["7.AAAA", "0.AAA", "0.A!AA", "0:AAAA", "0.", "0.AAAA~", `0.${"AAAA".repeat(601)}`])
    assert.equal(readOwn(text), null, text);
});

test("own points of one class are two classes all the same: the second can still be drawn", () => {
  assert.equal(ownPoints([{ x1: 0, x2: 0, kind: 0 }]).classes, 2);
  assert.equal(ownPoints([{ x1: 0, x2: 0, kind: 4 }]).classes, 5);
});

test("a table with a heading, semicolons and decimal commas is read", () => {
  const { points, said } = readTable("Größe;Gewicht;Tier\r\n1,5;2;Katze\r\n2,5;3;Hund\r\n3;4,25;Katze\r\n");
  assert.deepEqual([points.names, points.axes, points.classes], [["Hund", "Katze"], ["Größe", "Gewicht"], 2]);
  assert.deepEqual([...points.y], [1, 0, 1]);
  assert.match(said, /3 points of 2 classes: Hund, Katze/);
  assert.ok(Math.abs(fromPlane(points.x[0], points.scales?.[0]) - 1.5) < 1e-12);
});

test("tables with commas, tabs, quotes, a mark of order and no heading are read", () => {
  assert.deepEqual(readTable("1,2,a\n3,4,b").points.names, ["a", "b"]);
  assert.deepEqual(readTable("\ufeff1\t2\ta\n3\t4\tb\n").points.names, ["a", "b"]);
  assert.deepEqual(readTable('"x","y","kind"\n"1","2","10"\n"3","4","9"').points.names, ["9", "10"]);
});

test("the line that tells Excel what parts the columns is no heading", () => {
  const { points } = readTable("\ufeffsep=;\r\nx;y;kind\r\n1,5;2;a\r\n3;4;b\r\n");
  assert.deepEqual([points.names, points.axes], [["a", "b"], ["x", "y"]]);
  refused("sep=,\n1,2,a\nten,4,b", /“ten” in line 3/);
});

test("decimal commas are understood between commas, blanks and quotation marks, and thousands are", () => {
  const measured = (/** @type {string} */ text) => {
    const { points } = readTable(text);
    return [0, 1, 2, 3].map((at) => Number(fromPlane(points.x[at], points.scales?.[at % 2]).toPrecision(8)));
  };
  for (const text of [
    '"1,5","2,25",rot\n"3","4,5",blau', // a German sheet of Google
    "1,5, 2,25, rot\n3,0, 4,5, blau",
    "1,5 2,25 rot\n3 4,5 blau",
    "1,5;2,25;rot\n3;4,5;blau",
    "1,5\t2,25\trot\n3\t4,5\tblau",
    "1.5, 2.25, red\n3, 4.5, blue",
    "a, b, kind\n1.5, 2.25, red\n3, 4.5, blue",
  ])
    assert.deepEqual(measured(text), [1.5, 2.25, 3, 4.5], text);
  assert.deepEqual(measured("1.234,5;2;a\n-3 000,25;4;b"), [1234.5, 2, -3000.25, 4]);
  assert.deepEqual(measured("1,234.5\t2\ta\n3\t4\tb"), [1234.5, 2, 3, 4]);
  assert.match(readTable('1,2,"a, b",9\n3,4,c,9').said, /classes: a, b, c\. Only the first three columns/);
});

test("more than six different numbers as label are a number to predict", () => {
  const { points } = readTable(Array.from({ length: 9 }, (_, k) => `${k},${-k},${k * 100}`).join("\n"));
  assert.deepEqual([points.classes, points.y[0], points.y[8]], [0, -1, 1]);
});

test("a number to predict is said and written as it was measured", () => {
  const rows = Array.from({ length: 9 }, (_, k) => `${k},${-k},${200 + k * 100}`);
  const { points, said } = readTable(`width,depth,price\n${rows.join("\n")}`);
  assert.match(said, /9 points with a number to predict\. .* \u22121 is 200, 1 is 1000\./);
  const measured = (/** @type {number} */ place, /** @type {0 | 1} */ axis) => fromPlane(place, points.scales?.[axis]);
  const written = writeTable(points, new Uint32Array(), measured, { separator: ",", decimal: "." });
  assert.match(written, /\r\n0,0,200,train\r\n1,-1,300,train\r\n/);
});

test("names, axes and numbers of a table survive the address", () => {
  for (const name of ["a~b", "100 %", "%7E", "~~", ""]) {
    assert.ok(!writeName(name).includes("~"));
    assert.equal(readName(writeName(name)), name);
  }
  const { points } = readTable("height~,weight,kind\n160,50,a~b\n180,90,c");
  const text = writeAxes(points) ?? "";
  assert.equal(text, "height%7E~170~10~weight~70~20");
  const { axes, scales, valueScale } = points;
  assert.deepEqual(readAxes(text), { axes, scales, valueScale });
  const { points: numbers } = readTable(Array.from({ length: 9 }, (_, k) => `${k},${-k},${k * 100}`).join("\n"));
  assert.deepEqual(readAxes(writeAxes(numbers) ?? "")?.valueScale, { middle: 400, half: 400 });
  const again = readValues(writeValues(numbers.y));
  assert.ok(again && again.every((value, k) => Math.abs(value - numbers.y[k]) < 1 / 4000));
  assert.equal(writeAxes(ownPoints([])), null);
  for (const nonsense of ["", "a~1~0~b~1~1", "a~1~1", "a~x~1~b~1~1", "a~1~1~b~1~1~5", "a~1e99~1~b~1~1"])
    assert.equal(readAxes(nonsense), null);
  for (const nonsense of ["", "A", "AAA", "!!"]) assert.equal(readValues(nonsense), null);
});

test("a text that is too large is refused before it is read", () => {
  assert.match(tooLarge("1,2,a\n".repeat(100_000)), /100,000 rows; the limit is 5,000/);
  assert.match(tooLarge("1".repeat(1_000_001)), /1,000,000 characters/);
  assert.equal(tooLarge(`x,y,kind\r\n${"1,2,a\r\n".repeat(5000)}`), "");
});

test("what is wrong with a table is said", () => {
  refused("", /nothing in the table/);
  refused("hello", /Three columns/);
  refused("1,2,a", /One row/);
  refused("1,2,a\nNaN,4,b", /“NaN” in line 2 is not a number/);
  refused("1,2,a\nten,4,b", /“ten” in line 2/);
  refused("1,2,a\n,4,b", /missing in line 2/);
  refused("1,2,a\n3,4,", /label is missing in line 2/);
  refused("1,2,a\n3,4\n5,6,b", /Line 2 has 2 columns/);
  refused("1,2,a\n3\n5,6,b", /Line 2 has 1 column;/);
  refused("1,2,a\n3,4,a", /All rows have the label “a”/);
  refused("1,2,a\n1e300,4,b", /too large/);
  refused(Array.from({ length: 8 }, (_, k) => `1,2,kind${k}`).join("\n"), /8 different values/);
  refused("1,2,a\n3,4,b\n".repeat(2501), /5,002 rows/);
  refused("1.0000000,2.0000000,a\n".repeat(100_000), /characters/);
});

test("columns of one value, and very small ones, are scaled without trouble", () => {
  for (const text of ["5,1,a\n5,2,b", "1e-9,1,a\n2e-9,2,b"])
    assert.ok(readTable(text).points.x.every((value) => Math.abs(value) <= 5.0001));
});

test("a table that was written is read again", () => {
  const { points } = readTable("1.5,2,a\n3,4,b\n5,7,a\n2,2,b");
  const written = (/** @type {import("../../core/ui/components/lib/csv.js").CsvStyle} */ style) =>
    writeTable(points, Uint32Array.of(1), (place, axis) => fromPlane(place, points.scales?.[axis]), style);
  const text = written({ separator: ",", decimal: "." });
  assert.match(text, /^\ufeffx₁,x₂,label,part\r\n1.5,2,a,train\r\n3,4,b,test\r\n/);
  const german = written({ separator: ";", decimal: "," });
  assert.match(german, /^\ufeffx₁;x₂;label;part\r\n1,5;2;a;train\r\n/);
  for (const one of [text, german]) {
    const { points: again, said } = readTable(one);
    assert.deepEqual([again.y, again.x], [points.y, points.x]);
    assert.match(said, /Only the first three columns are used/);
  }
});

test("measured values come to the plane and back", () => {
  const scale = { middle: 40, half: 10 };
  assert.equal(toPlane(50, scale), 5);
  assert.equal(fromPlane(toPlane(33.3, scale), scale), 33.3);
});

test("settings survive the address, and those of the page as it opens are not written", () => {
  assert.deepEqual(writeSettings(defaults()), {});
  const chosen = {
    ...defaults(),
    data: "blobs",
    layers: [],
    features: ["x2", "sinx1"],
    rate: 0.0003,
    dropout: 0.5,
    penalty: "l1",
    speed: "full",
  };
  const { settings, problems } = readSettings(new URLSearchParams(writeSettings(chosen)));
  assert.deepEqual([settings, problems], [chosen, []]);
});

test("nonsense in the address is said and left out", () => {
  const asked = {
    data: "moon",
    layers: "8,17",
    features: "x1,x9",
    rate: "NaN",
    batch: "0",
    dropout: "2",
    seed: "1e3",
    speed: "warp",
  };
  const { settings, problems } = readSettings(new URLSearchParams({ ...asked, noise: "30" }));
  assert.equal(problems.length, Object.keys(asked).length);
  assert.deepEqual(settings, { ...defaults(), noise: 30 });
  assert.ok(NAMES.every((name) => name in defaults()));
});
