/**
 * Subsets for large fleets, by rendezvous hashing: a client talks to the instances that score highest with its own
 * id. When one goes, one takes its place, and every other stays.
 */
import { hashText, rehash } from './hash.ts';

export function subsetOf<T extends { readonly id: string }>(
  members: readonly T[],
  size: number,
  clientId: string,
): T[] {
  if (members.length <= size) return [...members];
  const client = hashText(clientId);
  const scored = members.map((member) => ({ member, score: rehash(client, hashText(member.id)) }));
  scored.sort((a, b) => b.score - a.score || (a.member.id < b.member.id ? -1 : 1));
  return scored.slice(0, size).map(({ member }) => member);
}
