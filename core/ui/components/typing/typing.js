// A text field that answers while a person types. Python sends {text, version, label, help, placeholder, most, heard};
// the field belongs to the person: `text` is taken over when `version` is another one, and at no other time.

const FIELDS = new WeakMap();
const PAUSE = 40; // ms after the last key
const COMPOSING = 400; // ms while characters are put together: a phone does so with every word, so it must not wait for the end
const MOST_LINES = 6;

/** Keep a text in the address of the page, in place of the one that is there. */
function keepInAddress(name, text) {
  const address = new URL(window.location.href);
  if (!name || address.searchParams.get(name) === text) return;
  address.searchParams.set(name, text);
  history.replaceState(history.state, "", address);
}

function createField(root) {
  const field = { version: null, setStateValue: null, most: 0, composing: false, replacement: null };
  const part = (tag, attributes) => Object.assign(document.createElement(tag), attributes);
  const head = part("div", { className: "head" });
  const label = part("label", { htmlFor: "text" });
  const help = part("button", { type: "button", className: "help", textContent: "?" });
  const explanation = part("span", { className: "explanation", id: "explanation", role: "tooltip" });
  const text = part("textarea", { id: "text", rows: 1, spellcheck: false, autocomplete: "off" });
  help.setAttribute("aria-label", "Help");
  help.setAttribute("aria-describedby", "explanation");
  head.append(label, help, explanation);
  root.append(head, text);

  const sender = createSender(({ number, text: value }) => {
    keepInAddress(field.address, value);
    field.setStateValue("typed", { number, version: field.version, text: value });
  });

  /** What is sent: whole characters, one more than are read, so that Python knows of the rest. */
  function current() {
    const value = text.value.length > field.most ? Array.from(text.value).slice(0, field.most).join("") : text.value;
    return value.toWellFormed?.() ?? value;
  }

  function grow() {
    const style = getComputedStyle(text);
    const line = parseFloat(style.lineHeight);
    const around = parseFloat(style.paddingTop) + parseFloat(style.paddingBottom);
    text.style.height = "0";
    const lines = Math.max(1, Math.round((text.scrollHeight - around) / line));
    const borders = parseFloat(style.borderTopWidth) + parseFloat(style.borderBottomWidth);
    text.style.height = `${Math.min(lines, MOST_LINES) * line + around + borders}px`;
    text.style.overflowY = lines > MOST_LINES ? "auto" : "hidden";
  }

  /** Take over Python's text. Not while characters are being put together: their window would lose its place. */
  function replace(data) {
    if (field.composing) return void (field.replacement = data);
    if (field.version !== null) keepInAddress(data.address, data.text); // not when the page opens
    Object.assign(field, { version: data.version, replacement: null });
    if (text.value !== data.text) text.value = data.text;
    sender.reset(current());
    grow();
  }

  text.oninput = (event) => {
    grow();
    sender.send(current(), event.isComposing ? COMPOSING : PAUSE);
  };
  text.oncompositionstart = () => { field.composing = true; };
  text.oncompositionend = () => {
    field.composing = false;
    if (field.replacement) replace(field.replacement);
    else sender.send(current(), PAUSE);
  };
  text.onblur = () => {
    field.composing = false;
    sender.send(current(), 0);
  };
  text.onkeydown = (event) => {
    // Streamlit has shortcuts on single letters, and sees keys out of a shadow root as if no field had the focus.
    event.stopPropagation();
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    sender.send(current(), 0);
  };
  text.onkeyup = text.onkeypress = (event) => event.stopPropagation();

  let width = 0;
  const resized = new ResizeObserver(() => {
    if (width !== text.clientWidth) {
      width = text.clientWidth;
      grow();
    }
  });
  resized.observe(text);

  field.update = ({ data, setStateValue }) => {
    Object.assign(field, { setStateValue, most: data.most, address: data.address });
    label.textContent = data.label;
    text.placeholder = data.placeholder;
    text.setAttribute("aria-label", data.label);
    explanation.textContent = data.help;
    help.hidden = explanation.hidden = !data.help;
    if (data.version !== field.version) replace(data);
    sender.answered(data.heard);
  };
  field.end = () => {
    sender.end();
    resized.disconnect();
  };
  return field;
}

export default function (component) {
  const root = component.parentElement.querySelector(".typing");
  if (!FIELDS.has(root)) FIELDS.set(root, createField(root));
  FIELDS.get(root).update(component);
  return () => {
    FIELDS.get(root)?.end();
    FIELDS.delete(root);
    root.replaceChildren();
  };
}
