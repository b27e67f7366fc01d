/** Targets that are wrong on purpose: whether the watch over targets sees it. */
import { HANG_MS_DEFAULT, type FuzzTarget } from '../target.ts';

const MIB = 1024 * 1024;
/** So that a test need not wait for long. */
const SHORT_HANG_MS = 500;
/** Inputs before it goes wrong. */
const RIGHT_INPUTS = 20;

/** Inputs are numbers from 0 up; what comes after `RIGHT_INPUTS` of them goes wrong as `fail` says. */
function broken(fail: (kept: Uint8Array[]) => unknown, hangMs = HANG_MS_DEFAULT): FuzzTarget {
  const kept: Uint8Array[] = [];
  let made = 0;
  return {
    hangMs,
    growthBytesMax: 64 * MIB,
    open: () => ({
      next: () => Uint8Array.of(made++),
      run: async ([number = 0]) => {
        if (number >= RIGHT_INPUTS) await fail(kept);
        return 'fine';
      },
      close: () => undefined,
    }),
  };
}

export const throwing: FuzzTarget = broken(() => {
  throw new TypeError('nobody expects this');
});

/** Where no promise and no timer could end it. */
export const hanging: FuzzTarget = broken(() => {
  for (;;);
}, SHORT_HANG_MS);

export const waiting: FuzzTarget = broken(() => {
  // As an open socket would, it keeps the thread.
  setInterval(() => undefined, 1000);
  return new Promise(() => undefined);
}, SHORT_HANG_MS);

export const growing: FuzzTarget = broken(async (kept) => {
  kept.push(new Uint8Array(4 * MIB).fill(1));
  await new Promise((resolve) => setTimeout(resolve, 20));
});

/** Not within the input: in a callback that nobody waits for. */
export const escaping: FuzzTarget = broken(async () => {
  setImmediate(() => {
    throw new RangeError('thrown elsewhere');
  });
  await new Promise((resolve) => setTimeout(resolve, 100));
});
