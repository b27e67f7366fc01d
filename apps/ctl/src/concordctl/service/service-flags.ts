/** Flags that commands of `service` share, and the arguments that name what they are about. */
import { refuseArguments } from '../../command-error.ts';
import type { Flags } from '../../flags.ts';

export const decisionFlags = {
  reason: {
    kind: 'string',
    short: 'm',
    default: '',
    help: 'why: shown to whoever looks at the instance',
  },
  by: { kind: 'string', default: '', help: 'who decides; --user, else the user of this machine' },
  for: { kind: 'duration', default: 0, help: 'for how long it counts (0: until it is taken back)' },
} satisfies Flags;

export const waitFlags = {
  wait: {
    kind: 'duration',
    default: 10_000,
    help: 'the longest wait until every consumer has seen it (0 does not wait)',
  },
} satisfies Flags;

export function serviceArgument(command: string, args: readonly string[]): string {
  const [service, ...more] = args;
  if (service === undefined || more.length > 0) {
    refuseArguments(`service ${command} needs the name of a service as its argument`);
  }
  return service;
}

export function instanceArguments(
  command: string,
  args: readonly string[],
): { readonly service: string; readonly id: string } {
  const [service, id, ...more] = args;
  if (service === undefined || id === undefined || more.length > 0) {
    refuseArguments(
      `service ${command} needs the name of a service and the id of an instance as its arguments`,
    );
  }
  return { service, id };
}

export const untilOf = (durationMs: number): number | undefined =>
  durationMs === 0 ? undefined : Date.now() + durationMs;
