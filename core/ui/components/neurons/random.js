// Random numbers from a seed: the same on every machine. Knows nothing of what they are for.

/**
 * A generator of uniform numbers in 0-1 (Mulberry32 by Tommy Ettinger, in the public domain).
 * @param {number} seed
 * @returns {(() => number) & { state: number }} with the same `state` another one goes on alike
 */
export function uniform(seed) {
  const random = () => {
    const state = (random.state = (random.state + 0x6d2b79f5) >>> 0);
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  random.state = seed >>> 0;
  return random;
}

/**
 * @param {() => number} random uniform in 0-1
 * @returns {number} of the standard normal distribution (Box and Muller)
 */
export function gaussian(random) {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/**
 * Shuffle in place (Fisher and Yates).
 * @param {Uint32Array | number[]} items
 * @param {() => number} random uniform in 0-1
 */
export function shuffle(items, random) {
  for (let last = items.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [items[last], items[other]] = [items[other], items[last]];
  }
}
