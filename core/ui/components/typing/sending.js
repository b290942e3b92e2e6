// When a text is sent: a moment after the last key, and never while an answer is awaited. What is typed meanwhile
// waits, and only the latest of it is sent. Knows nothing of the field.

const LONGEST = 4; // pauses: so long a text waits for the end of a quick hand, then it is sent in the middle
const PATIENCE = 5000; // ms without an answer, and the next text is sent all the same

/** Call `then` once the script has nothing more to say. An answer at the top of a page comes before the pictures below
 * it, and a new message would cut these short: whoever types without a pause would never see them. */
function afterRun(then) {
  const app = document.querySelector("[data-test-script-state]");
  const busy = () => app?.isConnected && app.getAttribute("data-test-script-state") === "running";
  if (!busy()) return void then();
  const watcher = new MutationObserver(() => {
    if (busy()) return;
    watcher.disconnect();
    then();
  });
  watcher.observe(app, { attributes: true, attributeFilter: ["data-test-script-state"] });
}

/** A sender of texts; `deliver({number, text})` puts one on its way, and `answered(number)` says that it was heard. */
function createSender(deliver) {
  let [number, awaited, heardOf, latest, sent] = [Date.now(), null, null, null, null];
  let [timer, patience, since] = [0, 0, 0];

  function flush() {
    clearTimeout(timer);
    timer = 0;
    if (latest === null || awaited !== null) return;
    const text = latest;
    latest = null;
    if (text === sent) return;
    number = Math.max(number + 1, Date.now()); // another field with this key may have counted before
    [sent, awaited] = [text, number];
    patience = setTimeout(free, PATIENCE, number);
    deliver({ number, text });
  }

  function free(heard) {
    if (heard !== awaited) return;
    clearTimeout(patience);
    awaited = null;
    if (!timer) flush(); // otherwise the person is still typing
  }

  return {
    /** Send a text unless another one comes within so many milliseconds. */
    send(text, milliseconds) {
      const now = performance.now();
      if (!timer) since = now;
      latest = text;
      clearTimeout(timer);
      timer = setTimeout(flush, Math.max(0, Math.min(milliseconds, since + LONGEST * milliseconds - now)));
      if (!milliseconds) flush();
    },
    answered(heard) {
      if (heard === null || heard !== awaited || heard === heardOf) return;
      heardOf = heard; // a run may say so several times
      afterRun(() => free(heard));
    },
    /** Forget what was not sent: the text is now this one, and Python knows. */
    reset(text) {
      clearTimeout(timer);
      [timer, latest, sent] = [0, null, text];
    },
    end() {
      clearTimeout(timer);
      clearTimeout(patience);
    },
  };
}
