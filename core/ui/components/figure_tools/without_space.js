// Where a browser cannot draw in space, Plotly covers the figure with words about WebGL that are a link out of the app.

const WORDS = (
  "This figure is in 3-D, which this browser cannot draw here. Another browser may, or this one once " +
  "hardware acceleration is switched on in its settings. The numbers are below, under “Data (CSV)”."
);

/**
 * Say in Plotly's place what can be done.
 * @param {ParentNode | null} box in which the figure lies
 * @returns {boolean} whether it had to be said: then there is no picture to save
 */
export function sayWithoutSpace(box) {
  /** @type {NodeListOf<HTMLElement>} */
  const covers = box?.querySelectorAll(".no-webgl") ?? /** @type {any} */ ([]);
  for (const cover of covers) {
    const said = cover.firstElementChild;
    if (!said || said.textContent === WORDS) continue;
    said.textContent = WORDS;
    said.setAttribute("style", 'font-family: "Source Sans", sans-serif'); // Plotly's own is another
    cover.style.cssText = (
      "position: absolute; inset: 0; z-index: 30; display: grid; place-content: center; padding: 1rem; " +
      "text-align: center; text-wrap: balance; color: inherit; cursor: default"
    );
    const scene = cover.parentElement;
    if (!scene) continue;
    scene.style.background = "none";
    scene.onclick = null;
  }
  return covers.length > 0;
}
