/** Who is signed in: asked of the gateway once, and again when it says that nobody is. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { addressOf, carryCsrfToken, dataOf, gateway, requestOf } from '../api/gateway.ts';
import type { operations } from '../api/gen/schema.ts';
import { problemOf, RequestProblem } from '../api/problem.ts';

/** `GET /v1/session`. */
export type Session = operations['getSession']['responses'][200]['content']['application/json'];

export const sessionKey = ['session'] as const;

async function readSession(): Promise<Session> {
  const session = await dataOf(gateway.GET('/v1/session'));
  carryCsrfToken(session.csrfToken);
  return session;
}

/** The session while it is asked for, too. */
export const useSessionQuery = () =>
  useQuery({ queryKey: sessionKey, queryFn: readSession, staleTime: 60_000 });

/** Of pages, which stand behind the gate: there is one. */
export function useSession(): Session {
  const { data } = useSessionQuery();
  if (data === undefined) throw new Error('this is drawn outside of the gate');
  return data;
}

export interface Credentials {
  readonly user: string;
  readonly password: string;
}

/** Posts to an endpoint that answers with a session, and takes it over. */
function useSessionWrite<Body>(path: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (body: Body) => {
      // Not by the usual way: a refusal here is a wrong password, not a session that ended.
      const answer = await fetch(addressOf(path), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }).catch((error: unknown) => {
        throw new RequestProblem('gateway-away', 0, {}, error);
      });
      if (!answer.ok) throw await problemOf(answer);
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: sessionKey }),
  });
}

export const useSignIn = () => useSessionWrite<Credentials>('v1/session');

export const useSetUp = () =>
  useSessionWrite<Credentials & { readonly token: string }>('v1/set-up');

export function useSignOut() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => requestOf('v1/session', { method: 'DELETE' }),
    // What the next person may see is asked for anew.
    onSettled: async () => {
      await queries.invalidateQueries({ queryKey: sessionKey });
      queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] });
    },
  });
}
