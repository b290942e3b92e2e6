// The worker: a session and nothing else. The page never waits for it.

import { Session } from "./session.js";

const session = new Session();

/** @param {MessageEvent<import("./session.js").Message>} event */
self.onmessage = ({ data }) => {
  const told = session.tell(data);
  if (told) self.postMessage(told.frame, { transfer: told.moved });
};
