// Files that a component fetches when it is there already: nothing else would ask for them again.

const PAUSES = [1000, 2000, 4000, 8000, 16000]; // ms after an attempt that failed

/**
 * Fetch a file; where the connection is lost or the file cut, again. A file that the server has not is not asked for
 * again: that is an error at once.
 * @param {string} address relative to any page of the app
 * @returns {Promise<ArrayBuffer>}
 */
export async function fetchPatiently(address) {
  for (let attempt = 0; ; attempt++) {
    /** @type {Response} */
    let answer;
    try {
      answer = await fetch(new URL(address, document.baseURI), { priority: "low" });
      if (answer.ok) return await answer.arrayBuffer();
    } catch (error) {
      if (attempt >= PAUSES.length) throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSES[attempt]));
      continue;
    }
    throw new Error(`${address}: ${answer.status}`);
  }
}
