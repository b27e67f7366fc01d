/**
 * A slow disk: the kernel's own limit on writes a second, for one process and the disk below its data directory.
 * With version 1 of control groups, which count a process's own syncs; version 2 where its io controller is there.
 */
import {
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  rmdirSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const VERSION_1 = '/sys/fs/cgroup/blkio';
const VERSION_2 = '/sys/fs/cgroup';
/** A group is removed once its last process has left, which the kernel notices a moment later. */
const REMOVE_ATTEMPTS_MAX = 50;
const REMOVE_RETRY_MS = 20;

/** Whether this machine can do it for that directory. */
export function canThrottle(directory: string): boolean {
  try {
    const group = makeGroup(`probe-${process.pid}`);
    try {
      limit(group, diskOf(directory), 1_000);
      return true;
    } finally {
      rmdirSync(group);
    }
  } catch {
    return false; // No such controller, not root, or no disk of its own below the directory.
  }
}

/** Lets a process write so often a second and no more, until the function it answers is called. */
export function throttle(
  pid: number,
  directory: string,
  writesPerSecond: number,
): () => Promise<void> {
  const group = makeGroup(`concord-test-${pid}`);
  limit(group, diskOf(directory), writesPerSecond);
  writeFileSync(join(group, 'cgroup.procs'), String(pid));
  return () => release(group);
}

async function release(group: string): Promise<void> {
  const outside = join(dirname(group), 'cgroup.procs');
  for (const pid of readFileSync(join(group, 'cgroup.procs'), 'utf8').split('\n').filter(Boolean)) {
    writeFileSync(outside, pid);
  }
  for (let attempt = 1; ; attempt++) {
    try {
      rmdirSync(group);
      return;
    } catch (error) {
      if (attempt === REMOVE_ATTEMPTS_MAX) throw error;
      await sleep(REMOVE_RETRY_MS);
    }
  }
}

function makeGroup(name: string): string {
  const group = join(existsSync(VERSION_1) ? VERSION_1 : VERSION_2, name);
  mkdirSync(group);
  return group;
}

function limit(group: string, disk: string, writesPerSecond: number): void {
  const old = join(group, 'blkio.throttle.write_iops_device');
  if (existsSync(old)) writeFileSync(old, `${disk} ${writesPerSecond}`);
  else writeFileSync(join(group, 'io.max'), `${disk} wiops=${writesPerSecond}`);
}

/** `MAJOR:MINOR` of the whole disk that a directory is on: partitions cannot be limited. */
function diskOf(directory: string): string {
  const { dev } = statSync(directory);
  const device = realpathSync(
    `/sys/dev/block/${(dev >> 8) & 0xfff}:${(dev & 0xff) | ((dev >> 12) & 0xfff00)}`,
  );
  const disk = existsSync(join(device, 'partition')) ? dirname(device) : device;
  if (!existsSync(disk)) throw new Error(`${basename(device)} is no disk`);
  return readFileSync(join(disk, 'dev'), 'utf8').trim();
}
