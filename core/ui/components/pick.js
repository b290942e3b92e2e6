// Pictures that can be clicked. Python sends {items: [{picture, title, caption}], chosen, side, wide}; a click
// sends the number of the picture back, once, as the trigger `picked`. Buttons are kept and only refilled, so
// nothing flickers when the digit changes.
export default function (component) {
  const { data, parentElement, setTriggerValue } = component
  const root = parentElement.querySelector(".pick")
  const items = data?.items ?? []
  root.classList.toggle("wide", Boolean(data.wide))
  root.style.setProperty("--side", `${data.side}px`)
  while (root.children.length > items.length) root.lastElementChild.remove()
  while (root.children.length < items.length) {
    const button = document.createElement("button")
    button.type = "button"
    for (const [tag, name] of [["b", "title"], ["img", "picture"], ["span", "caption"]]) {
      const part = document.createElement(tag)
      part.className = name
      button.append(part)
    }
    root.append(button)
  }
  items.forEach((item, index) => {
    const button = root.children[index]
    const [title, picture, caption] = button.children
    title.textContent = item.title
    caption.textContent = item.caption ?? ""
    caption.hidden = !item.caption
    picture.hidden = !item.picture
    if (item.picture && picture.src !== item.picture) picture.src = item.picture
    picture.alt = ""
    button.setAttribute("aria-pressed", String(index === data.chosen))
    button.setAttribute("aria-label", [item.title, item.caption].filter(Boolean).join(": "))
    button.onclick = () => setTriggerValue("picked", index)
    button.onkeydown = (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
      const next = step && root.children[index + step]
      if (next) { next.focus(); event.preventDefault() }
    }
  })
}
