// Words as buttons, each with what every reader takes it for. Python sends {names, words: [{text, apart, label, answers:
// [{tag, chance}]}], chosen, empty, address}; a click sends the number of the word. Buttons are kept and only refilled.

const part = (tag, className) => Object.assign(document.createElement(tag), { className });

function fill(button, word, index, data) {
  const [text, ...answers] = button.children;
  text.textContent = word.text;
  text.dir = "auto";
  button.classList.toggle("apart", word.apart);
  button.setAttribute("aria-pressed", String(index === data.chosen));
  button.setAttribute("aria-label", word.label);
  button.title = word.label;
  answers.forEach((answer, reader) => {
    const { tag, chance } = word.answers[reader];
    answer.className = `answer ${tag}`;
    answer.children[0].textContent = tag;
    answer.children[1].textContent = chance;
  });
}

function fresh(readers) {
  const button = Object.assign(part("button", ""), { type: "button" });
  button.append(part("span", "word"));
  for (let reader = 0; reader < readers; reader += 1) {
    const answer = part("span", "answer");
    answer.append(document.createElement("b"), document.createElement("span"));
    button.append(answer);
  }
  return button;
}

/** Keep a value in the address of the page, in place of the one that is there. */
function keepInAddress(name, value) {
  const address = new URL(window.location.href);
  if (!name || (address.searchParams.get(name) ?? "") === value) return;
  if (value) address.searchParams.set(name, value);
  else address.searchParams.delete(name);
  history.replaceState(history.state, "", address);
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".tagged");
  const words = data.words;
  keepInAddress(...data.address);
  let [names, empty] = [root.querySelector(".names"), root.querySelector(".empty")];
  if (!names) {
    names = part("div", "names");
    empty = part("span", "empty");
    root.append(names, empty);
  }
  names.replaceChildren(...data.names.map((name) => Object.assign(document.createElement("span"), { textContent: name })));
  empty.textContent = words.length ? "" : data.empty;
  empty.hidden = words.length > 0;
  names.hidden = !words.length;
  const buttons = [...root.querySelectorAll("button")];
  while (buttons.length > words.length) buttons.pop().remove();
  while (buttons.length < words.length) {
    const button = fresh(data.names.length);
    buttons.push(button);
    root.append(button);
  }
  buttons.forEach((button, index) => {
    fill(button, words[index], index, data);
    button.onclick = () => setTriggerValue("picked", index);
    button.onkeydown = (event) => {
      event.stopPropagation(); // Streamlit has shortcuts on single letters
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      const next = step && buttons[index + step];
      if (next) {
        next.focus();
        event.preventDefault();
      }
    };
  });
}
