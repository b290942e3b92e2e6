// Numbers and sums in words. Knows nothing of the page.

/** A number with at most `digits` decimals, without trailing zeros. */
function short(x, digits = 4) {
  if (Math.abs(x) >= 1e6) return x.toPrecision(5);
  return String(Number(x.toFixed(digits)));
}

function signed(x) {
  return x < 0 ? `(${short(x)})` : short(x);
}

/** The number that a person has typed (0.5, 0,5, -1, 1/9), or null. */
function readNumber(text) {
  const parts = text.trim().replace("\u2212", "-").replace(",", ".").split("/");
  if (parts.length > 2 || parts.some((part) => !/^\s*[-+]?(\d+\.?\d*|\.\d+)\s*$/.test(part))) return null;
  const value = parts.length === 2 ? Number(parts[0]) / Number(parts[1]) : Number(parts[0]);
  return Number.isFinite(value) ? value + 0 : null;
}

/** "=" when the numbers stand there in full, "≈" when some are shortened. */
function equals(numbers) {
  return numbers.every((x) => Math.abs(x - Number(short(x))) < 1e-9) ? "=" : "\u2248";
}

/** The weighted sum as terms {text, nothing}, `nothing` where the product is zero, and its end. */
function sumOf(taps, bias, sum) {
  const terms = taps.map((tap) => ({
    text: `${short(tap.value)}*${signed(tap.weight)}`, nothing: tap.value * tap.weight === 0, padding: !tap.inside,
  }));
  const all = [...taps.flatMap((tap) => [tap.value, tap.weight]), bias, sum];
  return { terms, end: `${signed(bias)} (bias) ${equals(all)} ${short(sum)}` };
}

function activationText(x, activation) {
  const result = activate(x, activation);
  const sign = equals([x, result]);
  if (activation === "ReLU") return `ReLU: max(0, ${short(x)}) ${x <= 0 ? "=" : sign} ${short(result)}`;
  if (activation === "sigmoid") return `sigmoid: 1 / (1 + e^${signed(-x)}) ${sign} ${short(result)}`;
  return activation === "tanh" ? `tanh: tanh(${short(x)}) ${sign} ${short(result)}` : "";
}

function poolingText(values, kind) {
  const result = pooledOf(values, kind);
  const sign = equals([...values, result]);
  if (kind === "max") return `max(${values.map((x) => short(x)).join(", ")}) ${sign} ${short(result)}`;
  return `(${values.map(signed).join(" + ")}) / ${values.length} ${sign} ${short(result)}`;
}

/** A map as CSV, one line a row, all digits. */
function csvOf(map) {
  const lines = [];
  for (let row = 0; row < map.height; row++) {
    lines.push([...map.values.subarray(row * map.width, (row + 1) * map.width)].join(","));
  }
  return `${lines.join("\n")}\n`;
}
