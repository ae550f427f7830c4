import * as fc from 'fast-check';
import { SLOTS, type SlotKind, slotOf, slotPriority } from '../src/slots';

const KINDS: SlotKind[] = ['signOut', 'escapes', 'machines', 'open', 'api', 'scripts', 'app'];
const slot = fc.integer({ min: 1, max: SLOTS - 1 });

/** All priorities that an app of a slot can have. */
function all(of: number): number[] {
  return KINDS.flatMap((kind) => {
    const found: number[] = [];
    for (let index = 0; ; index++) {
      try {
        found.push(slotPriority(of, kind, index));
      } catch {
        return found;
      }
    }
  });
}

test('two apps never have a priority in common, whatever paths they have', () => {
  fc.assert(
    fc.property(slot, slot, (one, other) => {
      fc.pre(one !== other);
      const taken = new Set(all(one));
      expect(all(other).filter((priority) => taken.has(priority))).toEqual([]);
    }),
  );
});

test('every priority is one that a load balancer has, and leaves those of the door alone', () => {
  fc.assert(
    fc.property(slot, (of) => {
      expect(Math.min(...all(of))).toBeGreaterThan(1000);
      expect(Math.max(...all(of))).toBeLessThan(49_000);
    }),
  );
});

test('within an app, kinds keep their order: sign-out, refusals, programs, open, API, scripts, then the app', () => {
  const priorities = all(7);

  expect(priorities).toEqual([...priorities].sort((a, b) => a - b));
});

test('the same address has the same slot everywhere, outside of those that people give', () => {
  expect(slotOf('sales.apps.example.com', undefined)).toBe(slotOf('sales.apps.example.com', undefined));
  fc.assert(
    fc.property(fc.domain(), (domainName) => {
      expect(slotOf(domainName, undefined)).toBeGreaterThanOrEqual(200);
      expect(slotOf(domainName, undefined)).toBeLessThan(SLOTS);
    }),
  );
});

test.each([0, 200, 1.5])('a slot of %s is refused', (given) => {
  expect(() => slotOf('sales.apps.example.com', given)).toThrow(
    `'slot' must be a whole number from 1 to 199, got: ${given}`,
  );
});

test('an address that is only known at deployment needs a slot', () => {
  expect(() => slotOf('${Token[Name.1]}', undefined)).toThrow("'slot' must be given when 'domainName' is only known");
});
