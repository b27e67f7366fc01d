/** What `GET /members` answers on the peer port: who the members are, in etcd's shape, for one that joins. */
import type { Member } from '@concord/protocol';

/** Ids are JSON numbers of up to 20 digits, which JavaScript's own writer could not write. */
export function membersJson(members: readonly Member[]): string {
  return `[${members.map(memberJson).join(',')}]`;
}

function memberJson({ ID, peerURLs, isLearner, name, clientURLs }: Member): string {
  const rest = {
    peerURLs,
    ...(isLearner && { isLearner }),
    ...(name !== '' && { name }),
    ...(clientURLs.length > 0 && { clientURLs }),
  };
  return `{"id":${ID},${JSON.stringify(rest).slice(1)}`;
}
