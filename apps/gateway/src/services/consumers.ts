/** Who discovers a service, by what each says of itself. */
import { registryKeys } from '@concord/registry/records';
import type { z } from 'zod';
import { timeText } from './instance-document.ts';
import type { ServiceDirectory } from './service-directory.ts';
import type { consumerSchema } from './service-schemas.ts';

export type ConsumerDocument = z.output<typeof consumerSchema>;

export function consumersOf(service: string, directory: ServiceDirectory): ConsumerDocument[] {
  const prefix = registryKeys.observers(service);
  return Array.from(directory.observers(service), ({ key, text, lease }) => {
    const { revision, overrides, at } = acknowledgementIn(text);
    return {
      client: key.slice(prefix.length),
      revision,
      overrides,
      ...(at > 0 && { at: timeText(at) }),
      ...(lease !== 0n && { lease: lease.toString(16) }),
    };
  });
}

/** Other programs write these too: what is no number is none. */
function acknowledgementIn(text: string): { revision: number; overrides: number; at: number } {
  const number = (value: unknown): number => (Number.isSafeInteger(value) ? (value as number) : 0);
  try {
    const { revision, overrides, at } = JSON.parse(text) as Record<string, unknown>;
    return { revision: number(revision), overrides: number(overrides), at: number(at) };
  } catch {
    return { revision: 0, overrides: 0, at: 0 };
  }
}
