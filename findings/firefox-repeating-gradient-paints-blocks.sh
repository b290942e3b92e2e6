#!/usr/bin/env bash
# Firefox paints a repeating gradient of thin lines as wide blocks, once one of its colours comes from `color-mix`.
#
# Expected: `repeating-linear-gradient(to right, transparent 0 41px, COLOUR 41px 42px)` is a line of one pixel in every 42, whatever
#   the colour: between two stops at the same place there is nothing to interpolate. Chromium and WebKit paint that.
# Happens: with `color-mix(in srgb, ...)`, `color()` or `oklab()` 32 of every 42 pixels have the colour, opaque or not. Such colours
#   make a gradient interpolate in Oklab (CSS Color 4); `rgba()` with "in oklab" is as wrong, `color-mix` with "in srgb" is right,
#   and so is a gradient that does not repeat.
# Seen with Firefox 153.8.0 ESR of Debian, software rendering; driven by puppeteer-core 24.43.1.
# Who is hit: charts whose grid lines follow the theme, `color-mix(in srgb, currentColor 16%, transparent)`: grey walls behind every bar.
# The way out: "in srgb" in the gradient, or a plain gradient as wide as one tile, repeated by `background-size`.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq firefox-esr=153.8.0esr-1~deb12u1  # needs GTK's libraries on this machine, as any Firefox does
dpkg -x firefox-esr_*.deb .
npm install --silent --no-fund --no-audit puppeteer-core@24.43.1 > /dev/null
cat > look.mjs <<'JS'
import puppeteer from "puppeteer-core";

const LINES = "transparent 0 41px, COLOUR 41px 42px";
const MIXED = "color-mix(in srgb, #000 16%, transparent)";
const PLAIN = "rgba(0, 0, 0, .16)";
const GRADIENTS = {
  "color-mix": `repeating-linear-gradient(to right, ${LINES.replace("COLOUR", MIXED)})`,
  "color-mix, in srgb": `repeating-linear-gradient(in srgb to right, ${LINES.replace("COLOUR", MIXED)})`,
  "color-mix, not repeating": `linear-gradient(to left, ${MIXED} 1px, transparent 1px) 0 / 42px 100%`,
  rgba: `repeating-linear-gradient(to right, ${LINES.replace("COLOUR", PLAIN)})`,
  "rgba, in oklab": `repeating-linear-gradient(in oklab to right, ${LINES.replace("COLOUR", PLAIN)})`,
};

const browser = await puppeteer.launch({ browser: "firefox", executablePath: process.argv[2], headless: true });
const page = await browser.newPage();
await page.setViewport({ width: 168, height: 20 });
/** Share of the pixels of a row that have a colour. */
async function painted(background) {
  await page.setContent(`<body style="margin: 0; height: 20px; background: ${background}">`);
  const picture = await page.screenshot({ encoding: "base64" });
  return await page.evaluate(async (data) => {
    const image = new Image();
    image.src = `data:image/png;base64,${data}`;
    await image.decode();
    const canvas = new OffscreenCanvas(168, 1).getContext("2d");
    canvas.drawImage(image, 0, 0);
    const { data: pixels } = canvas.getImageData(0, 0, 168, 1);
    let dark = 0;
    for (let at = 0; at < pixels.length; at += 4) dark += pixels[at] < 250;
    return dark / 168;
  }, picture);
}
const shares = {};
for (const [name, background] of Object.entries(GRADIENTS)) {
  shares[name] = await painted(background);
  console.log(`${name}: ${(100 * shares[name]).toFixed(0)} % of the pixels, ${(100 / 42).toFixed(0)} % asked for`);
}
await browser.close();
const wrong = ["color-mix", "rgba, in oklab"];
const asExpected = Object.entries(shares).every(([name, share]) => (wrong.includes(name) ? share > 0.5 : share < 0.05));
process.exit(asExpected ? 0 : 1);
JS
node look.mjs "$folder/usr/lib/firefox-esr/firefox-esr"
