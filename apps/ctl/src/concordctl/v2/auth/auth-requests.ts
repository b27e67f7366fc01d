/** v2's own users and roles, as servers have them. Concord has v3's alone and says so; etcd up to 3.5 has both. */
import type { V2Connection } from '../connection/connection.ts';
import type { V2Answer, V2Request } from '../connection/exchange.ts';
import { V2Failure, plainFailure } from '../failure.ts';

export interface AuthRequest {
  readonly method: V2Request['method'];
  readonly path: string;
  readonly content?: object;
  /** Beside 200. */
  readonly isCreatedFine?: boolean;
}

/** An answer's content. Throws `V2Failure`, in the server's words. */
export async function askAuth(connection: V2Connection, request: AuthRequest): Promise<object> {
  // etcdctl says twice where it sends these.
  const client = await connection.synced(2);
  try {
    const { method, path, content, isCreatedFine = false } = request;
    const body = content === undefined ? undefined : JSON.stringify(content);
    const answer = await client.send(
      {
        method,
        path: `/v2/auth/${path}`,
        ...(body !== undefined && { body, contentType: 'application/json' }),
      },
      { deadline: connection.deadline() },
    );
    const isFine = answer.status === 200 || (isCreatedFine && answer.status === 201);
    if (!isFine) throw new Error(messageOf(answer));
    return answer.body.trim() === '' ? {} : (JSON.parse(answer.body) as object);
  } catch (error) {
    if (error instanceof V2Failure) throw error;
    throw plainFailure((error as Error).message);
  }
}

const messageOf = ({ body }: V2Answer): string =>
  (JSON.parse(body) as { message?: string }).message ?? '';

export const named = (kind: 'users' | 'roles', name: string): string =>
  `${kind}/${encodeURIComponent(name)}`;
