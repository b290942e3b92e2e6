// Telling a component when its width changes.

/**
 * Call `changed` when an element becomes wider or narrower; not when it only grows in height, nor while it is hidden.
 * @param {HTMLElement} node
 * @param {(width: number) => void} changed
 * @returns {() => void} ends the watch
 */
export function watchWidth(node, changed) {
  let width = 0;
  const observer = new ResizeObserver(() => {
    if (node.clientWidth === width || !node.clientWidth) return;
    width = node.clientWidth;
    changed(width);
  });
  observer.observe(node);
  return () => observer.disconnect();
}
