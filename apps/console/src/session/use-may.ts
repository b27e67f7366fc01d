/** What the person who is signed in may do, so that a page shows what they may not as such. */
import { useQuery } from '@tanstack/react-query';
import { readDocument, type Answer } from '../api/documents.ts';
import { useSession } from './session.ts';

/** Roles change seldom; what is done is decided by the gateway anyway. */
const FRESH_MS = 60_000;

/** What is asked about: that key, all keys below that prefix, or any key below it. */
export type Reach = 'key' | 'prefix' | 'within';

export const useIsAdministrator = (): boolean => useSession().actor?.isAdministrator === true;

/**
 * Whether what is asked about may be written. Yes while it is not known: the gateway refuses what is not permitted, and a
 * control that comes back to life after a moment is worse than a refusal.
 */
export function useMayWrite(key: string, as: Reach = 'key'): boolean {
  const isAdministrator = useIsAdministrator();
  const { data } = useQuery({
    queryKey: ['permission', key, as],
    enabled: !isAdministrator,
    staleTime: FRESH_MS,
    queryFn: ({ signal }) => {
      // The empty prefix is one to be asked about: every key.
      const question = new URLSearchParams({ verb: 'write', key, as });
      const path = `v1/session/permission?${question.toString()}`;
      return readDocument<Answer<'checkPermission'>>(path, {}, signal);
    },
  });
  return isAdministrator || data?.isPermitted !== false;
}
