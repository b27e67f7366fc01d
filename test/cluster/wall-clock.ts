/**
 * A wall clock that a test can set for one member. It is loaded into the member (`NODE_OPTIONS`), where it shifts all
 * that `Date` says by what a file holds, and leaves the monotonic clock alone, as a jump of the system's clock does.
 *
 * The file holds milliseconds. What `Date` says after each change goes to another file, beside it: a test can know that
 * the clock has jumped, and how far.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const SHIFT_FILE = 'TEST_WALL_CLOCK_FILE';
/** How often the member looks. */
const LOOK_EVERY_MS = 50;
/** A member that is paused looks later. */
const JUMP_MS_MAX = 20_000;

const shiftFile = process.env[SHIFT_FILE];
if (shiftFile !== undefined) shiftDates(shiftFile);

/** What a member has to be started with, so that its clock can be set by `file`. */
export const wallClockEnvironment = (file: string): Readonly<Record<string, string>> => ({
  NODE_OPTIONS: `--import=${import.meta.url}`,
  [SHIFT_FILE]: file,
});

/** Sets the clock of a running member; resolves when it has jumped, and tells what it says then. */
export async function setWallClock(file: string, shiftMs: number): Promise<string> {
  // Whole at once, for whoever looks meanwhile.
  writeFileSync(`${file}.new`, String(shiftMs));
  renameSync(`${file}.new`, file);
  const deadlineMs = performance.now() + JUMP_MS_MAX;
  for (;;) {
    const [seenMs, said] = read(seenFile(file)).split(' ');
    if (Number(seenMs) === shiftMs && said !== undefined) return said;
    if (performance.now() > deadlineMs) throw new Error(`nobody has looked at ${file}`);
    await sleep(LOOK_EVERY_MS);
  }
}

const read = (file: string): string => (existsSync(file) ? readFileSync(file, 'utf8') : '');
const seenFile = (file: string): string => `${file}.seen`;

function shiftDates(file: string): void {
  const RealDate = Date;
  let shiftMs: number | undefined;
  const now = (): number => RealDate.now() + (shiftMs ?? 0);
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, values: unknown[], newTarget) =>
      Reflect.construct(target, values.length === 0 ? [now()] : values, newTarget) as object,
    apply: () => new RealDate(now()).toString(),
    get: (target, name, receiver) =>
      name === 'now' ? now : (Reflect.get(target, name, receiver) as unknown),
  });
  setInterval(() => {
    const text = read(file);
    if (text === '' || Number(text) === shiftMs) return;
    shiftMs = Number(text);
    writeFileSync(seenFile(file), `${shiftMs} ${new Date().toISOString()}`);
  }, LOOK_EVERY_MS).unref();
}
