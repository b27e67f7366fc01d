/**
 * The thread that hashes passwords, one after the other: neither the event loop nor Node's own threads, which carry
 * files and names, wait for it.
 */
import { parentPort } from 'node:worker_threads';
import { hashPassword, isPassword, type HashFunction } from './password-hash.ts';

export type PasswordJob =
  | { readonly kind: 'hash'; readonly password: string; readonly how: HashFunction }
  | { readonly kind: 'check'; readonly password: string; readonly hash: string };

export interface PasswordTask {
  readonly number: number;
  readonly job: PasswordJob;
}

export interface PasswordResult {
  readonly number: number;
  readonly result: string | boolean;
}

function perform(job: PasswordJob): string | boolean {
  return job.kind === 'hash'
    ? hashPassword(job.password, job.how)
    : isPassword(job.password, job.hash);
}

parentPort?.on('message', ({ number, job }: PasswordTask) => {
  const answer: PasswordResult = { number, result: perform(job) };
  parentPort?.postMessage(answer);
});
