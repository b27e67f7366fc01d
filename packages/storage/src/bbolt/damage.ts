/** Says what is wrong with a bbolt file, and where. */
import { StorageError } from '../errors.ts';

/** Throws `snapshot-corrupt`. */
export type RefuseFile = (page: number | undefined, found: string, expected: string) => never;

export function refuserOf(path: string): RefuseFile {
  return (page, found, expected) => {
    throw new StorageError({
      code: 'snapshot-corrupt',
      path,
      found: page === undefined ? found : `page ${page} that ${found}`,
      expected: page === undefined ? expected : `one that ${expected}`,
      remedy:
        'Nothing was taken from it. Take another snapshot, or use one of another member or of an earlier time.',
    });
  };
}
