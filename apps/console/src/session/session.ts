/** Who is signed in: asked of the gateway once, and again when it says that nobody is. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { addressOf, carryCsrfToken, requestOf } from '../api/gateway.ts';
import { problemOf, RequestProblem } from '../api/problem.ts';

export interface SessionActor {
  readonly name: string;
  readonly via: 'development' | 'session' | 'token' | 'oidc';
  readonly isAdministrator: boolean;
}

/** `GET /v1/session`. */
export interface Session {
  readonly mode: 'development' | 'set-up' | 'secured';
  readonly actor?: SessionActor;
  readonly csrfToken?: string;
  readonly oidc?: { readonly name: string; readonly startUrl: string };
  readonly cluster?: {
    readonly id: string;
    readonly kind: 'concord' | 'etcd';
    readonly version: string;
  };
}

export const sessionKey = ['session'] as const;

/** A gateway without sessions lets everybody in. */
const withoutSessions: Session = {
  mode: 'development',
  actor: { name: 'developer', via: 'development', isAdministrator: true },
};

async function readSession(): Promise<Session> {
  const answer = await requestOf('v1/session').catch((error: unknown) => {
    if (error instanceof RequestProblem && error.code === 'not-found') return undefined;
    throw error;
  });
  if (answer === undefined) return withoutSessions;
  const session = (await answer.json()) as Session;
  carryCsrfToken(session.csrfToken);
  return session;
}

/** The session while it is asked for, too. */
export const useSessionQuery = () =>
  useQuery({ queryKey: sessionKey, queryFn: readSession, staleTime: 60_000 });

const unknown: Session = { mode: 'secured' };

/** Within the gate, where there is one. */
export function useSession(): Session {
  return useSessionQuery().data ?? unknown;
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
