/** What the person who is signed in may do, so that a page shows what they may not as such. */
import { useQuery } from '@tanstack/react-query';
import { readDocument, type Answer } from '../api/documents.ts';
import { useSession } from './session.ts';

/** Roles change seldom; what is done is decided by the gateway anyway. */
const FRESH_MS = 60_000;

/**
 * Whether this key, or all keys below this prefix, may be written. Yes while it is not known: the gateway refuses what is
 * not permitted, and a control that comes back to life after a moment is worse than a refusal.
 */
export function useMayWrite(key: string, as: 'key' | 'prefix' = 'key'): boolean {
  const { actor } = useSession();
  const isAdministrator = actor?.isAdministrator === true;
  const { data } = useQuery({
    queryKey: ['permission', key, as],
    enabled: !isAdministrator,
    staleTime: FRESH_MS,
    queryFn: ({ signal }) =>
      readDocument<Answer<'checkPermission'>>(
        'v1/session/permission',
        { verb: 'write', key, as },
        signal,
      ),
  });
  return isAdministrator || data?.isPermitted !== false;
}
