// When a text is sent: a moment after the last key, and not while an answer is awaited. What is typed meanwhile
// waits, and only the latest of it is sent; but not longer than until the field is left, for the click that does so may
// lead to another page. Knows nothing of the field.

const LONGEST_WAIT = 4; // pauses: so long a text waits for the end of a quick hand, then it is sent in the middle
const PATIENCE = 5000; // ms without an answer, and the next text is sent all the same

/**
 * Call `act` once the page has run to its end. An answer at the top of a page comes before the pictures below it, and a
 * new message would cut these short: whoever types without a pause would never see them.
 * @param {() => void} act
 */
function afterRun(act) {
  const app = document.querySelector("[data-test-script-state]");
  const running = () => app?.isConnected && app.getAttribute("data-test-script-state") === "running";
  if (!app || !running()) {
    act();
    return;
  }
  const watcher = new MutationObserver(() => {
    if (running()) return;
    watcher.disconnect();
    act();
  });
  watcher.observe(app, { attributes: true, attributeFilter: ["data-test-script-state"] });
}

/**
 * @param {(message: { number: number, text: string }) => void} deliver puts a text on its way
 */
export function createSender(deliver) {
  /** @type {string | null} not sent yet */
  let latest = null;
  /** @type {string | null} sent last */
  let sent = null;
  /** @type {number | null} number of the message that has no answer yet */
  let awaited = null;
  /** @type {number | null} */
  let heard = null;
  let number = Date.now();
  let waitingSince = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let pause;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let patience;

  function flush(leaving = false) {
    clearTimeout(pause);
    pause = undefined;
    if (latest === null || (awaited !== null && !leaving)) return;
    const text = latest;
    latest = null;
    if (text === sent) return;
    number = Math.max(number + 1, Date.now()); // another field with this key may have counted before
    clearTimeout(patience);
    [sent, awaited] = [text, number];
    patience = setTimeout(stopAwaiting, PATIENCE, number);
    deliver({ number, text });
  }

  /** @param {number} message */
  function stopAwaiting(message) {
    if (message !== awaited) return;
    clearTimeout(patience);
    awaited = null;
    if (!pause) flush(); // otherwise the person is still typing
  }

  return {
    /**
     * Send a text unless another one comes within so many milliseconds.
     * @param {string} text
     * @param {number} milliseconds
     */
    send(text, milliseconds) {
      const now = performance.now();
      if (!pause) waitingSince = now;
      latest = text;
      clearTimeout(pause);
      const left = Math.min(milliseconds, waitingSince + LONGEST_WAIT * milliseconds - now);
      pause = setTimeout(() => flush(), Math.max(0, left));
      if (!milliseconds) flush();
    },
    awaits: () => awaited !== null,
    /** @param {string} text of a field that is left: sent now, whatever is awaited */
    leave(text) {
      latest = text;
      flush(true);
    },
    /** @param {number | null} message that Python has heard */
    answered(message) {
      if (message === null || message !== awaited || message === heard) return;
      heard = message; // a run may say so several times
      afterRun(() => stopAwaiting(message));
    },
    /**
     * Forget what was not sent: this is the text now, and Python knows it.
     * @param {string} text
     */
    reset(text) {
      clearTimeout(pause);
      [pause, latest, sent] = [undefined, null, text];
    },
    end() {
      clearTimeout(pause);
      clearTimeout(patience);
    },
  };
}
