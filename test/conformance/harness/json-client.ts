/**
 * The client of `wire-client.ts` with its calls sent as JSON, through the gateway of the server. JSON is made and read by
 * protobufjs, which shares nothing with Concord's. Streams go over gRPC as before: Go's HTTP server reads a request to
 * its end before it answers, so that one cannot converse with etcd's gateway.
 */
import { readdirSync } from 'node:fs';
import { Agent, request as httpRequest } from 'node:http';
import { join, resolve } from 'node:path';
import protobuf from 'protobufjs';
import { withoutSpaces } from './http-exchange.ts';
import type { RequestOf, ResponseOf, UnaryMethod } from './messages.ts';
import type { Outcome } from './outcome.ts';
import { methodDefinition } from './service-definitions.ts';
import { WireClient, type RawCallOptions } from './wire-client.ts';

const PATHS: Readonly<Record<string, string>> = {
  Range: 'kv/range',
  Put: 'kv/put',
  DeleteRange: 'kv/deleterange',
  Txn: 'kv/txn',
  Compact: 'kv/compaction',
  LeaseGrant: 'lease/grant',
  LeaseRevoke: 'lease/revoke',
  LeaseTimeToLive: 'lease/timetolive',
  LeaseLeases: 'lease/leases',
  MemberAdd: 'cluster/member/add',
  MemberRemove: 'cluster/member/remove',
  MemberUpdate: 'cluster/member/update',
  MemberList: 'cluster/member/list',
  MemberPromote: 'cluster/member/promote',
  Alarm: 'maintenance/alarm',
  Status: 'maintenance/status',
  Defragment: 'maintenance/defragment',
  Hash: 'maintenance/hash',
  HashKV: 'maintenance/hashkv',
  MoveLeader: 'maintenance/transfer-leadership',
  AuthEnable: 'auth/enable',
  AuthDisable: 'auth/disable',
  AuthStatus: 'auth/status',
  Authenticate: 'auth/authenticate',
  UserAdd: 'auth/user/add',
  UserGet: 'auth/user/get',
  UserList: 'auth/user/list',
  UserDelete: 'auth/user/delete',
  UserChangePassword: 'auth/user/changepw',
  UserGrantRole: 'auth/user/grant',
  UserRevokeRole: 'auth/user/revoke',
  RoleAdd: 'auth/role/add',
  RoleGet: 'auth/role/get',
  RoleList: 'auth/role/list',
  RoleDelete: 'auth/role/delete',
  RoleGrantPermission: 'auth/role/grant',
  RoleRevokePermission: 'auth/role/revoke',
};

const protoDirectory = resolve(import.meta.dirname, '../../../proto');
const root = new protobuf.Root();
root.resolvePath = (_origin, target) => join(protoDirectory, target);
root.loadSync(
  readdirSync(join(protoDirectory, 'etcd')).map((file) => join('etcd', file)),
  { keepCase: true },
);
root.resolveAll();

export class JsonClient extends WireClient {
  readonly #endpoint: string;
  readonly #agent = new Agent({ keepAlive: true });
  readonly #callMsMax: number;

  constructor(endpoint: string, callMsMax = 30_000) {
    super(endpoint, callMsMax);
    this.#endpoint = endpoint;
    this.#callMsMax = callMsMax;
  }

  override async call<M extends UnaryMethod>(
    method: M,
    request: RequestOf<M>,
    options: RawCallOptions = {},
  ): Promise<Outcome<ResponseOf<M>>> {
    const path = PATHS[method];
    if (path === undefined) return super.call(method, request, options);
    const { status, body } = await this.#post(`/v3/${path}`, jsonOf(request), options);
    // 3.4 has no path for HashKV; its gateway says so in plain text.
    if (status === 404 && !body.startsWith('{')) return super.call(method, request, options);
    const answer: unknown = JSON.parse(body);
    if (status !== 200) {
      const { code, message } = answer as { code: number; message: string };
      return { code, message };
    }
    const definition = methodDefinition(method);
    const type = root.lookupType(responseName(method));
    const message = type.fromObject(answer as object);
    const again = JSON.stringify(
      type.toObject(message, { longs: String, enums: String, bytes: String }),
    );
    if (again !== withoutSpaces(body)) throw new Error(`expected ${again}, got ${body}`);
    const response = definition.responseDeserialize(Buffer.from(type.encode(message).finish()));
    return { response: response as ResponseOf<M> };
  }

  override close(): void {
    this.#agent.destroy();
    super.close();
  }

  #post(
    path: string,
    json: string,
    { metadata = {} }: RawCallOptions,
  ): Promise<{ status: number; body: string }> {
    const [host = '', port = ''] = this.#endpoint.split(':');
    const token = metadata['token'];
    const headers = {
      // As every client that people use: etcd takes a request without it for one with the server's own certificate.
      Accept: '*/*',
      ...(token !== undefined && { Authorization: String(token) }),
    };
    const timeout = this.#callMsMax;
    return new Promise((resolve, reject) => {
      const request = httpRequest(
        { host, port, path, method: 'POST', agent: this.#agent, timeout, headers },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() }),
          );
        },
      );
      request.on('timeout', () => request.destroy(new Error(`no answer to ${path} ${json}`)));
      request.on('error', reject);
      request.end(json);
    });
  }
}

/** The request as it is, with bytes in base64. */
const jsonOf = (request: object): string => JSON.stringify(plain(request));

function plain(value: unknown): unknown {
  if (Buffer.isBuffer(value)) return value.toString('base64');
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, plain(item)]));
}

function responseName(method: string): string {
  for (const service of ['KV', 'Lease', 'Cluster', 'Maintenance', 'Auth']) {
    const found = root.lookupService(`etcdserverpb.${service}`).methods[method];
    if (found !== undefined) return `etcdserverpb.${found.responseType}`;
  }
  throw new Error(`proto/etcd declares no method ${method}`);
}
