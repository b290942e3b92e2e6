// Pointer and keyboard on a sheet: where someone points, what is chosen, which words are marked. Knows nothing of what
// is drawn there: `at(event)` says which place lies under the pointer, `step(place, key)` which one a key leads to.

const MOVES = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"];

/** The words from one to another, in either direction, as [first, stop]. */
function spanOf(one, other) {
  return [Math.min(one, other), Math.max(one, other) + 1];
}

/**
 * Listen to a sheet. `on` is told: point(place, byKey), choose(place), preview(span) while words are being marked, and
 * mark(span) when they are; `on.marking()` says whether words can be marked.
 */
function listen(sheet, at, step, on) {
  let [from, to, moved, dragged] = [null, null, false, false]; // words of a drag; whether a click belongs to it
  let [cursor, anchor] = [null, null]; // of the keyboard

  sheet.onpointermove = (event) => {
    const place = at(event);
    if (from !== null) {
      if (!place || place.word === to) return;
      [to, moved] = [place.word, true];
      return on.preview(spanOf(from, to));
    }
    on.point(place, false);
  };
  sheet.onpointerleave = () => from === null && on.point(null, false);
  sheet.onpointerdown = (event) => {
    dragged = false;
    const place = at(event);
    if (event.button !== 0 || place?.track !== -1 || !on.marking()) return;
    [from, to, moved] = [place.word, place.word, false];
    sheet.setPointerCapture(event.pointerId);
    on.preview(spanOf(from, to));
  };
  sheet.onpointerup = () => {
    if (from === null) return;
    const span = spanOf(from, to);
    [from, dragged] = [null, true];
    on.mark(span, moved);
  };
  sheet.onpointercancel = () => {
    from = null;
    on.preview(null);
  };
  sheet.onclick = (event) => {
    const place = at(event);
    if (!place || dragged) return;
    cursor = place;
    on.point(place, false); // a finger points and chooses at once
    on.choose(place);
  };
  sheet.onkeydown = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (MOVES.includes(event.key)) {
      event.preventDefault();
      const before = cursor;
      cursor = step(cursor, event.key);
      if (!cursor) return;
      if (event.shiftKey && on.marking()) {
        anchor ??= (before ?? cursor).word;
        on.preview(spanOf(anchor, cursor.word));
      }
      on.point(cursor, true);
    } else if ((event.key === "Enter" || event.key === " ") && cursor) {
      event.preventDefault();
      cursor = step(cursor, ""); // words may have gone meanwhile
      if (cursor) on.choose(cursor);
    } else if (event.key === "Escape") {
      cursor = null;
      on.point(null, true);
    }
  };
  sheet.onkeyup = (event) => {
    if (event.key !== "Shift" || anchor === null || !cursor) return;
    on.mark(spanOf(anchor, cursor.word), true);
    anchor = null;
  };
  sheet.onblur = () => {
    if (anchor !== null) on.preview(null);
    anchor = null;
    on.point(null, true);
  };
}
