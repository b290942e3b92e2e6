// Strokes on a sheet, with a history that Undo walks back. Knows no elements.

/**
 * @typedef {{ x: number, y: number }} Point CSS pixels
 * @typedef {{ points: Point[], width: number }} Stroke
 * @typedef {{ strokes: Stroke[], behind: boolean }} Sheet `behind`: whether what Python has laid is still there
 */

const MOST = 100; // steps back

export function createHistory() {
  /** @type {Sheet[]} */
  let before = [];
  /** @type {Sheet} */
  let now = { strokes: [], behind: true };

  /** @param {Sheet} next */
  function change(next) {
    before = [...before, now].slice(-MOST);
    now = next;
  }

  return {
    get sheet() {
      return now;
    },
    get canUndo() {
      return before.length > 0;
    },
    /**
     * @param {Stroke} stroke goes on growing
     * @param {boolean} keepsBehind whether it is drawn on what Python has laid
     */
    begin(stroke, keepsBehind) {
      change({ strokes: [...now.strokes, stroke], behind: now.behind && keepsBehind });
    },
    clear() {
      change({ strokes: [], behind: false });
    },
    undo() {
      now = before.pop() ?? now;
    },
    reset() {
      [before, now] = [[], { strokes: [], behind: true }];
    },
    /**
     * Make every stroke, those that Undo brings back too, so many times as large.
     * @param {number} factor
     */
    scale(factor) {
      for (const stroke of new Set([...before, now].flatMap(({ strokes }) => strokes))) {
        stroke.points = stroke.points.map(({ x, y }) => ({ x: x * factor, y: y * factor }));
        stroke.width *= factor;
      }
    },
  };
}

/**
 * By how much strokes must shrink to lie on a sheet; 1 where they do.
 * @param {Stroke[]} strokes
 * @param {number} width
 * @param {number} height
 */
export function shrinking(strokes, width, height) {
  let factor = 1;
  for (const { points, width: pen } of strokes) {
    for (const { x, y } of points) factor = Math.min(factor, width / (x + pen / 2), height / (y + pen / 2));
  }
  return Math.max(0.05, factor);
}

/**
 * Draw strokes with round ends, curves through the middles between their points.
 * @param {CanvasRenderingContext2D} context
 * @param {Stroke[]} strokes
 */
export function paint(context, strokes) {
  Object.assign(context, { lineCap: "round", lineJoin: "round", strokeStyle: "#fff", fillStyle: "#fff" });
  for (const { points, width } of strokes) {
    context.lineWidth = width;
    context.beginPath();
    if (points.length === 1) {
      context.arc(points[0].x, points[0].y, width / 2, 0, 2 * Math.PI);
      context.fill();
      continue;
    }
    context.moveTo(points[0].x, points[0].y);
    for (let k = 1; k < points.length - 1; k++) {
      const [{ x, y }, next] = [points[k], points[k + 1]];
      context.quadraticCurveTo(x, y, (x + next.x) / 2, (y + next.y) / 2);
    }
    const last = points[points.length - 1];
    context.lineTo(last.x, last.y);
    context.stroke();
  }
}
