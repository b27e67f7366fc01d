/** `concord.config.v1.ConfigService`: from an idea to a release. */
import { Controller, Inject } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import type { Metadata } from '@grpc/grpc-js';
import { DraftDesk } from '../configs/draft-desk.ts';
import { DraftReleases } from '../configs/draft-releases.ts';
import * as schemas from '../configs/draft-schemas.ts';
import {
  addressOf,
  audienceOf,
  checkedNamespace,
  namespaceOf,
  subjectOf,
  type AudienceMessage,
  type ItemRequest,
} from './config-messages.ts';
import { preconditionOf, type Conditional } from './expected-revision.ts';
import { checked, given, RpcDesk, type UnaryCall } from './rpc-desk.ts';

const SERVICE = 'ConfigService';
const ANY = { base: undefined, revision: undefined } as const;

const draftRequest = schemas.putDraftBody.strip();
const validateRequest = schemas.validateBody.strip();
const releaseRequest = schemas.releaseBody
  .pick({ comment: true, base: true, checked: true })
  .strip();

interface NewRelease {
  readonly path: string;
  readonly content?: string;
  readonly format?: string;
  readonly secret?: boolean;
  readonly base?: number;
  readonly gray?: { readonly name: string; readonly audience?: AudienceMessage | null } | null;
}
interface SeveralRequest {
  readonly namespace?: string;
  readonly items?: readonly NewRelease[];
  readonly comment?: string;
}

@Controller()
export class DraftsRpc {
  constructor(
    @Inject(RpcDesk) private readonly rpc: RpcDesk,
    @Inject(DraftDesk) private readonly drafts: DraftDesk,
    @Inject(DraftReleases) private readonly releases: DraftReleases,
  ) {}

  @GrpcMethod(SERVICE, 'GetDraft')
  getDraft(request: ItemRequest & { readonly reveal?: boolean }, _: Metadata, call: UnaryCall) {
    return this.rpc.read(call, async ({ actor }) => ({
      draft: await this.drafts.get(actor, addressOf(request), request.reveal === true),
    }));
  }

  @GrpcMethod(SERVICE, 'PutDraft')
  putDraft(request: ItemRequest & Conditional, _: Metadata, call: UnaryCall) {
    return this.rpc.write(call, 'putConfigDraft', subjectOf(request), async ({ actor }) => {
      const next = checked(draftRequest, request);
      const precondition = preconditionOf(request);
      return { draft: await this.drafts.put(actor, addressOf(request), next, precondition) };
    });
  }

  @GrpcMethod(SERVICE, 'DiscardDraft')
  discardDraft(request: ItemRequest & Conditional, _: Metadata, call: UnaryCall) {
    return this.rpc.write(call, 'deleteConfigDraft', subjectOf(request), async ({ actor }) => {
      await this.drafts.delete(actor, addressOf(request), preconditionOf(request));
      return {};
    });
  }

  @GrpcMethod(SERVICE, 'ReleaseDraft')
  releaseDraft(request: ItemRequest, _: Metadata, call: UnaryCall) {
    return this.rpc.write(call, 'releaseConfig', subjectOf(request), async ({ actor }) => {
      const wanted = checked(releaseRequest, request);
      return { released: await this.releases.release(actor, addressOf(request), wanted, ANY) };
    });
  }

  @GrpcMethod(SERVICE, 'ReleaseItems')
  releaseItems(request: SeveralRequest, _: Metadata, call: UnaryCall) {
    const subject = `configs ${namespaceOf(request.namespace)}`;
    return this.rpc.write(call, 'releaseConfigs', subject, async ({ actor }) => {
      const namespace = checkedNamespace(request.namespace);
      const body = checked(schemas.releaseSeveralBody, {
        items: (request.items ?? []).map(releaseOf),
        ...given({ comment: request.comment }),
      });
      const { items, revision } = await this.releases.releaseSeveral(actor, namespace, body);
      return { released: items, revision };
    });
  }

  @GrpcMethod(SERVICE, 'ValidateItem')
  validateItem(request: ItemRequest, _: Metadata, call: UnaryCall) {
    return this.rpc.read(call, async ({ actor }) =>
      this.releases.validate(actor, addressOf(request), checked(validateRequest, request)),
    );
  }
}

const releaseOf = ({ path, content, format, secret, base, gray }: NewRelease): object => ({
  path,
  ...given({ content, format, secret, base }),
  ...(gray !== undefined &&
    gray !== null && { gray: { name: gray.name, ...audienceOf(gray.audience) } }),
});
