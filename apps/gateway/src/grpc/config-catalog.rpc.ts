/** `concord.config.v1.ConfigService`: namespaces and what is in them, as lists, differences and bundles. */
import { Controller, Inject } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import type { Metadata } from '@grpc/grpc-js';
import { EXPORT_KIND, itemsPrefix } from '@concord/config/records';
import type { Observable } from 'rxjs';
import { z } from 'zod';
import { assertMay } from '../access/actor.ts';
import { BundleDesk } from '../configs/bundle-desk.ts';
import { BundleImport } from '../configs/bundle-import.ts';
import { bundleSchema, searchQuery, type Bundle } from '../configs/bundle-schemas.ts';
import { FeedbackDesk } from '../configs/feedback-desk.ts';
import { acknowledgementQuery } from '../configs/feedback-schemas.ts';
import { ItemDesk } from '../configs/item-desk.ts';
import { itemSummary } from '../configs/item-document.ts';
import { ItemFeeds } from '../configs/item-feeds.ts';
import { ItemReader } from '../configs/item-reader.ts';
import * as schemas from '../configs/item-schemas.ts';
import { ValidationDesk } from '../configs/validation-desk.ts';
import {
  addressOf,
  checkedNamespace,
  itemMessage,
  namespaceOf,
  subjectOf,
  type ItemRequest,
} from './config-messages.ts';
import { revisionField } from './expected-revision.ts';
import { streamFeed } from './feed-stream.ts';
import { pageOf, type PageRequest } from './page-request.ts';
import { checked, given, RpcDesk, sent, type StreamCall, type UnaryCall } from './rpc-desk.ts';

const SERVICE = 'ConfigService';
/** Of a message of an export, by its contents: clients take 4 MiB by default. */
const EXPORT_PART_BYTES = 1024 * 1024;

const listRequest = schemas.itemListQuery.pick({ prefix: true, search: true });
const searchRequest = searchQuery.pick({ content: true, prefix: true });
const exportRequest = z.object({ prefix: z.string().max(512).optional() });
const importRequest = z.object({
  reason: schemas.comment.optional(),
  dryRun: z.boolean().default(false),
});
const acknowledgementRequest = acknowledgementQuery.pick({ state: true, track: true });
const declaration = z.object({
  app: z.string().min(1).max(256),
  version: z.string().min(1).max(256),
});

interface InNamespace {
  readonly namespace?: string;
}
interface BundleItemMessage {
  readonly path: string;
  readonly format: string;
  readonly content?: string;
  readonly sealed?: object | null;
  readonly comment?: string;
}
interface DiffRequest extends ItemRequest {
  readonly from?: string;
  readonly to?: string;
  readonly reveal?: boolean;
}

@Controller()
export class ConfigCatalogRpc {
  constructor(
    @Inject(RpcDesk) private readonly rpc: RpcDesk,
    @Inject(ItemReader) private readonly reader: ItemReader,
    @Inject(ItemDesk) private readonly items: ItemDesk,
    @Inject(ItemFeeds) private readonly feeds: ItemFeeds,
    @Inject(FeedbackDesk) private readonly feedback: FeedbackDesk,
    @Inject(ValidationDesk) private readonly validation: ValidationDesk,
    @Inject(BundleDesk) private readonly bundles: BundleDesk,
    @Inject(BundleImport) private readonly importing: BundleImport,
  ) {}

  @GrpcMethod(SERVICE, 'ListNamespaces')
  listNamespaces(request: PageRequest, _: Metadata, call: UnaryCall) {
    return this.rpc.read(call, async ({ actor }) => {
      const { limit, cursor } = pageOf(request);
      const isVisible = (name: string): boolean => actor.may('read', { prefix: itemsPrefix(name) });
      const page = await this.reader.namespaces(limit, cursor, isVisible);
      const { items, revision, nextCursor } = page;
      return { namespaces: items, revision, nextPageToken: nextCursor ?? '' };
    });
  }

  @GrpcMethod(SERVICE, 'ListItems')
  listItems(request: InNamespace & PageRequest, _: Metadata, call: UnaryCall) {
    return this.rpc.read(call, async ({ actor }) => {
      const namespace = checkedNamespace(request.namespace);
      const query = { namespace, ...checked(listRequest, request), ...pageOf(request) };
      assertMay(actor, 'read', { prefix: itemsPrefix(namespace) + (query.prefix ?? '') });
      const { items, revision, nextCursor } = await this.reader.list(query);
      const summaries = items
        .map((stored) => itemSummary(stored, stored.item))
        .filter((item) => item !== undefined);
      return { items: summaries.map(itemMessage), revision, nextPageToken: nextCursor ?? '' };
    });
  }

  @GrpcMethod(SERVICE, 'WatchItems')
  watchItems(
    request: InNamespace & { readonly afterRevision?: number },
    _: Metadata,
    call: StreamCall<object>,
  ): Observable<never> {
    return this.rpc.stream(call, async ({ actor, signal }) => {
      const namespace = checkedNamespace(request.namespace);
      const range = { prefix: itemsPrefix(namespace) };
      assertMay(actor, 'read', range);
      const from = checked(revisionField, request.afterRevision, 'after_revision');
      const feed = await this.feeds.namespace(namespace);
      await streamFeed<schemas.ItemSummary, object>(feed, call, signal, {
        from,
        mayStay: () => actor.may('read', range),
        message: ({ put, ...told }) => ({ ...told, put: put.map(itemMessage) }),
      });
    });
  }

