// The theme that is shown, the other one, and the whole screen.

/** The theme that is shown now. */
export function themeShown() {
  const app = document.querySelector(".stApp");
  return app && getComputedStyle(app).colorScheme === "dark" ? "Dark" : "Light";
}

/**
 * Tell whenever another theme may be shown; return what ends that.
 * @param {() => void} switched
 */
export function watchTheme(switched) {
  const watcher = new MutationObserver(switched);
  const app = document.querySelector(".stApp");
  if (app) watcher.observe(app, { attributes: true, attributeFilter: ["class"] });
  return () => watcher.disconnect();
}

/** Streamlit has no call for its theme: its menu is opened, and the other theme chosen there. */
export function switchTheme() {
  const wanted = themeShown() === "Dark" ? "Light" : "Dark";
  /** @type {HTMLElement | null} */
  const menu = document.querySelector("[data-testid=stMainMenuButton]");
  menu?.click();
  let frames = 60;
  const choose = () => {
    /** @type {HTMLElement | null} */
    const item = document.querySelector(`[data-testid=stMainMenuItem-theme-${wanted}]`);
    if (item) {
      item.click();
      if (menu?.getAttribute("aria-expanded") === "true") menu.click();
    } else if (frames-- > 0) requestAnimationFrame(choose);
  };
  choose();
}

/** The whole screen, or the window again. */
export function switchScreen() {
  if (document.fullscreenElement) void leaveScreen();
  else void fillScreen();
}

/** Take the whole screen. Where there is no such thing, as on an iPhone, or the browser refuses, all stays as it is. */
export async function fillScreen() {
  try {
    await document.documentElement.requestFullscreen?.();
  } catch {
    // a browser that refuses has told the person why
  }
}

export async function leaveScreen() {
  if (!document.fullscreenElement) return;
  try {
    await document.exitFullscreen();
  } catch {
    // it has been left already, by Escape
  }
}
