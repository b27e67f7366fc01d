/** Members come and go, by the hand of an operator with etcdctl. */
import { setTimeout as sleep } from 'node:timers/promises';
import { complaintOf, etcdctl, type CommandResult } from '../../cluster/etcdctl.ts';
import { memberIdOf } from './administration.ts';
import { anyMember, reserving, type Fault, type FaultContext } from './fault.ts';

/** For a learner to come up to the others, and for a change that the cluster has no leader for. */
const ATTEMPTS_MAX = 40;
const RETRY_MS = 250;
/** A member that hears of its removal ends by itself; one that is cut off does not. */
const END_MS_MAX = 5_000;

/** A new member as a learner, promoted, and then another one removed: how a machine is replaced. */
export const replaceMember: Fault = {
  name: 'replace-member',
  needs: 'etcdctl',
  inject: (context) =>
    exclusively(context, async () => {
      const learner = await addMember(context, ['--learner']);
      if (typeof learner === 'string') return learner;
      const promoted = await persistently(() =>
        etcdctl(context.cluster.endpoints, 'member', 'promote', learner.id),
      );
      if (promoted.status !== 0) {
        return `member ${learner.number} was not promoted (${complaintOf(promoted)}), ${await removeWhenFree(context, learner.number, learner.id)}`;
      }
      const removal = await reserving(
        context,
        anyMember(context).filter((number) => number !== learner.number),
        async (victim) => {
          const id = await memberIdOf(context, victim);
          return id === undefined ? undefined : removeMember(context, victim, id);
        },
      );
      // Whom nobody may touch at present stays, and the new one goes again.
      return `member ${learner.number} added and promoted, ${removal ?? (await removeWhenFree(context, learner.number, learner.id))}`;
    }),
};

/** A voter that is there for a while only. */
export const passingMember: Fault = {
  name: 'passing-member',
  needs: 'etcdctl',
  inject: (context) =>
    exclusively(context, async () => {
      const isLearner = context.random.chance(0.3);
      const added = await addMember(context, isLearner ? ['--learner'] : []);
      if (typeof added === 'string') return added;
      await context.wait(context.random.integer(200, 2_000));
      return `member ${added.number} added${isLearner ? ' as a learner' : ''}, ${await removeWhenFree(context, added.number, added.id)}`;
    }),
};

/** One change of the membership at a time: etcd refuses more, and the test is to change something. */
async function exclusively(
  context: FaultContext,
  body: () => Promise<string>,
): Promise<string | undefined> {
  const { busy } = context;
  if (busy.has('membership')) return undefined;
  busy.add('membership');
  try {
    return await body();
  } finally {
    busy.delete('membership');
  }
}

/** Adds a member and starts it; answers what the cluster said where it refuses. */
async function addMember(
  context: FaultContext,
  flags: readonly string[],
): Promise<{ number: number; id: string } | string> {
  const { cluster } = context;
  const { number, name, place } = await cluster.newPlace();
  const result = await persistently(() =>
    etcdctl(cluster.endpoints, 'member', 'add', name, `--peer-urls=${place.peerUrl}`, ...flags),
  );
  const initialCluster = /ETCD_INITIAL_CLUSTER="([^"]*)"/.exec(result.stdout)?.[1];
  const id = /^Member +([0-9a-f]+) added/m.exec(result.stdout)?.[1];
  if (initialCluster === undefined || id === undefined) {
    return `member ${number} was not added: ${complaintOf(result)}`;
  }
  context.busy.add(`member ${number}`);
  try {
    await cluster.join(number, initialCluster);
    await startPersistently(context, number);
  } finally {
    context.busy.delete(`member ${number}`);
  }
  return { number, id };
}

/** Those whom it asks may be cut off and not have heard of it: whoever supervises a member starts it again. */
async function startPersistently({ cluster }: FaultContext, number: number): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const process = cluster.spawn(number);
    process.mayEnd();
    try {
      await process.ready;
      return;
    } catch (error) {
      if (attempt === ATTEMPTS_MAX) throw error;
      await sleep(RETRY_MS);
    }
  }
}

/** Once no other fault is busy with it. */
async function removeWhenFree(context: FaultContext, number: number, id: string): Promise<string> {
  for (;;) {
    const removal = await reserving(context, [number], () => removeMember(context, number, id));
    if (removal !== undefined) return removal;
    await sleep(RETRY_MS);
  }
}

async function removeMember(context: FaultContext, number: number, id: string): Promise<string> {
  const { cluster } = context;
  cluster.process(number).mayEnd();
  const others = cluster.members.filter((member) => member.number !== number);
  const endpoints = others.map(({ endpoint }) => endpoint);
  let firstComplaint = '';
  const result = await persistently(async () => {
    const attempt = await etcdctl(endpoints, 'member', 'remove', id);
    if (attempt.status !== 0) firstComplaint ||= complaintOf(attempt);
    // An attempt whose answer got lost may have done it.
    const isGone = firstComplaint !== '' && attempt.stderr.includes('member not found');
    return isGone ? { ...attempt, status: 0 } : attempt;
  });
  if (result.status !== 0) return `member ${number} was not removed: ${complaintOf(result)}`;
  const how = firstComplaint === '' ? '' : ` (at first: ${firstComplaint})`;
  const process = cluster.process(number);
  const exit = await Promise.race([process.exited, sleep(END_MS_MAX)]);
  await cluster.forget(number);
  return exit === undefined
    ? `member ${number} removed${how}, and ended by us: it had not heard of it`
    : `member ${number} removed${how}, which ended with status ${exit.code ?? exit.signal}`;
}

/** Asks again as long as the cluster cannot, for want of a leader or of members in step. */
async function persistently(ask: () => Promise<CommandResult>): Promise<CommandResult> {
  for (let attempt = 1; ; attempt++) {
    const result = await ask();
    if (result.status === 0 || attempt === ATTEMPTS_MAX) return result;
    await sleep(RETRY_MS);
  }
}