  @GrpcMethod(SERVICE, 'SearchItems')
  searchItems(request: InNamespace & PageRequest, _: Metadata, call: UnaryCall) {
    return this.rpc.read(call, async ({ actor }) => {
      const namespace = checkedNamespace(request.namespace);
      const query = {
        ...checked(searchRequest, request),
        ...pageOf({ pageSize: 1000, ...given(request) }),
      };
      const { items, revision, nextCursor } = await this.bundles.search(actor, namespace, query);
      return { found: items, revision, nextPageToken: nextCursor ?? '' };
    });
  }

  @GrpcMethod(SERVICE, 'DiffItem')
  diffItem(request: DiffRequest, _: Metadata, call: UnaryCall) {
    return this.rpc.read(call, async ({ actor }) => {
      const { from, to } = checked(
        schemas.diffQuery,
        given({ from: request.from, to: request.to }),
      );
      const sides = { from, to, reveal: request.reveal === true };
      const { changes, ...diff } = await this.items.diff(actor, addressOf(request), sides);
      return {
        ...diff,
        changes: changes.map(({ before, after, ...change }) => ({
          ...change,
          ...(before !== undefined && { beforeJson: JSON.stringify(before) }),
          ...(after !== undefined && { afterJson: JSON.stringify(after) }),
        })),
      };
    });
  }

  @GrpcMethod(SERVICE, 'ListAcknowledgements')
  listAcknowledgements(
    request: ItemRequest & PageRequest & { readonly expected?: readonly string[] },
    _: Metadata,
    call: UnaryCall,
  ) {
    return this.rpc.read(call, async ({ actor }) => {
      const query = {
        ...checked(acknowledgementRequest, request),
        ...pageOf(request),
        expected: request.expected,
      };
      const page = await this.feedback.acknowledgements(actor, addressOf(request), query);
      const { items, nextCursor, ...rest } = page;
      return { ...rest, acknowledgements: items, nextPageToken: nextCursor ?? '' };
    });
  }

  @GrpcMethod(SERVICE, 'ListSchemas')
  listSchemas(request: ItemRequest, _: Metadata, call: UnaryCall) {
    return this.rpc.read(call, async ({ actor }) => {
      const { items, revision } = await this.validation.schemas(actor, addressOf(request));
      const declared = items.map(({ schema, ...one }) => ({
        ...one,
        schemaJson: JSON.stringify(schema),
      }));
      return { schemas: declared, revision };
    });
  }

  @GrpcMethod(SERVICE, 'ForgetSchema')
  forgetSchema(request: ItemRequest, _: Metadata, call: UnaryCall) {
    return this.rpc.write(call, 'deleteConfigSchema', subjectOf(request), async ({ actor }) => {
      const { app, version } = checked(declaration, request);
      await this.validation.forget(actor, addressOf(request), app, version);
      return {};
    });
  }

  @GrpcMethod(SERVICE, 'ExportItems')
  exportItems(request: InNamespace, _: Metadata, call: StreamCall<object>): Observable<never> {
    const subject = `configs ${namespaceOf(request.namespace)}`;
    return this.rpc.sensitiveStream(call, 'exportConfigs', subject, async ({ actor, signal }) => {
      const namespace = checkedNamespace(request.namespace);
      const { prefix } = checked(exportRequest, request);
      const { items, revision = 0 } = await this.bundles.export(actor, namespace, prefix);
      for (const part of partsOf(items)) {
        if (signal.aborted) return;
        await sent(call, { items: part.map(bundleItemMessage), revision }, signal);
      }
    });
  }

  @GrpcMethod(SERVICE, 'ImportItems')
  importItems(
    request: InNamespace & { readonly items?: readonly BundleItemMessage[] },
    _: Metadata,
    call: UnaryCall,
  ) {
    const subject = `configs ${namespaceOf(request.namespace)}`;
    return this.rpc.write(call, 'importConfigs', subject, async ({ actor }) => {
      const namespace = checkedNamespace(request.namespace);
      const options = checked(importRequest, request);
      const items = (request.items ?? []).map(bundleItemOf);
      const bundle = checked(bundleSchema, { kind: EXPORT_KIND, items });
      return this.importing.run(actor, namespace, bundle, options);
    });
  }
}

const bundleItemOf = ({ path, format, content, sealed, comment }: BundleItemMessage): object => ({
  path,
  format,
  content: sealed ?? content,
  ...(comment !== undefined && { comment }),
});

const bundleItemMessage = ({ content, ...item }: Bundle['items'][number]): object => ({
  ...item,
  ...(typeof content === 'string' ? { content } : { sealed: content }),
});

/** At least one, so that whoever exports an empty namespace learns of the revision. */
function partsOf(items: Bundle['items']): readonly Bundle['items'][] {
  const parts: Bundle['items'][] = [[]];
  let bytes = 0;
  for (const item of items) {
    const size = Buffer.byteLength(JSON.stringify(item.content));
    if (bytes > 0 && bytes + size > EXPORT_PART_BYTES) {
      parts.push([]);
      bytes = 0;
    }
    parts.at(-1)!.push(item);
    bytes += size;
  }
  return parts;
}
