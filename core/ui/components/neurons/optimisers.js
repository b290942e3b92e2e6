// The three optimisers, as PyTorch's `torch.optim` defines them. Knows nothing of layers or losses.

/** @typedef {"sgd" | "momentum" | "adam"} OptimiserName */

/** @type {readonly OptimiserName[]} */
export const OPTIMISERS = ["sgd", "momentum", "adam"];
export const MOMENTUM = 0.9;
export const [BETA1, BETA2, EPSILON] = [0.9, 0.999, 1e-8]; // Adam's, as Kingma and Ba (2015) propose them

export class Optimiser {
  /** @param {OptimiserName} name @param {number} count of the numbers that are trained */
  constructor(name, count) {
    this.name = name;
    this.steps = 0;
    this.first = new Float64Array(count); // momentum's buffer, or Adam's mean of the gradients
    this.second = new Float64Array(count); // Adam's mean of their squares
  }

  /**
   * Change the parameters by one update.
   * @param {Float64Array} params @param {Float64Array} grads @param {number} rate the learning rate
   */
  step(params, grads, rate) {
    this.steps += 1;
    if (this.name === "sgd") for (let k = 0; k < params.length; k++) params[k] -= rate * grads[k];
    else if (this.name === "momentum") this.#momentum(params, grads, rate);
    else this.#adam(params, grads, rate);
  }

  /** @param {Float64Array} params @param {Float64Array} grads @param {number} rate */
  #momentum(params, grads, rate) {
    const { first } = this;
    for (let k = 0; k < params.length; k++) {
      first[k] = MOMENTUM * first[k] + grads[k];
      params[k] -= rate * first[k];
    }
  }

  /** @param {Float64Array} params @param {Float64Array} grads @param {number} rate */
  #adam(params, grads, rate) {
    const { first, second } = this;
    const root = Math.sqrt(1 - BETA2 ** this.steps);
    const stride = rate / (1 - BETA1 ** this.steps);
    for (let k = 0; k < params.length; k++) {
      const g = grads[k];
      const m = (first[k] = BETA1 * first[k] + (1 - BETA1) * g);
      const v = (second[k] = BETA2 * second[k] + (1 - BETA2) * g * g);
      params[k] -= (stride * m) / (Math.sqrt(v) / root + EPSILON);
    }
  }

  /** @returns {Optimiser} one that goes on by itself from here */
  copy() {
    const other = new Optimiser(this.name, this.first.length);
    other.steps = this.steps;
    other.first.set(this.first);
    other.second.set(this.second);
    return other;
  }
}
