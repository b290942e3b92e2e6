// The arithmetic: convolution, activation and pooling, as torch.nn.functional does them. Knows nothing of the page.
// A map is {height, width, values}, values row by row.

function spanOf(conv) {
  return conv.dilation * (conv.kernelSize - 1) + 1;
}

/** What the kernel touches for one output cell: places in the picture (outside it: padding) and the numbers there. */
function tapsOf(picture, weights, conv, row, column) {
  const taps = [];
  const [top, left] = [row * conv.stride - conv.pads[0], column * conv.stride - conv.pads[0]];
  for (let i = 0; i < conv.kernelSize; i++) {
    for (let j = 0; j < conv.kernelSize; j++) {
      const [r, c] = [top + i * conv.dilation, left + j * conv.dilation];
      const inside = r >= 0 && c >= 0 && r < picture.height && c < picture.width;
      taps.push({ row: r, column: c, inside, weight: weights[i * conv.kernelSize + j],
        value: inside ? picture.values[r * picture.width + c] : 0 });
    }
  }
  return taps;
}

/** All weighted sums with the bias: conv2d of one picture with one kernel. */
function convolve(picture, weights, conv) {
  const places = (length) => Math.floor((length + conv.pads[0] + conv.pads[1] - spanOf(conv)) / conv.stride) + 1;
  const [height, width, size] = [places(picture.height), places(picture.width), conv.kernelSize];
  const values = new Float64Array(height * width);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      let sum = 0;
      for (let i = 0; i < size; i++) {
        const r = row * conv.stride - conv.pads[0] + i * conv.dilation;
        if (r < 0 || r >= picture.height) continue;
        for (let j = 0; j < size; j++) {
          const c = column * conv.stride - conv.pads[0] + j * conv.dilation;
          if (c >= 0 && c < picture.width) sum += picture.values[r * picture.width + c] * weights[i * size + j];
        }
      }
      values[row * width + column] = sum + conv.bias;
    }
  }
  return { height, width, values };
}

function activate(x, activation) {
  if (activation === "ReLU") return Math.max(0, x);
  if (activation === "sigmoid") return 1 / (1 + Math.exp(-x));
  return activation === "tanh" ? Math.tanh(x) : x;
}

/** The values under the pooling window of one cell. */
function windowOf(map, pool, row, column) {
  const values = [];
  for (let i = 0; i < pool.kernelSize; i++) {
    const start = (row * pool.stride + i) * map.width + column * pool.stride;
    values.push(...map.values.subarray(start, start + pool.kernelSize));
  }
  return values;
}

/** max_pool2d or avg_pool2d without padding. */
function poolOver(map, pool) {
  const places = (length) => Math.floor((length - pool.kernelSize) / pool.stride) + 1;
  const [height, width] = [places(map.height), places(map.width)];
  const values = new Float64Array(height * width);
  for (let index = 0; index < values.length; index++) {
    values[index] = pooledOf(windowOf(map, pool, Math.floor(index / width), index % width), pool.kind);
  }
  return { height, width, values };
}

function pooledOf(values, kind) {
  return kind === "max" ? Math.max(...values) : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function largest(values) {
  let found = 0;
  for (const value of values) found = Math.max(found, Math.abs(value));
  return found;
}
