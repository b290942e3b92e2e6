// How far the networks of the page "Neurons" are from PyTorch's. Used under Node and in a browser.

/** @param {ArrayLike<number>} one @param {ArrayLike<number>} other @returns {number} the largest difference */
function apart(one, other) {
  if (one.length !== other.length) return Infinity;
  let most = 0;
  for (let k = 0; k < one.length; k++) most = Math.max(most, Math.abs(one[k] - other[k]));
  return Number.isNaN(most) ? Infinity : most;
}

/**
 * @param {{ Trainer: any, defaults: () => any }} modules of the component
 * @param {any[]} cases see tests/support/neurons_reference.py
 * @param {() => any} engine
 * @returns {{ name: string, loss: number, grads: number, one: number, all: number, dropped: number }[]}
 */
export function differences({ Trainer, defaults }, cases, engine) {
  return cases.map((item) => {
    const count = item.targets.length;
    const points = {
      x: Float64Array.from(item.points),
      y: Float64Array.from(item.targets),
      names: [],
      axes: ["", ""],
      scales: null,
      classes: { binary: 2, classes: 4, number: 0 }[item.goal],
    };
    const settings = { ...defaults(), ...item, test: 0, seed: 0 };
    const trainer = new Trainer(points, settings, engine());
    const { network, batch } = trainer;
    network.params.set(item.params);
    const first = Uint32Array.from({ length: item.batch }, (_, k) => k);
    const loss = Math.abs(trainer.score(first).loss - item.loss);

    trainer.learn(first);
    const [grads, one] = [apart(network.grads, item.grads), apart(network.params, item.after_one)];
    for (let step = 1; step < item.steps; step++) {
      trainer.learn(Uint32Array.from({ length: item.batch }, (_, k) => (step * item.batch + k) % count));
    }
    const all = apart(network.params, item.after_all);

    network.params.set(item.params);
    const inputs = trainer.features;
    for (let s = 0; s < item.batch; s++) {
      for (let row = 0; row < item.sizes[0]; row++) batch.a[0][row * batch.lanes + s] = inputs[row * count + s];
      batch.targets[s] = item.targets[s];
    }
    item.masks.forEach((/** @type {number[][]} */ mask, /** @type {number} */ l) => {
      batch.masks[l + 1] = new Float64Array(batch.a[l + 1].length);
      mask.forEach((row, j) =>
        row.forEach((value, s) => {
          batch.masks[l + 1][j * batch.lanes + s] = value;
        }),
      );
    });
    network.forward(batch);
    const lossOff = Math.abs(network.loss(batch) - item.dropped_loss);
    network.backward(batch);
    const dropped = Math.max(lossOff, apart(network.grads, item.dropped_grads));
    const name = `${item.activation} ${item.goal} ${item.optimiser} ${item.penalty} ${item.sizes}`;
    return { name, loss, grads, one, all, dropped };
  });
}
