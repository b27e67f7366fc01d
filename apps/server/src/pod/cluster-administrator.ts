/** Changes a running cluster, as its user root where it has users: members, authentication, snapshots. */
import type { SecureClientSessionOptions } from 'node:http2';
import {
  Auth,
  AuthEnableRequest,
  AuthStatusRequest,
  AuthUserAddRequest,
  AuthUserGrantRoleRequest,
  AuthRoleAddRequest,
  Cluster,
  Maintenance,
  MemberAddRequest,
  MemberListRequest,
  MemberPromoteRequest,
  MemberRemoveRequest,
  SnapshotRequest,
  StatusCode,
  type AuthenticateRequest,
  type Member,
  type MethodDescriptor,
} from '@concord/protocol';
import { GrpcError } from '../bootstrap/grpc-call.ts';
import { GrpcClient, type Metadata } from '../bootstrap/grpc-client.ts';

/** Pods of one set are near to each other. */
const DIAL_MS_MAX = 3000;
/** A change of members waits for a majority, and an election may come in between. */
const REQUEST_MS_MAX = 10_000;

export interface AdministratorOptions {
  /** `http://host:port`, `https://host:port`. */
  readonly endpoints: readonly string[];
  readonly tls: SecureClientSessionOptions;
  /** Who is asked for where authentication is on. */
  readonly user: AuthenticateRequest | undefined;
}

/** Every call throws `GrpcError`. */
export class ClusterAdministrator {
  readonly #client: GrpcClient;
  readonly #user: AuthenticateRequest | undefined;
  /** Good for minutes, and an administrator is there for seconds. */
  #token: string | undefined;

  constructor({ endpoints, tls, user }: AdministratorOptions) {
    this.#user = user;
    this.#client = new GrpcClient({
      endpoints,
      tls,
      dialTimeoutMs: DIAL_MS_MAX,
      requestTimeoutMs: REQUEST_MS_MAX,
      keepaliveMs: 0,
      keepaliveTimeoutMs: 0,
    });
  }

  close(): void {
    this.#client.close();
  }

  /** As a majority knows them. */
  async members(): Promise<{ readonly clusterId: bigint; readonly members: readonly Member[] }> {
    const request = MemberListRequest.create({ linearizable: true });
    const { header, members } = await this.#call(Cluster.methods.memberList, request);
    return { clusterId: header?.clusterId ?? 0n, members };
  }

  /** A learner: the cluster waits for nobody while it catches up. */
  async add(peerURLs: readonly string[]): Promise<void> {
    const request = MemberAddRequest.create({ peerURLs: [...peerURLs], isLearner: true });
    await this.#call(Cluster.methods.memberAdd, request);
  }

  async remove(id: bigint): Promise<void> {
    await this.#call(Cluster.methods.memberRemove, MemberRemoveRequest.create({ ID: id }));
  }

  async promote(id: bigint): Promise<void> {
    await this.#call(Cluster.methods.memberPromote, MemberPromoteRequest.create({ ID: id }));
  }

  /** Makes the user root with this password and turns authentication on, unless it is on. Answers whether it did. */
  async secure(password: string): Promise<boolean> {
    const { enabled } = await this.#client.unary(
      Auth.methods.authStatus,
      AuthStatusRequest.create(),
    );
    if (enabled) return false;
    // Another pod, or a start that ended halfway, may have done some of it.
    const user = AuthUserAddRequest.create({ name: ROOT, password });
    await unlessThere(this.#client.unary(Auth.methods.userAdd, user));
    const role = AuthRoleAddRequest.create({ name: ROOT });
    await unlessThere(this.#client.unary(Auth.methods.roleAdd, role));
    const grant = AuthUserGrantRoleRequest.create({ user: ROOT, role: ROOT });
    await this.#client.unary(Auth.methods.userGrantRole, grant);
    await this.#client.unary(Auth.methods.authEnable, AuthEnableRequest.create());
    return true;
  }

  /** The pieces of a snapshot, the last of them its digest. */
  async *snapshot(signal: AbortSignal): AsyncGenerator<Uint8Array> {
    const { snapshot } = Maintenance.methods;
    const metadata = await this.#metadata();
    const pieces = this.#client.download(snapshot, SnapshotRequest.create(), metadata, signal);
    for await (const { blob } of pieces) yield blob;
  }

  async #call<Request, Response>(
    method: MethodDescriptor<Request, Response>,
    request: Request,
  ): Promise<Response> {
    return this.#client.unary(method, request, await this.#metadata());
  }

  async #metadata(): Promise<Metadata> {
    if (this.#user === undefined) return {};
    if (this.#token !== undefined) return { token: this.#token };
    try {
      const { token } = await this.#client.unary(Auth.methods.authenticate, this.#user);
      this.#token = token;
      return { token };
    } catch (error) {
      const isOff =
        error instanceof GrpcError &&
        error.code === StatusCode.FAILED_PRECONDITION &&
        error.message.includes('authentication is not enabled');
      if (!isOff) throw error;
      return {};
    }
  }
}

const ROOT = 'root';

async function unlessThere(call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (error instanceof GrpcError && error.message.includes('already exists')) return;
    throw error;
  }
}
