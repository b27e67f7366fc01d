/** An item's value as it is now, for those who need it once. */
import { ConcordError, type CallOptions, type Client } from '@concord/client';
import { issuesText } from '../item/issue.ts';
import type { Item } from '../item/item.ts';
import { resolveItem, type ResolveContext } from '../layers/resolve.ts';
import { deepFreeze } from '../value/freeze.ts';
import { readCut } from './feed.ts';
import { settle } from './settle.ts';

/** @throws ConcordError `CONFIG_MISSING`, `CONFIG_INVALID`, and what the read fails with */
export async function readOnce(
  client: Client,
  item: Item,
  context: ResolveContext,
  { signal, timeout }: CallOptions,
): Promise<unknown> {
  const cut = await readCut(client, [item], { signal, timeout });
  const resolution = await resolveItem(item, cut.states[0]!, context);
  const settled = settle([item], [resolution], undefined);
  if (settled.state === 'gone') throw settled.error;
  if (settled.state === 'settled') {
    const [member] = settled.members;
    return member?.state === 'valid' ? deepFreeze(member.value) : undefined;
  }
  const issues = settled.invalid.flatMap((member) => member.issues);
  throw new ConcordError('CONFIG_INVALID', {
    operation: 'config.get',
    subject: item.name,
    problem: `the content of ${item.name} is invalid: ${issuesText(issues, resolution.isSecret)}`,
    remedy: 'release content that the schema takes, or roll back',
  });
}
