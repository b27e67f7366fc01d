/** Acknowledgements as they lie in the cluster. */
import type { Entry } from '@concord/client';
import { decodeAcknowledgement, type StoredAcknowledgement } from './convergence.ts';

/** @param entries - the keys under an item's prefix of acknowledgements */
export function storedAcknowledgements(entries: Iterable<Entry>): StoredAcknowledgement[] {
  return [...entries].map(({ key, text }) => ({
    client: decoded(key.slice(key.lastIndexOf('/') + 1)),
    acknowledgement: decodeAcknowledgement(text),
  }));
}

/** Whoever wrote the key in another language may not have encoded it. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
