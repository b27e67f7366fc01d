/** The flags of `service register`, and what the SDK makes of them. */
import type { RegisterOptions } from '@concord/registry';
import { CommandError, exitCodes } from '../../command-error.ts';
import type { Flags, FlagValues } from '../../flags.ts';

export const registerFlags = {
  port: { kind: 'uint', default: 0, help: 'the port, 1 to 65535' },
  address: {
    kind: 'string',
    default: '',
    help: 'where consumers reach it; the address from which the cluster is reached by default',
  },
  id: { kind: 'string', default: '', help: 'unique within the service; made up by default' },
  weight: {
    kind: 'uint',
    default: 100,
    help: 'share of the calls, relative to the others: 0 to 1000',
  },
  zone: {
    kind: 'string',
    default: '',
    help: 'where it runs, for consumers who prefer their own zone',
  },
  label: { kind: 'strings', short: 'l', default: [], help: 'name=value, as often as one likes' },
  metadata: { kind: 'string', default: '', help: 'anything else, as JSON' },
  ttl: {
    kind: 'duration',
    default: 15_000,
    help: 'how long it may be silent before the cluster drops it, from 1s to 24h',
  },
  start: {
    kind: 'string',
    default: 'serving',
    help: 'serving, or starting: listed and not picked',
  },
  warmup: { kind: 'duration', default: 0, help: 'how long consumers should ease it in' },
  replace: { kind: 'bool', default: false, help: 'take the id over from whoever has it' },
  detach: {
    kind: 'bool',
    default: false,
    help: 'register it and leave, instead of staying with it',
  },
  wait: {
    kind: 'duration',
    default: 10_000,
    help: 'at the end, the longest wait until every consumer has seen that it goes',
  },
} satisfies Flags;

export function registerOptionsOf(
  service: string,
  values: FlagValues<typeof registerFlags>,
): RegisterOptions {
  const { address, id, zone } = values;
  return {
    name: service,
    port: values.port,
    weight: values.weight,
    ttl: values.ttl,
    labels: labelsOf(values.label),
    start: values.start as 'serving' | 'starting',
    warmup: values.warmup,
    replace: values.replace,
    ...(address !== '' && { address }),
    ...(id !== '' && { id }),
    ...(zone !== '' && { zone }),
    ...(values.metadata !== '' && { metadata: metadataOf(values.metadata) }),
  };
}

function labelsOf(texts: readonly string[]): Record<string, string> {
  const pairs = texts.map((text): [string, string] => {
    const at = text.indexOf('=');
    if (at > 0) return [text.slice(0, at), text.slice(at + 1)];
    throw new CommandError(`--label "${text}": give it as name=value`, exitCodes.badArguments);
  });
  return Object.fromEntries(pairs);
}

function metadataOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandError(`--metadata is no JSON: ${reason}`, exitCodes.badArguments);
  }
}
