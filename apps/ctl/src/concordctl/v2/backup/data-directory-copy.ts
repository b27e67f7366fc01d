/**
 * The data directory of a member that is stopped, copied: the store, and the log that leads beyond it. It is locked
 * meanwhile. The copy stands under another name until it is whole.
 */
import { existsSync, readdirSync } from 'node:fs';
import { cp, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { StorageError, useStoppedMember } from '@concord/storage';

export interface DirectoryCopy {
  readonly from: string;
  readonly to: string;
  /** Where the log is not below the directory. */
  readonly walFrom: string | undefined;
  readonly walTo: string | undefined;
}

/** Rejects with what the operator has to know. */
export async function copyDataDirectory({
  from,
  to,
  walFrom,
  walTo,
}: DirectoryCopy): Promise<void> {
  const [target, walTarget] = [resolve(to), resolve(walTo ?? join(to, 'member', 'wal'))];
  for (const place of walTo === undefined ? [target] : [target, walTarget]) assertFree(place);
  try {
    await useStoppedMember(
      from,
      { walPath: walFrom },
      async ({ memberDirectory, walDirectory }) => {
        const part = `${target}.part`;
        await rm(part, { recursive: true, force: true });
        await mkdir(dirname(target), { recursive: true });
        const isLeftOut = (path: string): boolean =>
          path === join(memberDirectory, 'lock') || path === walDirectory;
        await cp(memberDirectory, join(part, 'member'), {
          recursive: true,
          filter: (path) => !isLeftOut(path),
        });
        const walPart = walTo === undefined ? join(part, 'member', 'wal') : `${walTarget}.part`;
        await cp(walDirectory, walPart, { recursive: true });
        await syncTree(part);
        if (walTo !== undefined) await syncTree(walPart);
        if (walTo !== undefined) await rename(walPart, walTarget);
        await rm(target, { recursive: true, force: true });
        await rename(part, target);
        await sync(dirname(target));
      },
    );
  } catch (error) {
    if (!(error instanceof StorageError) || error.code !== 'directory-locked') throw error;
    throw new Error(
      `a member runs on ${from}: stop it, or take \`concordctl snapshot save\`, which needs no stop`,
      { cause: error },
    );
  }
}

function assertFree(path: string): void {
  if (!existsSync(path) || readdirSync(path).length === 0) return;
  throw new Error(`${path} is not empty: name a directory that is not there yet`);
}

/** Every file of it is on the disk. */
async function syncTree(path: string): Promise<void> {
  for (const entry of readdirSync(path, { withFileTypes: true, recursive: true })) {
    await sync(join(entry.parentPath, entry.name));
  }
  await sync(path);
}

async function sync(path: string): Promise<void> {
  const file = await open(path, 'r');
  await file.sync();
  await file.close();
}
