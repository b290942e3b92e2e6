import assert from "node:assert/strict";
import { test } from "node:test";

import { isFurther, placesOf, pointsAlong } from "../../core/ui/components/lib/pointer.js";

const at = (clientX, clientY) => ({ clientX, clientY });

test("the places of a pointer are those between two frames, or where it is", () => {
  const event = at(5, 5);
  assert.deepEqual(placesOf({ ...event, getCoalescedEvents: () => [at(1, 1), at(5, 5)] }), [at(1, 1), at(5, 5)]);
  const alone = { ...event, getCoalescedEvents: () => [] }; // as for events that scripts have made
  assert.deepEqual(placesOf(alone), [alone]);
  assert.deepEqual(placesOf(event), [event]); // a browser that does not know them
});

test("points along a way are as far apart however few places are known", () => {
  const whole = pointsAlong(at(0, 0), [at(30, 0)], 10);
  assert.deepEqual(whole, [at(10, 0), at(20, 0), at(30, 0)]);
  assert.deepEqual(pointsAlong(at(0, 0), [at(4, 0), at(8, 0), at(12, 0), at(16, 0)], 10), [at(12, 0)]);
  assert.deepEqual(pointsAlong(at(0, 0), [at(0, 12), at(12, 12)], 10), [at(0, 12), at(12, 12)]); // round the corner
  assert.deepEqual(pointsAlong(at(3, 4), [at(3, 4)], 10), []);
});

test("a hand that rests beside the canvas keeps no finger from drawing, a second one on it draws nothing", () => {
  assert.equal(isFurther({ button: 0, isPrimary: false }, false), false);
  assert.equal(isFurther({ button: 0, isPrimary: false }, true), true);
  assert.equal(isFurther({ button: 0, isPrimary: true }, true), false); // the lift of the one before was never heard of
  assert.equal(isFurther({ button: 2, isPrimary: true }, false), true);
});
