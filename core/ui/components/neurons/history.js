// The losses over a training: as many points as a chart can show, whatever the number of updates. Knows no page.

const MOST = 600;

export class History {
  /** @type {number[]} */ epochs = [];
  /** @type {number[]} */ train = [];
  /** @type {number[]} */ test = [];
  every = 1; // of so many entries one is kept
  seen = 0;

  clear() {
    [this.epochs, this.train, this.test, this.every, this.seen] = [[], [], [], 1, 0];
  }

  /** @param {number} epoch a fraction within an epoch @param {number} train @param {number | null} test losses */
  add(epoch, train, test) {
    const last = this.epochs.length - 1;
    if (last >= 0 && epoch <= this.epochs[last]) return this.#put(last, epoch, train, test); // nothing was learnt since
    this.seen += 1;
    // The last entry is always the newest; it is overwritten until it is its turn to stay.
    if (last > 0 && (this.seen - 1) % this.every) this.#put(last, epoch, train, test);
    else this.#put(last + 1, epoch, train, test);
    if (this.epochs.length > MOST) this.#thin();
    return undefined;
  }

  /** @param {number} at @param {number} epoch @param {number} train @param {number | null} test */
  #put(at, epoch, train, test) {
    this.epochs[at] = epoch;
    this.train[at] = train;
    this.test[at] = test ?? Number.NaN;
  }

  /** Keep every other entry. */
  #thin() {
    const even = (/** @type {number[]} */ values) => values.filter((_, k) => k % 2 === 0);
    this.epochs = even(this.epochs);
    this.train = even(this.train);
    this.test = even(this.test);
    this.every *= 2;
  }
}
