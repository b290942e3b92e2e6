// What the network is given of a point: its coordinates, and what can be made of them. Knows no network.

/** @typedef {"x1" | "x2" | "x1x1" | "x2x2" | "x1x2" | "sinx1" | "sinx2"} Feature */

/** @type {Readonly<Record<Feature, { label: string, python: string, of: (x1: number, x2: number) => number }>>} */
export const FEATURES = {
  x1: { label: "x₁", python: "x[:, 0]", of: (x1) => x1 },
  x2: { label: "x₂", python: "x[:, 1]", of: (_x1, x2) => x2 },
  x1x1: { label: "x₁²", python: "x[:, 0] ** 2", of: (x1) => x1 * x1 },
  x2x2: { label: "x₂²", python: "x[:, 1] ** 2", of: (_x1, x2) => x2 * x2 },
  x1x2: { label: "x₁x₂", python: "x[:, 0] * x[:, 1]", of: (x1, x2) => x1 * x2 },
  sinx1: { label: "sin x₁", python: "torch.sin(x[:, 0])", of: (x1) => Math.sin(x1) },
  sinx2: { label: "sin x₂", python: "torch.sin(x[:, 1])", of: (_x1, x2) => Math.sin(x2) },
};

export const FEATURE_NAMES = /** @type {readonly Feature[]} */ (Object.keys(FEATURES));

/**
 * The features of points, feature after feature.
 * @param {readonly Feature[]} names
 * @param {ArrayLike<number>} points x1, x2, x1, x2, ...
 * @returns {Float64Array} (features, points)
 */
export function featuresOf(names, points) {
  const count = points.length / 2;
  const values = new Float64Array(names.length * count);
  names.forEach((name, row) => {
    const { of } = FEATURES[name];
    for (let k = 0; k < count; k++) values[row * count + k] = of(points[2 * k], points[2 * k + 1]);
  });
  return values;
}
