// The network and its training as a PyTorch script. Knows no page.

import { fromPlane } from "./datasets.js";
import { FEATURES } from "./features.js";
import { MOMENTUM } from "./optimisers.js";
import { sizesOf, split } from "./trainer.js";

/** @typedef {import("./datasets.js").Points} Points */
/** @typedef {import("./settings.js").Settings} Settings */

/** @type {Record<import("./activations.js").Activation, string>} */
const LAYERS = { relu: "nn.ReLU()", tanh: "nn.Tanh()", sigmoid: "nn.Sigmoid()", gelu: "nn.GELU()", linear: "" };

/** @param {Settings} settings @returns {string} */
function optimiserLine({ optimiser, rate }) {
  if (optimiser === "adam") return `torch.optim.Adam(network.parameters(), lr=${rate})`;
  const momentum = optimiser === "momentum" ? `, momentum=${MOMENTUM}` : "";
  return `torch.optim.SGD(network.parameters(), lr=${rate}${momentum})`;
}

/** @param {Settings} settings @param {number[]} sizes @returns {string[]} the arguments of nn.Sequential */
function layerLines(settings, sizes) {
  const lines = [];
  for (let l = 0; l + 1 < sizes.length; l++) {
    lines.push(`nn.Linear(${sizes[l]}, ${sizes[l + 1]})`);
    if (l + 2 === sizes.length) break;
    if (LAYERS[settings.activation]) lines.push(LAYERS[settings.activation]);
    if (settings.dropout) lines.push(`nn.Dropout(${settings.dropout})`);
  }
  return lines.map((line) => `    ${line},`);
}

/** @param {Settings} settings @returns {string[]} what the loss is, in the loop */
function lossLines({ penalty, strength }) {
  if (penalty === "none") return ["        loss = loss_of(network(features(x_train[chosen])), y_train[chosen])"];
  const sum = penalty === "l1" ? "w.abs().sum()" : "w.pow(2).sum() / 2";
  return [
    "        weights = [p for p in network.parameters() if p.ndim == 2]  # biases have no penalty",
    `        penalty = ${strength} * sum(${sum} for w in weights)`,
    "        loss = loss_of(network(features(x_train[chosen])), y_train[chosen]) + penalty",
  ];
}

/** @param {Points} points */
const lossOf = ({ classes }) =>
  classes === 0 ? "nn.MSELoss()" : classes === 2 ? "nn.BCEWithLogitsLoss()" : "nn.CrossEntropyLoss()";

/** @param {Points} points */
function scoreLines({ classes }) {
  if (classes === 0) return ['    return f"squared error {loss_of(answer, y).item():.4f}"'];
  const right = classes === 2 ? "((answer > 0) == (y > 0.5))" : "(answer.argmax(1) == y)";
  return [`    return f"{${right}.sum()} of {len(y)} right, loss {loss_of(answer, y):.4f}"`];
}

/** @param {Points} points @param {Uint32Array} chosen @returns {string} rows of x1, x2 and y */
function rowsOf(points, chosen) {
  const short = (/** @type {number} */ value) => String(Number(value.toFixed(4)));
  const rows = [...chosen].map((k) => [points.x[2 * k], points.x[2 * k + 1], points.y[k]].map(short).join(" "));
  const lines = [];
  for (let k = 0; k < rows.length; k += 4) lines.push(rows.slice(k, k + 4).join("   "));
  return lines.join("\n");
}

/** @param {Points} points @returns {string[]} how measured values came into the plane */
function scaleLines({ scales, axes }) {
  if (!scales) return [];
  return scales.map((scale, axis) => {
    const [low, high] = [-5, 5].map((place) => Number(fromPlane(place, scale).toPrecision(5)));
    return `# x${axis + 1}: ${axes[axis].replace(/\s+/g, " ")}, of which ${low} is -5 here and ${high} is 5.`;
  });
}

/**
 * @param {Points} points @param {Settings} settings
 * @param {number} epochs of training
 * @returns {string} a script that needs PyTorch only
 */
export function writePyTorch(points, settings, epochs) {
  const { train, test } = split(points.y.length, settings.test, settings.seed);
  const type = points.classes > 2 ? ".long()" : "";
  const output = points.classes > 2 ? "network(features(x))" : "network(features(x))[:, 0]";
  const loss = lossLines(settings)
    .map((line) => (points.classes > 2 ? line : line.replace("chosen])), y", "chosen]))[:, 0], y")))
    .map((line) => `    ${line}`);
  const scales = scaleLines(points)
    .map((line) => `${line}\n`)
    .join("");
  const tested = test.length
    ? `x_test, y_test = points("""
${rowsOf(points, test)}
""")
print("test:", score(x_test, y_test))
`
    : "";
  return `import torch
from torch import nn

torch.manual_seed(${settings.seed})  # other random numbers than in the browser: the curve looks alike, not the same
torch.set_default_dtype(torch.float64)


def features(x):
    return torch.stack([${settings.features.map((name) => FEATURES[name].python).join(", ")}], dim=1)


network = nn.Sequential(
${layerLines(settings, sizesOf(points, settings)).join("\n")}
)
loss_of = ${lossOf(points)}
optimizer = ${optimiserLine(settings)}


def points(text):
    rows = torch.tensor([float(number) for number in text.split()]).reshape(-1, 3)
    return rows[:, :2], rows[:, 2]${type}


@torch.no_grad()
def score(x, y):
    network.eval()
    answer = ${output}
    network.train()
${scoreLines(points).join("\n")}


def train(x_train, y_train, epochs):
    for epoch in range(epochs):
        for chosen in torch.randperm(len(y_train)).split(${settings.batch}):
${loss.join("\n")}
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()


# Every point is x1, x2 and ${points.classes ? "its class" : "its number"}.
${scales}x_train, y_train = points("""
${rowsOf(points, train)}
""")
train(x_train, y_train, epochs=${epochs})
print("training:", score(x_train, y_train))
${tested}`;
}
