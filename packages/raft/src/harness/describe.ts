/**
 * Words for messages and Readys, as the transcripts print them. A position is written index/term.
 */
import type { Configuration, LogPosition, MemberId, Message, Ready } from '../index.ts';
import { describeEntry } from './replica.ts';

/** One line for a message, with its sender and receiver. */
export function describeMessage(message: Message): string {
  const { from, to, term } = message;
  return `${String(from)} -> ${String(to)} ${message.kind} term=${String(term)}${details(message)}`;
}

function details(message: Message): string {
  switch (message.kind) {
    case 'pre-vote':
      return ` last=${position(message.last)}`;
    case 'vote':
      return ` last=${position(message.last)}${message.transfer ? ' transfer' : ''}`;
    case 'pre-vote-reply':
    case 'vote-reply':
      return message.granted ? ' granted' : ' refused';
    case 'append': {
      const { previous, commit, entries } = message;
      const list = entries.map(describeEntry).join('; ');
      return ` after=${position(previous)} commit=${String(commit)} entries=(${list})`;
    }
    case 'commit':
      return ` at=${position(message.commit)}`;
    case 'append-reply':
      return message.accepted
        ? ` accepted=${String(message.index)}`
        : ` refused=${String(message.index)} hint=${position(message.hint)}`;
    case 'heartbeat':
      return ` commit=${String(message.commit)} round=${String(message.round)}`;
    case 'heartbeat-reply':
      return ` round=${String(message.round)}`;
    case 'snapshot':
      return ` at=${position(message.snapshot)} ${describeConfiguration(message.snapshot.configuration)}`;
    case 'read-index-reply':
      return ` index=${String(message.index)}`;
    case 'propose':
      return ` payloads=${String(message.payloads.length)}`;
    case 'read-index':
    case 'timeout-now':
      return '';
  }
}

/** One line for each effect of a Ready. */
export function describeReady(id: MemberId, ready: Ready): readonly string[] {
  const lines: string[] = [];
  const say = (text: string): number => lines.push(`${String(id)} ${text}`);
  const { hardState, roleChanged, snapshot } = ready;
  if (roleChanged !== undefined) {
    const { role, term, leader } = roleChanged;
    const whom = leader === 0n || leader === id ? '' : `, leader ${String(leader)}`;
    say(`is ${role} in term ${String(term)}${whom}`);
  }
  if (hardState !== undefined) {
    const { term, votedFor, commit } = hardState;
    say(`writes term=${String(term)} vote=${String(votedFor)} commit=${String(commit)}`);
  }
  if (snapshot !== undefined) say(`installs snapshot ${position(snapshot)}`);
  if (ready.entries.length > 0) say(`writes ${ready.entries.map(describeEntry).join('; ')}`);
  for (const message of ready.messages) lines.push(describeMessage(message));
  if (ready.committed.length > 0) say(`applies ${ready.committed.map(describeEntry).join('; ')}`);
  for (const { context, index } of ready.readStates) {
    say(`may serve read ${String(context)} at ${String(index)}`);
  }
  for (const context of ready.readsLost) say(`gives up read ${String(context)}`);
  return lines;
}

export function describeConfiguration(configuration: Configuration): string {
  const { voters, votersOutgoing, learners, learnersNext, autoLeave } = configuration;
  const parts = [`voters=${list(voters)}`];
  if (votersOutgoing.length > 0) parts.push(`outgoing=${list(votersOutgoing)}`);
  if (learners.length > 0) parts.push(`learners=${list(learners)}`);
  if (learnersNext.length > 0) parts.push(`learners-next=${list(learnersNext)}`);
  if (autoLeave) parts.push('auto-leave');
  return parts.join(' ');
}

function list(ids: readonly MemberId[]): string {
  return `(${ids.join(',')})`;
}

function position({ index, term }: LogPosition): string {
  return `${String(index)}/${String(term)}`;
}
