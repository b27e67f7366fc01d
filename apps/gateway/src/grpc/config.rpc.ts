/** `concord.config.v1.ConfigService`: the nouns of `/v1/configs`, by gRPC. */
import { Controller, Inject } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import type { Metadata } from '@grpc/grpc-js';
import { itemKey } from '@concord/config/records';
import type { Observable } from 'rxjs';
import { z } from 'zod';
import { assertMay } from '../access/actor.ts';
import { FeedbackDesk } from '../configs/feedback-desk.ts';
import { ItemDesk, readablePlainKeys } from '../configs/item-desk.ts';
import { ItemFeeds } from '../configs/item-feeds.ts';
import * as schemas from '../configs/item-schemas.ts';
import { addressOf, itemMessage, subjectOf, type ItemRequest } from './config-messages.ts';
import { revisionField } from './expected-revision.ts';
import { streamFeed } from './feed-stream.ts';
import { pageOf, type PageRequest } from './page-request.ts';
import { checked, RpcDesk, type StreamCall, type UnaryCall } from './rpc-desk.ts';

const SERVICE = 'ConfigService';
const ANY = { base: undefined, revision: undefined } as const;

interface Act extends ItemRequest {
  readonly comment?: string;
}

const releaseRequest = z.object({
  content: z.string().max(1024 * 1024),
  format: schemas.format.optional(),
  comment: schemas.comment.optional(),
  secret: z.boolean().optional(),
  base: schemas.base.optional(),
});
const rollbackRequest = schemas.rollbackBody.pick({ to: true, comment: true, base: true }).strip();
@Controller()
export class ConfigRpc {
  constructor(
    @Inject(RpcDesk) private readonly rpc: RpcDesk,
    @Inject(ItemDesk) private readonly items: ItemDesk,
    @Inject(ItemFeeds) private readonly feeds: ItemFeeds,
    @Inject(FeedbackDesk) private readonly feedback: FeedbackDesk,
  ) {}

  @GrpcMethod(SERVICE, 'GetItem')
  getItem(request: ItemRequest & { readonly reveal?: boolean }, _: Metadata, call: UnaryCall) {
    return this.rpc.read(call, async ({ actor }) => ({
      item: itemMessage(await this.items.get(actor, addressOf(request), request.reveal === true)),
    }));
  }

  @GrpcMethod(SERVICE, 'ReleaseItem')
  releaseItem(request: Act, _: Metadata, call: UnaryCall) {
    return this.rpc.write(call, 'releaseItem', subjectOf(request), async ({ actor }) => {
      const next = checked(releaseRequest, request);
      return { released: await this.items.release(actor, addressOf(request), next, ANY) };
    });
  }

  @GrpcMethod(SERVICE, 'DeleteItem')
  deleteItem(request: Act, _: Metadata, call: UnaryCall) {
    return this.rpc.write(call, 'deleteItem', subjectOf(request), async ({ actor }) => ({
      released: await this.items.delete(actor, addressOf(request), request.comment, ANY),
    }));
  }

  @GrpcMethod(SERVICE, 'RollbackItem')
  rollbackItem(request: Act, _: Metadata, call: UnaryCall) {
    return this.rpc.write(call, 'rollbackItem', subjectOf(request), async ({ actor }) => {
      const back = checked(rollbackRequest, request);
      return { released: await this.items.rollback(actor, addressOf(request), back, ANY) };
    });
  }

  @GrpcMethod(SERVICE, 'ListHistory')
  listHistory(
    request: ItemRequest & PageRequest & { readonly reveal?: boolean },
    _: Metadata,
    call: UnaryCall,
  ) {
    return this.rpc.read(call, async ({ actor }) => {
      const query = { ...pageOf(request), content: true, reveal: request.reveal === true };
      const { items, nextCursor } = await this.items.history(actor, addressOf(request), query);
      return {
        releases: items.map((one) => ({ ...one, isDeletion: one.kind === 'deletion' })),
        nextPageToken: nextCursor ?? '',
      };
    });
  }

  @GrpcMethod(SERVICE, 'GetEffective')
  getEffective(
    request: ItemRequest & {
      readonly clientId?: string;
      readonly labels?: Readonly<Record<string, string>>;
      readonly app?: string;
      readonly version?: string;
      readonly reveal?: boolean;
    },
    _: Metadata,
    call: UnaryCall,
  ) {
    return this.rpc.read(call, async ({ actor }) => {
      const { clientId: id, app, version, labels = {} } = request;
      // An empty map is one that was not sent: a client that runs has told its labels.
      const asker = { id, app, version, ...(Object.keys(labels).length > 0 && { labels }) };
      const sight = this.items.sight(actor, request.reveal === true);
      return this.feedback.effective(actor, addressOf(request), asker, sight);
    });
  }

  @GrpcMethod(SERVICE, 'WatchItem')
  watchItem(
    request: ItemRequest & { readonly afterRevision?: number },
    _: Metadata,
    call: StreamCall<object>,
  ): Observable<never> {
    return this.rpc.stream(call, async ({ actor, signal }) => {
      const address = addressOf(request);
      assertMay(actor, 'read', itemKey(address));
      const from = checked(revisionField, request.afterRevision, 'after_revision');
      const plainKeys = readablePlainKeys(actor, address);
      const feed = await this.feeds.item(address, plainKeys);
      await streamFeed<schemas.ItemDocument, object>(feed, call, signal, {
        from,
        mayStay: () => [itemKey(address), ...plainKeys].every((key) => actor.may('read', key)),
        message: ({ kind, revision: at, put: [item] }) => ({
          kind,
          revision: at,
          ...(item !== undefined && { item: itemMessage(item) }),
        }),
      });
    });
  }
}
