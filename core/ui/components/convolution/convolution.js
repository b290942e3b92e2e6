// The bench on which a kernel slides over a picture. Python sends the picture, the settings and the kernel; all sums
// are worked out here, so that pointing and stepping never ask the server. Only an edited kernel is sent back.

const BENCHES = new WeakMap();
const SEND_AFTER = 400; // ms without another edit
const [KERNEL_CELL, MOST_CELL, MESSAGE] = [44, 46, 320]; // CSS pixels

function createBench(root) {
  const bench = {
    data: null, token: null, weights: [], history: [], stage: "conv", at: { conv: null, pool: null }, chosen: false,
    playing: false, covered: false, speed: 8, sums: null, activated: null, pooled: null, cell: 0, send: null,
  };

  // ---- the parts -------------------------------------------------------------------------------------------------
  const bar = element("div", "bar");
  const play = buttonOf("", "Play or pause (space)", () => (bench.playing ? pause() : start()), "play");
  const back = buttonOf("\u25c0", "One cell back (left arrow)", () => step(-1));
  const forward = buttonOf("\u25b6", "One cell on (right arrow)", () => step(1));
  back.setAttribute("aria-label", "One cell back");
  forward.setAttribute("aria-label", "One cell on");
  const speedLabel = element("label", "", "Speed");
  speedLabel.title = "How many cells are worked out in a second while it plays.";
  const speed = element("input");
  Object.assign(speed, { type: "range", min: "0", max: "6", step: "1", value: "3" });
  const speedText = element("output");
  speed.oninput = () => {
    bench.speed = 2 ** Number(speed.value);
    speedText.textContent = `${bench.speed} ${bench.speed === 1 ? "cell" : "cells"}/s`;
  };
  speedLabel.append(speed, speedText);
  const undo = buttonOf("Undo", "Takes back the last change of the kernel", undoEdit);
  const mapCsv = buttonOf("Output CSV", "The output map as a CSV file, after the activation", () => saveCsv("output"));
  const poolCsv = buttonOf("Pooled CSV", "The pooled map as a CSV file", () => saveCsv("pooled"));
  const png = buttonOf("Picture PNG", "Input, kernel and output as one PNG picture", savePicture);
  bar.append(play, back, forward, speedLabel, undo);
  const saving = element("div", "bar saving");

  const stage = element("div", "stage");
  const panels = { input: panelOf("input"), output: panelOf("output"), pooled: panelOf("pooled") };
  const kernelBox = element("figure", "panel kernel");
  const kernelCaption = element("figcaption");
  const [kernelTitle, kernelNote] = [element("b"), element("span", "", "Edit any cell")];
  kernelCaption.append(kernelTitle, kernelNote);
  const cells = element("div", "cells");
  const biasText = element("div", "below");
  kernelBox.append(kernelCaption, cells, biasText);
  const problem = element("div", "problem");
  const poolProblem = element("div", "problem");
  panels.output.sheet.before(problem);
  panels.pooled.sheet.before(poolProblem);
  const [times, gives, then] = ["\u2217", "=", "\u2192"].map((sign) => element("span", "sign", sign));
  stage.append(panels.input.box, times, kernelBox, gives, panels.output.box, then, panels.pooled.box);

  const line = element("div", "line");
  const [where, sum, after] = [element("div", "where"), element("div", "sum"), element("div", "then")];
  line.append(where, sum, after);
  line.setAttribute("role", "status");
  const message = element("p", "message");
  message.setAttribute("role", "alert");
  const hint = element("p", "hint",
    "Point at a cell or tap it to see its sum. Arrow keys move on, space plays and pauses.");
  const tall = new ResizeObserver(() => { // the line only grows, so that nothing below it jumps
    line.style.minHeight = `${Math.max(parseFloat(line.style.minHeight) || 0, line.offsetHeight)}px`;
  });
  tall.observe(sum);
  saving.append(hint, element("span", "gap"), mapCsv, poolCsv, png);
  root.append(bar, stage, message, line, saving);
  speed.oninput();

  // ---- the arithmetic --------------------------------------------------------------------------------------------
  function compute() {
    const { data, weights } = bench;
    [bench.sums, bench.activated, bench.pooled] = [null, null, null];
    if (!data.problem) {
      bench.sums = convolve(bench.picture, weights, data.conv);
      const values = bench.sums.values.map((x) => activate(x, data.conv.activation));
      bench.activated = { ...bench.sums, values };
      if (data.pool && !data.poolProblem) bench.pooled = poolOver(bench.activated, data.pool);
    }
    bench.limit = bench.activated ? largest(bench.activated.values) : 0;
    keepPlace();
    root.convolution = { sums: bench.sums, activated: bench.activated, pooled: bench.pooled, weights: [...weights] };
  }

  /** Keep the chosen cells inside their maps; before anyone has chosen, the strongest answer is shown. */
  function keepPlace() {
    for (const [name, map] of [["conv", bench.activated], ["pool", bench.pooled]]) {
      const old = bench.at[name];
      if (!map) bench.at[name] = null;
      else if (!old || !bench.chosen) {
        const strongest = map.values.reduce((best, x, i) => (Math.abs(x) > Math.abs(map.values[best]) ? i : best), 0);
        bench.at[name] = { row: Math.floor(strongest / map.width), column: strongest % map.width };
      } else {
        bench.at[name] = { row: Math.min(old.row, map.height - 1), column: Math.min(old.column, map.width - 1) };
      }
    }
    if (!bench.pooled) bench.stage = "conv";
  }

  const mapOf = (name) => (name === "pool" ? bench.pooled : bench.activated);

  // ---- painting --------------------------------------------------------------------------------------------------
  function gridOf(name) {
    const before = name === "input" && !bench.data.problem ? bench.data.conv.pads : [0, 0];
    const map = { input: bench.picture, output: bench.activated, pooled: bench.pooled }[name];
    return { rows: map.height + before[0] + before[1], columns: map.width + before[0] + before[1], pad: before[0],
      cell: bench.cell, map };
  }

  function shownGrids() {
    return ["input", "output", "pooled"].filter((name) => name === "input" || (name === "output" ? bench.activated : bench.pooled));
  }

  /** Choose the size of a cell so that all grids stand side by side, and on a phone input and output do. */
  function layOut() {
    const width = root.clientWidth;
    if (!width) return;
    const [names, kernel] = [shownGrids(), bench.data.conv.kernelSize * (KERNEL_CELL + 2)];
    const messages = (bench.data.problem ? MESSAGE : 0) + (bench.data.poolProblem ? MESSAGE : 0);
    const narrow = width < 700;
    const side = narrow ? names.slice(0, 2) : names;
    const columns = side.reduce((all, name) => all + gridOf(name).columns, 0);
    const signs = narrow ? 12 : 64 + (bench.data.pool ? 62 : 0) + kernel;
    let cell = (width - signs - (narrow ? 0 : messages)) / columns;
    const most = (fraction) => Math.max(...names.map((name) => gridOf(name)[fraction]));
    if (!narrow) cell = Math.min(cell, Math.min(400, Math.max(240, window.innerHeight - 460)) / most("rows"));
    if (narrow && cell < 2.5) cell = width / most("columns"); // one below the other
    const scale = window.devicePixelRatio || 1;
    cell = Math.min(cell, MOST_CELL);
    bench.cell = cell >= 4 ? Math.floor(cell) : Math.max(1, Math.floor(cell * scale) / scale);
    stage.classList.toggle("narrow", narrow || bench.cell * columns + signs > width + 1);
  }

  function paint() {
    if (!bench.data || !root.clientWidth) return;
    layOut();
    const style = getComputedStyle(root);
    const theme = { text: style.color, padding: style.getPropertyValue("--st-secondary-background-color"),
      background: style.getPropertyValue("--st-background-color") };
    bench.theme = theme;
    const scale = window.devicePixelRatio || 1;
    for (const panel of Object.values(panels)) panel.box.style.width = "";
    for (const name of shownGrids()) {
      const [panel, grid] = [panels[name], gridOf(name)];
      const { map, pad } = grid;
      const value = (r, c) => map.values[(r - pad) * map.width + c - pad];
      const inside = (r, c) => r >= pad && c >= pad && r - pad < map.height && c - pad < map.width;
      const colour = name === "input" ? (r, c) => (inside(r, c) ? greyColour(value(r, c)) : null)
        : (r, c) => signedColour(bench.data.palette, value(r, c), bench.limit);
      const context = prepareCanvas(panel.base, grid.columns * grid.cell, grid.rows * grid.cell, scale);
      paintCells(context, grid, colour, (r, c) => (inside(r, c) ? short(value(r, c), 2) : "0"), theme);
      panel.box.style.width = `${Math.max(120, grid.columns * grid.cell)}px`; // long captions wrap
      prepareCanvas(panel.marks, grid.columns * grid.cell, grid.rows * grid.cell, scale);
    }
    caption();
    let captions = [...stage.querySelectorAll("figcaption")];
    for (const one of captions) one.style.minHeight = "";
    if (stage.classList.contains("narrow")) captions = captions.filter((one) => !one.parentElement.matches(".kernel, .pooled"));
    const tallest = Math.max(...captions.map((one) => one.offsetHeight)); // so that all grids start on one line
    for (const one of captions) one.style.minHeight = `${tallest}px`;
    mark();
  }

  function caption() {
    const { data, picture, activated, pooled } = bench;
    const { conv, pool } = data;
    const range = (map) => {
      let [low, high] = [Infinity, -Infinity];
      for (const x of map.values) [low, high] = [Math.min(low, x), Math.max(high, x)];
      return `from ${short(low, 2)} to ${short(high, 2)}`;
    };
    const named = (name, map) => `${name} ${map.height} x ${map.width}`;
    panels.input.title.textContent = named("Input", picture);
    panels.input.note.textContent = data.name;
    const [before, behind] = conv.pads;
    panels.input.below.textContent = data.problem || before + behind === 0 ? ""
      : `with ${before === behind ? before : `${before} + ${behind}`} of padding: ${picture.height + before + behind} x ${picture.width + before + behind}`;
    kernelTitle.textContent = `Kernel ${conv.kernelSize} x ${conv.kernelSize}`;
    biasText.textContent = `bias ${short(conv.bias)}`;
    panels.output.title.textContent = activated ? named("Output", activated) : "Output";
    panels.output.note.textContent = conv.activation === "none" ? "no activation" : `after ${conv.activation}`;
    panels.output.below.textContent = activated ? range(activated) : "";
    panels.pooled.title.textContent = pooled ? named("Pooled", pooled) : "Pooled";
    if (pool) panels.pooled.note.textContent = `${pool.kind} of ${pool.kernelSize} x ${pool.kernelSize}, stride ${pool.stride}`;
    panels.pooled.below.textContent = pooled ? range(pooled) : "";
    problem.textContent = data.problem || "";
    poolProblem.textContent = data.poolProblem || "";
    problem.hidden = !data.problem;
    poolProblem.hidden = !data.poolProblem;
    panels.output.sheet.hidden = !activated;
    panels.pooled.sheet.hidden = !pooled;
    panels.pooled.box.hidden = then.hidden = !(pool && activated);
    poolCsv.hidden = !pooled;
    for (const button of [play, back, forward, mapCsv, png]) button.disabled = !activated;
    line.hidden = saving.hidden = !activated;
    for (const [name, map, what] of [["output", activated, "Output map"], ["pooled", pooled, "Pooled map"]]) {
      const canvas = panels[name].marks;
      canvas.tabIndex = 0;
      canvas.setAttribute("role", "application");
      if (map) canvas.setAttribute("aria-label", `${what}, ${map.height} rows and ${map.width} columns. Arrow keys move, space plays.`);
    }
    panels.input.marks.setAttribute("role", "img");
    panels.input.marks.setAttribute("aria-label", `Input picture, ${picture.height} rows and ${picture.width} columns: ${data.name}`);
  }

  /** Mark the chosen cell and what it is made of, and spell it out. This is all that a step redraws. */
  function mark() {
    const contexts = {};
    for (const name of shownGrids()) {
      const canvas = panels[name].marks;
      contexts[name] = canvas.getContext("2d");
      contexts[name].clearRect(0, 0, canvas.width, canvas.height);
    }
    play.textContent = bench.playing ? "\u25ae\u25ae Pause" : "\u25b6 Play";
    undo.disabled = bench.history.length === 0;
    line.setAttribute("aria-live", bench.playing ? "off" : "polite");
    if (!bench.activated) return;
    if (bench.stage === "pool") markPooling(contexts);
    else markConvolution(contexts);
    if (bench.covered) {
      const { row, column } = bench.at[bench.stage];
      const next = row * mapOf(bench.stage).width + column + 1;
      if (bench.stage === "conv") cover(contexts.output, gridOf("output"), next, bench.theme);
      if (bench.pooled) cover(contexts.pooled, gridOf("pooled"), bench.stage === "pool" ? next : 0, bench.theme);
    }
  }

  function markConvolution(contexts) {
    const { conv } = bench.data;
    const { row, column } = bench.at.conv;
    const taps = tapsOf(bench.picture, bench.weights, conv, row, column);
    const [cell, size] = [bench.cell, spanOf(conv)];
    const [top, left] = [row * conv.stride, column * conv.stride];
    frame(contexts.input, cell, top, left, size, size, conv.dilation > 1);
    if (conv.dilation > 1) {
      for (const tap of taps) frame(contexts.input, cell, tap.row + conv.pads[0], tap.column + conv.pads[0], 1, 1);
    }
    frame(contexts.output, cell, row, column, 1, 1);
    taps.forEach((tap, index) => { cells.children[index].lastChild.textContent = `\u00d7${short(tap.value, 2)}`; });
    const value = bench.sums.values[row * bench.sums.width + column];
    where.textContent = `Output row ${row + 1}, column ${column + 1}:`;
    const told = sumOf(taps, conv.bias, value);
    const parts = [];
    told.terms.forEach((term) => {
      const span = element("span", `${term.nothing ? "nothing" : ""} ${term.padding ? "padding" : ""}`, term.text);
      if (term.padding) span.title = "padding";
      parts.push(span, " + ");
    });
    sum.replaceChildren(...parts, element("b", "", told.end));
    after.textContent = activationText(value, conv.activation);
  }

  function markPooling(contexts) {
    const { conv, pool } = bench.data;
    const { row, column } = bench.at.pool;
    const [cell, size] = [bench.cell, pool.kernelSize];
    frame(contexts.pooled, cell, row, column, 1, 1);
    frame(contexts.output, cell, row * pool.stride, column * pool.stride, size, size);
    const seen = (size - 1) * conv.stride + spanOf(conv);
    frame(contexts.input, cell, row * pool.stride * conv.stride, column * pool.stride * conv.stride, seen, seen, true);
    for (const box of cells.children) box.lastChild.textContent = "";
    where.textContent = `Pooled row ${row + 1}, column ${column + 1}, ${pool.kind} of the ${size} x ${size} cells marked in the output:`;
    sum.textContent = poolingText(windowOf(bench.activated, pool, row, column), pool.kind);
    after.textContent = "";
  }

  // ---- stepping --------------------------------------------------------------------------------------------------
  function choose(name, row, column, keepCover = false) {
    const map = mapOf(name);
    if (!map) return;
    const next = { row: Math.max(0, Math.min(row, map.height - 1)), column: Math.max(0, Math.min(column, map.width - 1)) };
    const old = bench.at[name];
    if (!keepCover && bench.playing) pause();
    const covered = keepCover && bench.covered;
    if (bench.stage === name && old && old.row === next.row && old.column === next.column && covered === bench.covered) return;
    Object.assign(bench, { stage: name, covered, chosen: true });
    bench.at[name] = next;
    mark();
  }

  /** Go `by` cells on in reading order; return whether there was a cell to go to. */
  function step(by) {
    if (!bench.activated) return false;
    if (bench.playing && !bench.ticking) pause();
    const [map, at] = [mapOf(bench.stage), bench.at[bench.stage]];
    const next = at.row * map.width + at.column + by;
    if (next < 0 || next >= map.width * map.height) return false;
    choose(bench.stage, Math.floor(next / map.width), next % map.width, true);
    return true;
  }

  function start() {
    if (!bench.activated) return;
    if (!bench.covered) { // not in the middle of anything: from the first cell
      Object.assign(bench, { stage: "conv", covered: true, chosen: true });
      bench.at.conv = { row: 0, column: 0 };
      if (bench.pooled) bench.at.pool = { row: 0, column: 0 };
    }
    Object.assign(bench, { playing: true, owed: 0, last: performance.now() });
    mark();
    bench.frame = requestAnimationFrame(tick);
  }

  function pause() {
    bench.playing = false;
    cancelAnimationFrame(bench.frame);
    mark();
  }

  function tick(now) {
    if (!bench.playing) return;
    bench.owed += Math.min(0.25, (now - bench.last) / 1000) * bench.speed;
    bench.last = now;
    bench.ticking = true;
    while (bench.owed >= 1 && bench.playing) {
      bench.owed -= 1;
      if (step(1)) continue;
      if (bench.stage === "conv" && bench.pooled) {
        bench.stage = "pool";
        bench.at.pool = { row: 0, column: 0 };
        mark();
      } else {
        bench.covered = false;
        pause();
      }
    }
    bench.ticking = false;
    if (bench.playing) bench.frame = requestAnimationFrame(tick);
  }

  function cellUnder(name, event) {
    const box = panels[name].marks.getBoundingClientRect();
    return [Math.floor((event.clientY - box.top) / bench.cell), Math.floor((event.clientX - box.left) / bench.cell)];
  }

  for (const [name, stageName] of [["output", "conv"], ["pooled", "pool"]]) {
    const point = (event) => choose(stageName, ...cellUnder(name, event));
    panels[name].marks.addEventListener("pointermove", point);
    panels[name].marks.addEventListener("pointerdown", point);
    panels[name].marks.addEventListener("focus", () => {
      if (mapOf(stageName) && bench.stage !== stageName && !bench.playing) choose(stageName, bench.at[stageName].row, bench.at[stageName].column);
    });
  }
  const pointInput = (event) => { // the place where the middle of the kernel comes nearest
    if (!bench.activated) return;
    const { conv } = bench.data;
    const nearest = (place) => Math.round((place - (spanOf(conv) - 1) / 2) / conv.stride);
    choose("conv", ...cellUnder("input", event).map(nearest));
  };
  panels.input.marks.addEventListener("pointermove", pointInput);
  panels.input.marks.addEventListener("pointerdown", pointInput);

  root.addEventListener("keydown", (event) => {
    event.stopPropagation(); // the app has keys of its own
    if (event.target.tagName === "INPUT" || event.ctrlKey || event.metaKey || event.altKey || !bench.activated) return;
    if (event.target.tagName === "BUTTON" && (event.key === " " || event.key === "Enter")) return;
    const { row, column } = bench.at[bench.stage];
    const map = mapOf(bench.stage);
    const moves = {
      ArrowRight: () => step(1), ArrowLeft: () => step(-1),
      ArrowDown: () => step(row < map.height - 1 ? map.width : 0), ArrowUp: () => step(row > 0 ? -map.width : 0),
      Home: () => choose(bench.stage, 0, 0), End: () => choose(bench.stage, map.height - 1, map.width - 1),
      " ": () => (bench.playing ? pause() : start()),
    };
    if (!moves[event.key]) return;
    event.preventDefault();
    moves[event.key]();
  });

  // ---- the kernel ------------------------------------------------------------------------------------------------
  function buildCells() {
    const { kernelSize } = bench.data.conv;
    cells.style.gridTemplateColumns = `repeat(${kernelSize}, ${KERNEL_CELL}px)`;
    cells.replaceChildren(...bench.weights.map((_, index) => {
      const box = element("div", "cell");
      const input = element("input");
      Object.assign(input, { type: "text", autocomplete: "off", spellcheck: false, maxLength: 12 });
      const place = `row ${Math.floor(index / kernelSize) + 1}, column ${(index % kernelSize) + 1}`;
      input.setAttribute("aria-label", `Kernel ${place}`);
      input.title = "Type a number, or press the up and down arrow keys. Fractions such as 1/9 work too.";
      input.onfocus = () => {
        bench.before = [...bench.weights];
        input.value = short(bench.weights[index]);
        input.select();
      };
      input.oninput = () => edit(index, input.value, false);
      input.onchange = () => {
        edit(index, input.value, true);
        if (bench.send) flush(); // the next click may lead to another kernel or page
      };
      input.onblur = () => showWeights();
      input.onkeydown = (event) => nudge(event, index, input);
      box.append(input, element("span"));
      return box;
    }));
  }

  function nudge(event, index, input) {
    if (event.key === "Enter") input.blur();
    const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    input.value = short(bench.weights[index] + by * (event.shiftKey ? 1 : 0.1));
    edit(index, input.value, true);
  }

  /** Take over what was typed into a cell when it is a number; say so when it is none and the cell is left. */
  function edit(index, text, finished) {
    const { maxWeight } = bench.data;
    const value = readNumber(text);
    const good = value !== null && Math.abs(value) <= maxWeight;
    cells.children[index].classList.toggle("wrong", !good);
    if (!good) {
      const why = value === null ? "is not a number" : `is beyond ${maxWeight}`;
      if (finished) message.textContent = `\u201c${text}\u201d ${why}. The cell keeps ${short(bench.weights[index])}.`;
      return;
    }
    message.textContent = "";
    if (value !== bench.weights[index]) {
      bench.weights[index] = value;
      changed();
    }
    if (finished) remember();
  }

  /** Keep the kernel as it was before this cell was changed, for Undo. */
  function remember() {
    if (bench.before && bench.before.some((weight, index) => weight !== bench.weights[index])) {
      bench.history = [...bench.history, bench.before].slice(-50);
      bench.before = [...bench.weights];
      mark();
    }
  }

  function undoEdit() {
    if (!bench.history.length) return;
    bench.weights = bench.history.pop();
    message.textContent = "";
    changed();
    showWeights();
  }

  function changed() {
    compute();
    colourCells();
    paint();
    clearTimeout(bench.send);
    bench.send = setTimeout(flush, SEND_AFTER);
  }

  function flush() {
    clearTimeout(bench.send);
    bench.send = null;
    const size = bench.data.conv.kernelSize;
    const rows = Array.from({ length: size }, (_, row) => bench.weights.slice(row * size, (row + 1) * size));
    bench.setStateValue("kernel", { token: bench.token, weights: rows });
  }

  function colourCells() {
    const limit = largest(bench.weights);
    bench.weights.forEach((weight, index) => {
      const colour = signedColour(bench.data.palette, weight, limit);
      Object.assign(cells.children[index].style, { background: css(colour), color: inkOn(colour) });
    });
  }

  function showWeights() {
    const active = root.getRootNode().activeElement;
    bench.weights.forEach((weight, index) => {
      const [box, input] = [cells.children[index], cells.children[index].firstChild];
      box.classList.remove("wrong");
      const text = short(weight, 3);
      if (input !== active) input.value = text;
      box.classList.toggle("long", text.length > 4);
    });
    colourCells();
  }

  // ---- downloads -------------------------------------------------------------------------------------------------
  function saveCsv(name) {
    const map = name === "pooled" ? bench.pooled : bench.activated;
    save(new Blob([csvOf(map)], { type: "text/csv" }), `convolution-${name}.csv`);
  }

  function savePicture() {
    const size = bench.data.conv.kernelSize;
    const limit = largest(bench.weights);
    const figures = shownGrids().map((name) => {
      const { title, note, base, marks } = panels[name];
      const [width, height] = [base.offsetWidth, base.offsetHeight];
      const draw = (context) => [base, marks].forEach((layer) => context.drawImage(layer, 0, 0, width, height));
      return { title: title.textContent, note: note.textContent, width, height, draw };
    });
    const drawKernel = (context) => paintCells(context, { rows: size, columns: size, cell: KERNEL_CELL },
      (r, c) => signedColour(bench.data.palette, bench.weights[r * size + c], limit),
      (r, c) => short(bench.weights[r * size + c], 3), bench.theme);
    figures.splice(1, 0, { title: kernelTitle.textContent, note: biasText.textContent, width: size * KERNEL_CELL,
      height: size * KERNEL_CELL, draw: drawKernel });
    const canvas = composePicture(figures, [where, sum, after].map((one) => one.textContent), bench.theme);
    canvas.toBlob((blob) => save(blob, "convolution.png"), "image/png");
  }

  // ---- what Python sends -----------------------------------------------------------------------------------------
  const resized = new ResizeObserver(() => {
    if (bench.width !== root.clientWidth) {
      bench.width = root.clientWidth;
      line.style.minHeight = "";
      paint();
    }
  });
  resized.observe(root);

  bench.update = ({ data, setStateValue }) => {
    const previous = bench.data;
    Object.assign(bench, { data, setStateValue });
    const { height, width, hundredths } = data.picture;
    bench.picture = { height, width, values: Float64Array.from(hundredths, (value) => value / 100) };
    if (bench.token !== data.token) { // another kernel than the one being edited here
      Object.assign(bench, { token: data.token, weights: data.weights.flat(), history: [], before: null });
      clearTimeout(bench.send);
      message.textContent = "";
      buildCells();
    }
    if (previous && JSON.stringify(previous.conv) + JSON.stringify(previous.pool) + previous.name
        !== JSON.stringify(data.conv) + JSON.stringify(data.pool) + data.name) {
      Object.assign(bench, { playing: false, covered: false });
      line.style.minHeight = "";
    }
    compute();
    showWeights();
    paint();
  };
  bench.dispose = () => {
    clearTimeout(bench.send);
    bench.playing = false;
    cancelAnimationFrame(bench.frame);
    tall.disconnect();
    resized.disconnect();
  };
  return bench;
}

export default function (component) {
  const root = component.parentElement.querySelector(".cv");
  let bench = BENCHES.get(root);
  if (!bench) {
    bench = createBench(root);
    BENCHES.set(root, bench);
  }
  bench.update(component);
  return () => {
    bench.dispose();
    BENCHES.delete(root);
    root.replaceChildren();
  };
}
