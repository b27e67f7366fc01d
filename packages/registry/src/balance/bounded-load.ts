/** Consistent hashing with bounded loads: a key whose instance is far above its part goes to the next in line. */
import type { Draw, Loaded } from './chooser.ts';

/**
 * Whether `member` may be given another call: it has at most `factor` times its part of all that are on their way.
 *
 * @param factor - undefined for no bound
 */
export function hasRoom(
  member: Loaded,
  share: number,
  { activeTotal }: Draw,
  factor: number | undefined,
): boolean {
  return factor === undefined || member.active + 1 <= Math.ceil(factor * share * (activeTotal + 1));
}
