// The four sums of a layer, over a batch at a time. Values of a layer lie unit after unit, each with `lanes` places,
// one
// for every example; `lanes` is a multiple of four, so that four sums run side by side. Knows no activation and no
// loss.

/**
 * z[j] = b[j] + sum over i of w[j][i] x[i].
 * @template {Float64Array | Float32Array} Numbers
 * @param {Numbers} w (outputs, inputs) @param {Numbers} b (outputs)
 * @param {Numbers} x (inputs, lanes) @param {Numbers} z (outputs, lanes), written
 * @param {number} inputs @param {number} outputs @param {number} lanes
 */
export function affine(w, b, x, z, inputs, outputs, lanes) {
  let j = 0;
  for (; j + 1 < outputs; j += 2) {
    const row0 = j * inputs;
    const row1 = row0 + inputs;
    const bias0 = b[j];
    const bias1 = b[j + 1];
    for (let s = 0; s < lanes; s += 4) {
      let a0 = bias0;
      let a1 = bias0;
      let a2 = bias0;
      let a3 = bias0;
      let c0 = bias1;
      let c1 = bias1;
      let c2 = bias1;
      let c3 = bias1;
      for (let i = 0, at = s; i < inputs; i++, at += lanes) {
        const w0 = w[row0 + i];
        const w1 = w[row1 + i];
        const x0 = x[at];
        const x1 = x[at + 1];
        const x2 = x[at + 2];
        const x3 = x[at + 3];
        a0 += w0 * x0;
        a1 += w0 * x1;
        a2 += w0 * x2;
        a3 += w0 * x3;
        c0 += w1 * x0;
        c1 += w1 * x1;
        c2 += w1 * x2;
        c3 += w1 * x3;
      }
      const to = j * lanes + s;
      z[to] = a0;
      z[to + 1] = a1;
      z[to + 2] = a2;
      z[to + 3] = a3;
      z[to + lanes] = c0;
      z[to + lanes + 1] = c1;
      z[to + lanes + 2] = c2;
      z[to + lanes + 3] = c3;
    }
  }
  if (j < outputs) affineOne(w, b[j], x, z, inputs, j, lanes);
}

/** @template {Float64Array | Float32Array} Numbers
 * @param {Numbers} w @param {number} bias @param {Numbers} x @param {Numbers} z
 * @param {number} inputs @param {number} j @param {number} lanes */
function affineOne(w, bias, x, z, inputs, j, lanes) {
  const row = j * inputs;
  for (let s = 0; s < lanes; s += 4) {
    let a0 = bias;
    let a1 = bias;
    let a2 = bias;
    let a3 = bias;
    for (let i = 0, at = s; i < inputs; i++, at += lanes) {
      const w0 = w[row + i];
      a0 += w0 * x[at];
      a1 += w0 * x[at + 1];
      a2 += w0 * x[at + 2];
      a3 += w0 * x[at + 3];
    }
    const to = j * lanes + s;
    z[to] = a0;
    z[to + 1] = a1;
    z[to + 2] = a2;
    z[to + 3] = a3;
  }
}

/**
 * back[i] = sum over j of w[j][i] delta[j]: what comes back to the inputs of a layer.
 * @param {Float64Array} w (outputs, inputs) @param {Float64Array} delta (outputs, lanes)
 * @param {Float64Array} back (inputs, lanes), written
 * @param {number} inputs @param {number} outputs @param {number} lanes
 */
export function transposed(w, delta, back, inputs, outputs, lanes) {
  for (let i = 0; i < inputs; i++) {
    for (let s = 0; s < lanes; s += 4) {
      let a0 = 0;
      let a1 = 0;
      let a2 = 0;
      let a3 = 0;
      for (let j = 0, at = s, from = i; j < outputs; j++, at += lanes, from += inputs) {
        const w0 = w[from];
        a0 += w0 * delta[at];
        a1 += w0 * delta[at + 1];
        a2 += w0 * delta[at + 2];
        a3 += w0 * delta[at + 3];
      }
      const to = i * lanes + s;
      back[to] = a0;
      back[to + 1] = a1;
      back[to + 2] = a2;
      back[to + 3] = a3;
    }
  }
}

/**
 * gradW[j][i] = sum over the batch of delta[j] x[i], and gradB[j] = sum of delta[j].
 * @param {Float64Array} delta (outputs, lanes) @param {Float64Array} x (inputs, lanes)
 * @param {Float64Array} gradW (outputs, inputs), written @param {Float64Array} gradB (outputs), written
 * @param {number} inputs @param {number} outputs @param {number} lanes
 */
export function gradients(delta, x, gradW, gradB, inputs, outputs, lanes) {
  for (let j = 0; j < outputs; j++) {
    const from = j * lanes;
    const end = from + lanes;
    let sum = 0;
    for (let s = from; s < end; s++) sum += delta[s];
    gradB[j] = sum;
    for (let i = 0; i < inputs; i++) {
      let a0 = 0;
      let a1 = 0;
      let a2 = 0;
      let a3 = 0;
      for (let s = from, at = i * lanes; s < end; s += 4, at += 4) {
        a0 += delta[s] * x[at];
        a1 += delta[s + 1] * x[at + 1];
        a2 += delta[s + 2] * x[at + 2];
        a3 += delta[s + 3] * x[at + 3];
      }
      gradW[j * inputs + i] = a0 + a1 + (a2 + a3);
    }
  }
}
