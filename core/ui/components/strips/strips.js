// Pictures that share one axis of words. Python sends {words, unknown, tracks, palettes, chosen, span, choosing, marking,
// describe, empty} with every run; the elements stay and are only filled again. Pointing asks nobody; a chosen cell
// (`chosen`) and marked words (`marked`) are sent as triggers.

const STRIPS = new WeakMap();
const POINTED = "playground-word"; // the word that is pointed at, for all strips of the page

const fontWidths = new Map(); // word -> its width in a font of one pixel
const ruler = document.createElement("canvas").getContext("2d");

function widthOf(word, family) {
  const key = `${family}\n${word}`;
  if (!fontWidths.has(key)) {
    if (fontWidths.size > 5000) fontWidths.clear();
    ruler.font = `500 100px ${family}`;
    fontWidths.set(key, ruler.measureText(word).width / 100);
  }
  return fontWidths.get(key);
}

const characters = Intl.Segmenter && new Intl.Segmenter(undefined, { granularity: "grapheme" }); // not in older browsers

/** Whether a word is one character as people see it: a letter, an emoji. */
const isLetter = (word) => word.length === 1 || (characters && word.length < 30 && [...characters.segment(word)].length === 1);

function createStrips(root) {
  const parts = createParts(root);
  const own = { data: null, layout: null, theme: null, tracks: [], place: null, chosen: null, span: null, view: 0,
    crossed: null };
  const inGrid = (place) => place !== null && own.tracks[place.track]?.kind === "heat";

  // ---- filling ---------------------------------------------------------------------------------------------------
  function readTheme() {
    const style = getComputedStyle(root);
    const [below, above] = style.getPropertyValue("--st-chart-categorical-colors").split(",");
    const [text, background] = [style.color, style.getPropertyValue("--st-background-color")];
    return { below, above, text, background, family: style.fontFamily };
  }

  function readTrack(track, columns) {
    if (track.kind !== "heat") return { ...track, columns };
    return { ...track, columns, places: bytesOf(track.places), wholes: wholesOf(track.numbers) };
  }

  /** Write words and tracks where they belong; what has not changed is not painted again. */
  function fill() {
    const { data, theme } = own;
    const { words } = data;
    const layout = layOut(own.tracks, words.length, own.view, window.devicePixelRatio || 1);
    const { scroll } = parts;
    const atEnd = scroll.scrollLeft + scroll.clientWidth >= scroll.scrollWidth - layout.column;
    const grown = own.layout && layout.count > own.layout.count;
    own.layout = layout;
    root.style.setProperty("--view", `${own.view}px`);
    parts.scroll.style.height = `${layout.height + SCROLLBAR}px`;
    parts.sheet.style.width = `${GUTTER + layout.width}px`;
    parts.sheet.style.height = `${layout.height}px`;
    parts.sheet.setAttribute("aria-label", data.describe);
    parts.sheet.classList.toggle("marking", data.marking);
    parts.sheet.classList.toggle("choosing", data.choosing);
    write(parts.empty, words.length ? "" : data.empty);
    fillWords(words, new Set(data.unknown), layout);
    if (grown && atEnd) scroll.scrollLeft = scroll.scrollWidth; // whoever types on sees the new word
    keep(parts.tracks, own.tracks.length, createTrack);
    const common = JSON.stringify([layout.column, layout.count, layout.width, layout.scale, theme]);
    own.tracks.forEach((track, index) => {
      const [box, place] = [parts.tracks.children[index], layout.places[index]];
      const painted = common + JSON.stringify(data.tracks[index]);
      if (box.painted === painted) return;
      box.painted = painted;
      const [canvas, palette] = [box.children[1].children[1], own.palettes[track.palette]];
      labelTrack(box, track, place, palette);
      canvas.setAttribute("aria-hidden", "true");
      if (track.kind === "heat") box.paintGrid(canvas, track, place, layout, palette, theme);
      else (track.kind === "line" ? paintLine : paintBars)(canvas, track, place, layout, theme);
    });
  }

  function fillWords(words, unknown, layout) {
    const widths = words.map((word) => widthOf(word, own.theme.family));
    const lettering = letteringOf(widths, layout.column, words.length > 0 && words.every(isLetter));
    parts.words.classList.toggle("upright", lettering.upright);
    parts.words.classList.toggle("close", lettering.close ?? false);
    parts.words.style.setProperty("--column", `${layout.column}px`);
    parts.words.style.setProperty("--size", `${lettering.size}px`);
    keep(parts.words, words.length, () => {
      const box = element("span", "word");
      box.append(element("span"));
      return box;
    });
    words.forEach((word, index) => {
      const box = parts.words.children[index];
      write(box.firstChild, word);
      box.classList.toggle("unknown", unknown.has(index));
    });
  }

  // ---- marks -----------------------------------------------------------------------------------------------------
  const columnBox = (word, stop = word + 1) => {
    const { column, height } = own.layout;
    return [GUTTER + word * column, 0, (stop - word) * column, height - GAP];
  };

  function cellBox({ word, track, row }) {
    const { column, places } = own.layout;
    const { top, height, row: high } = places[track];
    return [GUTTER + word * column, row === null ? top : top + row * high, column, row === null ? height : high];
  }

  /** Outline the chosen row, cell and the marked words. */
  function markChoice(span = own.span) {
    const { chosen, layout } = own;
    const index = chosen ? own.tracks.findIndex((track) => track.kind === "heat" && track.name === chosen.track) : -1;
    const there = index >= 0 && chosen.row < own.tracks[index].rows && layout.count > 0;
    const { top, row } = layout.places[index] ?? {};
    lay(parts.row, there ? [GUTTER, top + chosen.row * row, layout.width, row] : null);
    const word = chosen?.word ?? -1;
    lay(parts.spot, there && word >= 0 && word < layout.count ? cellBox({ ...chosen, track: index }) : null);
    [...parts.words.children].forEach((box, number) => box.classList.toggle("chosen", number === word));
    const [first, stop] = span ?? [0, 0];
    lay(parts.span, first < Math.min(stop, layout.count) ? columnBox(first, Math.min(stop, layout.count)) : null);
  }

  /** Lay the crosshair over a word; strips that are pointed at from elsewhere show nothing else. */
  function crossAt(word) {
    own.crossed = word;
    lay(parts.cross, word !== null && own.layout && word < own.layout.count ? columnBox(word) : null);
  }

  function point(place, byKey = false) {
    own.place = place && place.word < own.layout.count ? place : null;
    crossAt(own.place?.word ?? null);
    lay(parts.cell, own.place && own.tracks[own.place.track] ? cellBox(own.place) : null);
    tell(byKey);
    if (byKey && own.place) reveal(own.place.word);
    if (byKey && !parts.cell.hidden) parts.cell.scrollIntoView({ block: "nearest", inline: "nearest" });
    window.dispatchEvent(new CustomEvent(POINTED, { detail: { from: root, word: own.place?.word ?? null } }));
  }

  /** Say what is under the pointer, in the tooltip and, for the keyboard's cursor, to screen readers. */
  function tell(byKey) {
    const { place } = own;
    parts.tip.hidden = !place || place.track === null;
    if (parts.tip.hidden) return;
    const { words, unknown } = own.data;
    const track = own.tracks[place.track];
    const known = unknown.includes(place.word) ? "not in the vocabulary" : "";
    const value = track ? told(track, place.row, place.word) : known || `word ${place.word + 1} of ${words.length}`;
    write(parts.tip.children[0], words[place.word]);
    write(parts.tip.children[1], value);
    if (byKey) write(parts.said, [words[place.word], track && known, track?.title, value].filter(Boolean).join(", "));
    const [left, top, width, height] = track ? cellBox(place) : [columnBox(place.word)[0], 0, own.layout.column, HEADER];
    const middle = left - parts.scroll.scrollLeft + width / 2;
    const [wide, high] = [parts.tip.offsetWidth, parts.tip.offsetHeight];
    const x = Math.max(0, Math.min(root.clientWidth - wide, middle - wide / 2));
    const y = top - high - 8 >= 0 ? top - high - 8 : top + height + 8;
    parts.tip.style.transform = `translate(${x}px, ${y}px)`;
  }

  function reveal(word) {
    const { column, view } = own.layout;
    const [left, { scroll }] = [GUTTER + word * column, parts];
    if (left - GUTTER < scroll.scrollLeft) scroll.scrollLeft = left - GUTTER;
    else if (left + column > scroll.scrollLeft + view) scroll.scrollLeft = left + column - view;
  }

  // ---- pointer and keyboard --------------------------------------------------------------------------------------
  function at(event) {
    const [sheet, scroll] = [parts.sheet.getBoundingClientRect(), parts.scroll.getBoundingClientRect()];
    if (!own.layout || event.clientX < scroll.left + GUTTER) return null; // over the gutter, which covers words
    return placeAt(own.layout, event.clientX - sheet.left, event.clientY - sheet.top);
  }

  /** The place to which a key leads; without a key the nearest that still is one. */
  function step(place, key) {
    const { count } = own.layout;
    if (!count) return null;
    const lines = [{ track: -1, row: null }]; // all lines of the sheet, from the words down
    own.tracks.forEach((track, index) => {
      if (track.kind === "heat") for (let row = 0; row < track.rows; row++) lines.push({ track: index, row });
      else lines.push({ track: index, row: null });
    });
    let [line, word] = [Math.min(1, lines.length - 1), 0];
    if (place) {
      line = Math.max(0, lines.findIndex((one) => one.track === place.track && one.row === place.row));
      line += { ArrowUp: -1, ArrowDown: 1 }[key] ?? 0;
      word = { Home: 0, End: count - 1 }[key] ?? place.word + ({ ArrowLeft: -1, ArrowRight: 1 }[key] ?? 0);
    }
    line = Math.max(0, Math.min(lines.length - 1, line));
    return { ...lines[line], word: Math.max(0, Math.min(count - 1, word)) };
  }

  listen(parts.sheet, at, step, {
    point,
    marking: () => own.data.marking,
    preview: (span) => markChoice(span ?? own.span),
    choose(place) {
      if (!own.data.choosing) return;
      const grid = inGrid(place);
      own.chosen = { row: grid ? place.row : null, track: grid ? own.tracks[place.track].name : null, word: place.word };
      markChoice();
      own.setTriggerValue("chosen", own.chosen);
    },
    mark(span, moved) {
      const again = !moved && own.span && own.span[0] <= span[0] && span[1] <= own.span[1];
      own.span = again ? null : span;
      markChoice();
      own.setTriggerValue("marked", own.span ?? "nothing");
    },
  });
  parts.scroll.onscroll = () => own.place && tell(false);
  const pointedElsewhere = ({ detail }) => detail.from !== root && crossAt(detail.word);
  window.addEventListener(POINTED, pointedElsewhere);

  // ---- what Python sends -----------------------------------------------------------------------------------------
  const resized = new ResizeObserver(() => {
    if (!own.data || root.clientWidth === own.view || !root.clientWidth) return;
    own.view = root.clientWidth;
    refresh();
  });
  resized.observe(root);

  function refresh() {
    fill();
    markChoice();
    if (own.place) point(own.place.track === null ? own.place : step(own.place, "")); // rows may have gone
    else crossAt(own.crossed);
  }

  own.update = ({ data, setTriggerValue }) => {
    const begun = performance.now();
    const palettes = JSON.stringify(data.palettes);
    if (own.readPalettes !== palettes) {
      own.readPalettes = palettes;
      own.palettes = Object.fromEntries(Object.entries(data.palettes).map(([kind, base64]) => [kind, readPalette(base64)]));
    }
    Object.assign(own, { data, setTriggerValue, chosen: data.chosen, span: data.span });
    own.tracks = data.tracks.map((track) => readTrack(track, data.words.length));
    own.theme = readTheme();
    own.view = root.clientWidth || own.view;
    if (own.view) refresh();
    root.took = performance.now() - begun; // read by the browser tests
  };
  own.end = () => {
    resized.disconnect();
    window.removeEventListener(POINTED, pointedElsewhere);
  };
  return own;
}

export default function (component) {
  const root = component.parentElement.querySelector(".strips");
  if (!STRIPS.has(root)) STRIPS.set(root, createStrips(root));
  STRIPS.get(root).update(component);
  return () => {
    STRIPS.get(root)?.end();
    STRIPS.delete(root);
    root.replaceChildren();
  };
}
