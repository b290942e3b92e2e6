// The player: a recurrent network reads a sentence, word by word. Python sends the sentence, the network and what
// torch made of them; every number on show is worked out here, so that stepping and choosing never ask the server.

const PLAYERS = new WeakMap();
const BEAT = 900; // ms a word

function createPlayer(root) {
  const player = { data: null, net: null, sentence: null, steps: [], states: [], looks: null, word: 0, unit: 0, gate: null,
    speed: 1, playing: false };
  let timer = 0;
  let parts = null; // of the panel; they depend on the cell

  const frame = element("div", "frame");
  const controls = controlsOf({ go: jump, step: (by) => jump(player.word + by), toggle, setSpeed });
  const unrolled = unrolledOf({ go: jump, choose });
  const title = element("div", "title");
  title.setAttribute("role", "status");
  const legend = element("div", "legend");
  legend.title = "The colours of the states. Words and cell states have their full colour at their own largest number.";
  legend.append(element("span", "", `${MINUS}1`), element("span", "ramp"), element("span", "", "1"));
  const heading = element("div", "heading");
  heading.append(title, legend);
  const panel = element("div", "panel");
  const nothing = element("p", "nothing", "Write a sentence, and the network reads it here, word by word.");
  frame.append(controls.box, unrolled.box, heading, panel, nothing);
  root.append(frame);
  root.tabIndex = 0;
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", "The network word by word");
  root.setAttribute("aria-description", "Left and right arrow: words. Up and down: units. Space: play and pause.");

  // ---- moving ----------------------------------------------------------------------------------------------------
  function go(to) {
    const last = player.steps.length - 1;
    const word = Math.max(0, Math.min(last, to));
    if (word !== player.word) player.word = word;
    show();
  }

  /** Where a person goes, and the playing ends. */
  function jump(to) {
    pause();
    go(to);
  }

  function toggle() {
    if (player.playing) pause();
    else start();
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
      ArrowLeft: () => jump(player.word - 1),
      ArrowRight: () => jump(player.word + 1),
      ArrowUp: () => choose(player.unit - 1),
      ArrowDown: () => choose(player.unit + 1),
      Home: () => jump(0),
      End: () => jump(Infinity),
      " ": onButton ? null : toggle, // a button is pressed with space
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
    for (const part of [heading, panel, unrolled.box]) part.hidden = empty;
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
    const verdict = element("span", "so-far", "so far ");
    verdict.append(element("b", "", `${percent(after)} ${verdictNames[1]}`));
    const change = Math.round(after * 100) - Math.round(before * 100);
    const moved = change === 0 ? "as before this word" : `${change > 0 ? "+" : MINUS}${Math.abs(change)} points by this word`;
    title.replaceChildren(element("span", "count", `Word ${word + 1} of ${words.length}`), said, verdict,
      element("span", "moved", moved));
  }

  function paintRamp(palette) {
    const stops = [0, 32, 64, 95, 127, 159, 190, 222, 254].map((place) => `rgb(${palette.slice(3 * place, 3 * place + 3)})`);
    legend.children[1].style.background = `linear-gradient(to right, ${stops})`;
  }

  function makePanel(cell) {
    parts = {
      vectors: vectorsOf(cell, choose),
      gates: gatesOf(cell, chooseGate),
      contributions: contributionsOf(cell, chooseGate),
    };
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
    if (data.word !== null && old?.word !== data.word) player.word = data.word;
    const last = Math.max(0, data.words.length - 1);
    player.unit = Math.max(0, Math.min(data.hiddenSize - 1, player.unit));
    player.word = Math.max(0, Math.min(last, player.word));
    if (player.playing && player.word === last) pause();
    const said = ({ words, verdictNames }) => JSON.stringify([words, verdictNames]);
    if (!sameSentence || said(old) !== said(data)) {
      unrolled.show({ words: data.words, states: player.states, verdicts: player.sentence.verdicts,
        names: data.verdictNames, palette: player.looks.palette });
    }
    show();
  };

  /** Read the sentence here, from the state before the first word: so what goes out of a step goes into the next. */
  function readAgain(data) {
    const sentence = receiveSentence(data);
    const [state, cell] = [sentence.states[0], sentence.cells?.[0]].map((row) => row && Float64Array.from(row));
    const first = { state, cell };
    player.sentence = sentence;
    player.steps = readSentence(player.net, sentence.inputs, first);
    player.states = [first.state, ...player.steps.map((step) => step.state)];
    const cells = [...(first.cell ? [first.cell] : []), ...player.steps.map((step) => step.cell ?? [])];
    const cellLimit = Math.max(1, limitOf(cells));
    player.looks = { palette: bytesOf(data.palette),
      limits: { word: limitOf(sentence.inputs), cellBefore: cellLimit, cellAfter: cellLimit } };
    paintRamp(player.looks.palette);
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
