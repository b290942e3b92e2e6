// The player: a recurrent network reads a sentence, word by word. Python sends the sentence, the network and what
// torch made of them; every number on show is worked out here, so that stepping and choosing never ask the server.

const PLAYERS = new WeakMap();
const BEAT = 900; // ms a word

function createPlayer(root) {
  const player = { data: null, net: null, steps: [], looks: null, word: 0, unit: 0, gate: null, speed: 1, playing: false };
  let timer = 0;
  let parts = null; // of the panel; they depend on the cell

  const frame = element("div", "frame");
  const controls = controlsOf({ go: (to) => { pause(); go(to); }, step: (by) => { pause(); go(player.word + by); },
    toggle: () => (player.playing ? pause() : start()), setSpeed });
  const unrolled = unrolledOf({ go: (to) => { pause(); go(to); }, choose });
  const title = element("div", "title");
  title.setAttribute("role", "status");
  const panel = element("div", "panel");
  const nothing = element("p", "nothing", "Write a sentence, and the network reads it here, word by word.");
  frame.append(controls.box, unrolled.box, title, panel, nothing);
  root.append(frame);
  root.tabIndex = 0;
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", "A network reads a sentence. Left and right arrow: words. Up and down: units. Space: play.");

  // ---- moving ----------------------------------------------------------------------------------------------------
  function go(to) {
    const last = player.steps.length - 1;
    const word = Math.max(0, Math.min(last, to));
    if (word !== player.word) player.word = word;
    show();
  }

  function choose(unit) {
    player.unit = Math.max(0, Math.min(player.net.hiddenSize - 1, unit));
    show();
  }

  function chooseGate(gate) {
    player.gate = gate;
    show();
  }

  function setSpeed(speed) {
    player.speed = speed;
    if (player.playing) beat();
    show();
  }

  function start() {
    if (!player.steps.length) return;
    player.playing = true;
    if (player.word === player.steps.length - 1) player.word = 0;
    beat();
    show();
  }

  function beat() {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (player.word < player.steps.length - 1) player.word += 1;
      player.playing = player.word < player.steps.length - 1;
      if (player.playing) beat();
      show();
    }, BEAT / player.speed);
  }

  function pause() {
    clearTimeout(timer);
    if (!player.playing) return;
    player.playing = false;
    show();
  }

  root.onkeydown = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !player.steps.length) return;
    const onButton = event.target.closest?.("button");
    const acts = {
      ArrowLeft: () => { pause(); go(player.word - 1); },
      ArrowRight: () => { pause(); go(player.word + 1); },
      ArrowUp: () => choose(player.unit - 1),
      ArrowDown: () => choose(player.unit + 1),
      Home: () => { pause(); go(0); },
      End: () => { pause(); go(Infinity); },
      " ": onButton ? null : () => (player.playing ? pause() : start()), // a button is pressed with space
    };
    if (!acts[event.key]) return;
    event.preventDefault();
    acts[event.key]();
  };

  // ---- showing ---------------------------------------------------------------------------------------------------
  function show() {
    const { data, net, steps, word, unit, playing, speed } = player;
    controls.show({ word, words: data.words, playing, speed });
    const empty = steps.length === 0;
    for (const part of [title, panel, unrolled.box]) part.hidden = empty;
    nothing.hidden = !empty;
    Object.assign(root.dataset, { word, unit, gate: player.gate });
    if (empty) return;
    unrolled.mark(word);
    frame.style.setProperty("--unit", unit);
    const step = steps[word];
    showTitle(data, word);
    parts.vectors.show(step, data.words[word], unit, player.looks);
    parts.gates.show(step, unit, player.gate);
    parts.contributions.show(net, step, unit, player.gate, data.words[word]);
  }

  function showTitle({ words, verdictNames }, word) {
    const [before, after] = [player.sentence.verdicts[word], player.sentence.verdicts[word + 1]];
    const said = element("b", "", `\u201c${words[word]}\u201d`);
    const verdict = element("span", "so-far", `so far ${verdictNames[after < 0.5 ? 0 : 1]} `);
    verdict.append(element("b", "", percent(after < 0.5 ? 1 - after : after)));
    const change = Math.round(after * 100) - Math.round(before * 100);
    const moved = change === 0 ? "this word changes nothing" : `this word: ${change > 0 ? "+" : MINUS}${Math.abs(change)} points ${verdictNames[1]}`;
    title.replaceChildren(element("span", "count", `Word ${word + 1} of ${words.length}`), said, verdict,
      element("span", "moved", moved));
  }

  function makePanel(cell) {
    parts = { vectors: vectorsOf(cell, choose), gates: gatesOf(cell, chooseGate), contributions: contributionsOf(cell, chooseGate) };
    panel.replaceChildren(parts.vectors.box, parts.gates.box, parts.contributions.box);
    root.dataset.cell = cell;
    if (!(player.gate in GATES[cell])) [player.gate] = Object.keys(GATES[cell]);
  }

  // ---- what Python sends -----------------------------------------------------------------------------------------
  player.update = (data) => {
    const old = player.data;
    player.data = data;
    const sameNet = old && old.cell === data.cell && old.weights.sum === data.weights.sum;
    const sameSentence = sameNet && old.sentence.sum === data.sentence.sum;
    if (!sameNet) player.net = receiveNet(data);
    if (!sameSentence) readAgain(data);
    if (old?.cell !== data.cell) makePanel(data.cell);
    if (!old || old.unit !== data.unit) player.unit = data.unit;
    if (!old || old.word !== data.word) player.word = data.word ?? 0;
    const last = Math.max(0, data.words.length - 1);
    player.unit = Math.max(0, Math.min(data.hiddenSize - 1, player.unit));
    player.word = Math.max(0, Math.min(last, player.word));
    if (player.playing && player.word === last) pause();
    if (!sameSentence || JSON.stringify([old.words, old.verdictNames]) !== JSON.stringify([data.words, data.verdictNames])) {
      unrolled.show({ words: data.words, states: player.states, verdicts: player.sentence.verdicts,
        names: data.verdictNames, palette: player.looks.palette });
    }
    show();
  };

  /** Read the sentence here, from the state before the first word: so what goes out of a step goes into the next. */
  function readAgain(data) {
    const sentence = receiveSentence(data);
    const first = { state: Float64Array.from(sentence.states[0]), cell: sentence.cells && Float64Array.from(sentence.cells[0]) };
    player.sentence = sentence;
    player.steps = readSentence(player.net, sentence.inputs, first);
    player.states = [first.state, ...player.steps.map((step) => step.state)];
    const cells = [...(first.cell ? [first.cell] : []), ...player.steps.map((step) => step.cell ?? [])];
    const cellLimit = Math.max(1, limitOf(cells));
    player.looks = { palette: bytesOf(data.palette),
      limits: { word: limitOf(sentence.inputs), cellBefore: cellLimit, cellAfter: cellLimit } };
    let off = 0; // from what torch has computed; more than rounding would mean that this page shows another network
    player.states.forEach((state, t) => state.forEach((value, unit) => {
      off = Math.max(off, Math.abs(value - sentence.states[t][unit]));
    }));
    root.dataset.off = off.toExponential(1);
    if (off > 1e-3) console.warn(`The player's states are ${off} away from those that were sent.`);
  }

  player.dispose = () => clearTimeout(timer);
  return player;
}

export default function (component) {
  const root = component.parentElement.querySelector(".player");
  let player = PLAYERS.get(root);
  if (!player) {
    player = createPlayer(root);
    PLAYERS.set(root, player);
  }
  player.update(component.data);
  return () => {
    player.dispose();
    PLAYERS.delete(root);
    root.replaceChildren();
  };
}
