/** What is said of a migration: one line while it goes on, and at the end what has come over and what is left to do. */
import type { MigrationProgress, MigrationResult } from './migration.ts';

const number = (value: number): string => value.toLocaleString('en-US');

export function progressText(progress: MigrationProgress): string {
  switch (progress.kind) {
    case 'copy':
      return `copying revision ${progress.revision}: ${number(progress.written)} of about ${number(progress.total)} keys`;
    case 'reconcile':
      return `comparing with revision ${progress.revision}, of about ${number(progress.total)} keys: ${number(progress.written)} written or deleted so far`;
    case 'follow':
      return (
        `following: source revision ${progress.sourceRevision}, here ${progress.revision}, ` +
        `lag ${number(progress.sourceRevision - progress.revision)} revisions`
      );
    case 'away':
      return `waiting for the source: ${progress.reason}`;
    case 'leases':
      return 'attaching leases';
    case 'verify':
      return `verifying: ${number(progress.keys)} of about ${number(progress.total)} keys`;
  }
}

/** The last words. */
export function conclusion(
  result: MigrationResult,
  endpoints: readonly string[],
): { text: string; isOver: boolean } {
  const lines = [...contents(result), ...users(result, endpoints), ...ending(result)];
  return { text: lines.map((line) => `${line}\n`).join(''), isOver: result.isOver };
}

function contents({ revision, verification, handedOver }: MigrationResult): string[] {
  const { keys, hash, differences, ended } = verification;
  const isEqual = hash.source === hash.destination && keys.source === keys.destination;
  const verdict = isEqual
    ? [`verified: ${number(keys.source)} keys, sha256 ${hash.source} on both sides`]
    : [
        `NOT EQUAL: ${number(keys.source)} keys with sha256 ${hash.source} at the source, ` +
          `${number(keys.destination)} with ${hash.destination} at the destination`,
        ...differences.map((difference) => `  ${difference}`),
      ];
  return [
    `copied up to source revision ${revision}`,
    ...verdict,
    `leases: ${number(handedOver.leases)}, with ${number(handedOver.keys)} keys`,
    ...(ended === 0 ? [] : [`${number(ended)} keys are gone with their leases meanwhile`]),
  ];
}

function users({ auth }: MigrationResult, endpoints: readonly string[]): string[] {
  if (auth === undefined) return [];
  if (auth.kind === 'unreadable') {
    return [
      `users and roles are NOT copied, the source does not show them: ${auth.reason}`,
      'sign in there as root (--from-user root) and run it again, or create them by hand',
    ];
  }
  if (auth.users.length + auth.roles.length === 0) return ['no users, no roles'];
  const at = `--endpoints ${endpoints.join()}`;
  return [
    `roles: ${auth.roles.join(' ') || 'none'}`,
    `users: ${auth.users.join(' ') || 'none new'}`,
    ...(auth.users.length === 0
      ? []
      : ['passwords cannot be copied; these users cannot sign in until you type:']),
    ...auth.users.map((name) => `  concordctl ${at} user passwd ${name}`),
    'authentication is as it was at the destination; to turn it on:',
    `  concordctl ${at} auth enable`,
  ];
}

function ending(result: MigrationResult): string[] {
  const { revision, destinationRevision, sourceRevision, isOver, isStill } = result;
  if (!isOver) {
    const reason = isStill
      ? 'the two sides differ'
      : `the source was written up to revision ${sourceRevision} meanwhile`;
    return [
      `NOT cut over: ${reason}. Stop its writers, and run the same command again: it goes on`,
    ];
  }
  return [
    ...(isStill
      ? []
      : [
          `the source has gone on to revision ${sourceRevision}: what came after ${revision} is not here`,
        ]),
    `revisions begin anew: ${revision} there is ${destinationRevision} here; who watches from a revision has to list again`,
    'done: the destination can take the place of the source',
  ];
}
