/** `/v2/members`: the cluster service in v2's shapes and statuses. */
import type { IncomingMessage } from 'node:http';
import {
  Cluster,
  MemberAddRequest,
  MemberAddResponse,
  MemberListRequest,
  MemberListResponse,
  MemberRemoveRequest,
  MemberUpdateRequest,
  encode,
  etcdErrors,
  type ByteString,
  type Member,
} from '@concord/protocol';
import type { LocalCaller, LocalCalls } from '../../rpc/local-call.ts';
import { goString } from './go-json.ts';
import { callLocally, LocalCallError } from './local-store.ts';
import { idText, memberJson, readPeerUrls } from './members-json.ts';
import { json, methodNotAllowed, type V2Reply } from './reply.ts';
import { readBody } from './request-body.ts';

const METHODS = ['GET', 'POST', 'DELETE', 'PUT'];
/** A few URLs. */
const BODY_BYTES_MAX = 64 * 1024;

export interface MembersHandlerOptions {
  readonly calls: LocalCalls;
  /** `0n` when none is known. */
  readonly leader: () => bigint;
  readonly isRemoved: (id: bigint) => boolean;
  readonly headers: Readonly<Record<string, string>>;
}

export class MembersHandler {
  readonly #options: MembersHandlerOptions;

  constructor(options: MembersHandlerOptions) {
    this.#options = options;
  }

  /** @param path what follows `/v2/members` */
  async answer(request: IncomingMessage, path: ByteString, caller: LocalCaller): Promise<V2Reply> {
    const { method = '' } = request;
    if (!METHODS.includes(method)) return methodNotAllowed({ Allow: METHODS.join() });
    const { headers } = this.#options;
    const rest = path.replace(/^\//, '');
    try {
      if (method === 'GET') return await this.#get(rest, caller);
      if (method === 'POST') return await this.#add(request, caller);
      if (rest === '') return methodNotAllowed(headers);
      const id = readId(rest);
      if (id === undefined) return this.#message(404, `No such member: ${rest}`);
      return method === 'PUT'
        ? await this.#update(request, id, caller)
        : await this.#remove(id, caller);
    } catch (error) {
      if (!(error instanceof LocalCallError)) throw error;
      return this.#failure(error);
    }
  }

  async #get(rest: ByteString, caller: LocalCaller): Promise<V2Reply> {
    const { leader, headers } = this.#options;
    const members = await this.#list(caller);
    if (rest === '') {
      const list = members.map(memberJson).join();
      return json(200, `{"members":[${list}]}\n`, headers);
    }
    if (rest !== 'leader') return this.#message(404, 'Not found');
    const leading = members.find(({ ID }) => ID === leader());
    if (leading === undefined) return this.#message(503, 'During election');
    return json(200, `${memberJson(leading)}\n`, headers);
  }

  /** Of this member: a client asks whoever it reaches, also without a majority. */
  async #list(caller: LocalCaller): Promise<readonly Member[]> {
    const request = encode(MemberListRequest, MemberListRequest.create());
    const { path } = Cluster.methods.memberList;
    const { members } = MemberListResponse.decode(
      await callLocally(this.#options.calls, path, request, caller),
    );
    return members.toSorted((a, b) => (a.ID < b.ID ? -1 : 1));
  }

  async #add(request: IncomingMessage, caller: LocalCaller): Promise<V2Reply> {
    const urls = await this.#readUrls(request);
    if (!('length' in urls)) return urls;
    const bytes = encode(MemberAddRequest, MemberAddRequest.create({ peerURLs: [...urls] }));
    const { path } = Cluster.methods.memberAdd;
    const { member } = MemberAddResponse.decode(
      await callLocally(this.#options.calls, path, bytes, caller),
    );
    if (member === undefined) return this.#message(500, 'Internal Server Error');
    return json(201, `${memberJson(member)}\n`, this.#options.headers);
  }

  async #update(request: IncomingMessage, id: bigint, caller: LocalCaller): Promise<V2Reply> {
    const urls = await this.#readUrls(request);
    if (!('length' in urls)) return urls;
    // etcd has an answer for this to a deletion only.
    if (this.#options.isRemoved(id)) return this.#message(500, 'Internal Server Error');
    const fields = { ID: id, peerURLs: [...urls] };
    const bytes = encode(MemberUpdateRequest, MemberUpdateRequest.create(fields));
    return this.#change(Cluster.methods.memberUpdate.path, bytes, id, caller);
  }

  async #remove(id: bigint, caller: LocalCaller): Promise<V2Reply> {
    if (this.#options.isRemoved(id))
      return this.#message(410, `Member permanently removed: ${idText(id)}`);
    const bytes = encode(MemberRemoveRequest, MemberRemoveRequest.create({ ID: id }));
    return this.#change(Cluster.methods.memberRemove.path, bytes, id, caller);
  }

  async #change(
    path: string,
    bytes: Uint8Array,
    id: bigint,
    caller: LocalCaller,
  ): Promise<V2Reply> {
    try {
      await callLocally(this.#options.calls, path, bytes, caller);
    } catch (error) {
      const isUnknown =
        error instanceof LocalCallError && error.message === etcdErrors.ErrMemberNotFound.message;
      if (!isUnknown) throw error;
      return this.#message(404, `No such member: ${idText(id)}`);
    }
    return { status: 204, headers: this.#options.headers, body: '' };
  }

  async #readUrls(request: IncomingMessage): Promise<readonly string[] | V2Reply> {
    const given = request.headers['content-type'] ?? '';
    const type = given.includes(';') ? given.split(';', 1)[0]!.trim().toLowerCase() : given;
    if (type !== 'application/json')
      return this.#message(415, `Bad Content-Type ${type}, accept application/json`);
    const body = await readBody(request, BODY_BYTES_MAX);
    if (body === undefined)
      return this.#message(413, `the body is longer than ${BODY_BYTES_MAX} bytes`);
    const urls = readPeerUrls(body);
    return 'wrong' in urls ? this.#message(400, urls.wrong) : urls;
  }

  #failure(error: LocalCallError): V2Reply {
    if (error.isRefusal) return this.#message(401, 'Insufficient credentials');
    switch (error.message) {
      case etcdErrors.ErrMemberExist.message:
        return this.#message(409, 'membership: ID exists');
      case etcdErrors.ErrPeerURLExist.message:
        return this.#message(409, 'membership: peerURL exists');
      default:
        return this.#message(500, 'Internal Server Error');
    }
  }

  #message(status: number, message: ByteString): V2Reply {
    return json(status, `{"message":${goString(message)}}`, this.#options.headers);
  }
}

/** An id in hexadecimal; undefined for anything else, or one above 64 bits. */
function readId(text: string): bigint | undefined {
  return /^[0-9a-fA-F]+$/.test(text) && BigInt(`0x${text}`) < 2n ** 64n
    ? BigInt(`0x${text}`)
    : undefined;
}
