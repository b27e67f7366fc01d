/** `v3electionpb.Election`: one leader among sessions, by a line of keys under a name, and who leads now. */
import type { Call } from '@concord/grpc-server';
import {
  CampaignRequest,
  CampaignResponse,
  Election,
  LeaderRequest,
  LeaderResponse,
  ProclaimRequest,
  ProclaimResponse,
  ResignRequest,
  ResignResponse,
  StatusCode,
  Writer,
  etcdErrors,
  type LeaderKey,
  type ResponseHeader,
} from '@concord/protocol';
import type { LocalCalls } from '../local-call.ts';
import type { MethodRegistry, Stream, StreamEvents, UnaryHandler } from '../method.ts';
import { answerWith } from './answered-call.ts';
import { deleteCreatedAt, isCreatedAt, oldestOf, prefixOf, putOp, type Line } from './line.ts';
import { Observation } from './observation.ts';
import { CallFailure, OwnClient } from './own-client.ts';

export class ElectionService {
  readonly #calls: LocalCalls;
  readonly #line: Line;

  constructor(calls: LocalCalls, line: Line) {
    this.#calls = calls;
    this.#line = line;
  }

  register(registry: MethodRegistry): void {
    const { methods } = Election;
    registry.unary(Election, methods.campaign, this.#campaign);
    registry.unary(Election, methods.proclaim, this.#proclaim);
    registry.unary(Election, methods.leader, this.#leader);
    registry.unary(Election, methods.resign, this.#resign);
    registry.stream(Election, methods.observe, (stream, call) => this.#observe(stream, call));
  }

  readonly #campaign: UnaryHandler = (bytes, reply, call) => {
    const { name, lease, value } = CampaignRequest.decode(bytes.slice());
    const client = new OwnClient(this.#calls, call);
    answerWith(reply, call, async (gone) => {
      const { place } = await this.#line.first(client, {
        name,
        lease,
        value,
        gone,
        expired: etcdErrors.ErrElectionSessionExpired,
        // A session that stands already may stand for something else now.
        prepare: async (stood) => {
          const { key, revision, found } = stood;
          if (found === undefined || Buffer.compare(found.value, value) === 0) return;
          await proclaim(client, { name, key, rev: revision, lease: stood.lease }, value);
        },
      });
      const leader = { name, key: place.key, rev: place.revision, lease: place.lease };
      return (writer) => CampaignResponse.encode({ header: place.header, leader }, writer);
    });
  };

  readonly #proclaim: UnaryHandler = (bytes, reply, call) => {
    const { leader, value } = ProclaimRequest.decode(bytes.slice());
    if (leader === undefined) return reply.fail(etcdErrors.ErrMissingLeaderKey);
    const client = new OwnClient(this.#calls, call);
    answerWith(reply, call, async () => {
      const header = await proclaim(client, leader, value);
      return (writer) => ProclaimResponse.encode({ header }, writer);
    });
  };

  readonly #leader: UnaryHandler = (bytes, reply, call) => {
    const { name } = LeaderRequest.decode(bytes.slice());
    const client = new OwnClient(this.#calls, call);
    answerWith(reply, call, async () => {
      const { header, kvs } = await client.range(oldestOf(prefixOf(name)));
      const [kv] = kvs;
      if (kv === undefined) throw CallFailure.of(etcdErrors.ErrElectionNoLeader);
      return (writer) => LeaderResponse.encode({ header, kv }, writer);
    });
  };

  /** Who leads no more has nothing to resign, and is told so by success, as in etcd. */
  readonly #resign: UnaryHandler = (bytes, reply, call) => {
    const { leader } = ResignRequest.decode(bytes.slice());
    if (leader === undefined) return reply.fail(etcdErrors.ErrMissingLeaderKey);
    const client = new OwnClient(this.#calls, call);
    answerWith(reply, call, async () => {
      const { header } = await deleteCreatedAt(client, leader.key, leader.rev);
      return (writer) => ResignResponse.encode({ header }, writer);
    });
  };

  #observe(stream: Stream, call: Call): StreamEvents {
    const client = new OwnClient(this.#calls, call);
    const writer = new Writer();
    let observation: Observation | undefined;
    return {
      message: (bytes) => {
        const { name } = LeaderRequest.decode(bytes.slice());
        if (observation !== undefined) return;
        observation = new Observation(client, prefixOf(name), {
          leads: (response) => {
            LeaderResponse.encode(response, writer.reset());
            return stream.write(writer.view());
          },
          failed: (message) => stream.fail({ code: StatusCode.UNKNOWN, message }),
        });
        observation.start();
      },
      // The one request is all that a client has to say.
      halfClose: () => undefined,
      closed: () => observation?.stop(),
      drain: () => observation?.drained(),
    };
  }
}

/** Without a lease the key stays on the one it has: etcd would hang it on a new one of a minute. */
async function proclaim(
  client: OwnClient,
  { key, rev, lease }: LeaderKey,
  value: Uint8Array,
): Promise<ResponseHeader | undefined> {
  const { header, succeeded } = await client.txn({
    compare: [isCreatedAt(key, rev)],
    success: [putOp({ key, value, lease, ignoreLease: lease === 0n })],
  });
  if (!succeeded) throw CallFailure.of(etcdErrors.ErrElectionNotLeader);
  return header;
}
