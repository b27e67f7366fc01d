/** Judges content before it is released: by its format, and by what the versions declare that run now. */
import type { Client } from '@concord/client';
import {
  acknowledgementsPrefix,
  decodeDeclaration,
  formatOfPath,
  issuesText,
  itemKey,
  parseContent,
  schemaKey,
  schemaOwner,
  schemasPrefix,
  storedAcknowledgements,
  UNVERSIONED,
  type DeclaredSchema,
  type Format,
  type Issue,
  type ItemAddress,
} from '@concord/config/records';
import { assertMay, type Actor } from '../access/actor.ts';
import { Problem } from '../http/problem.ts';
import type {
  IssueDocument,
  SchemaDocument,
  ValidationDocument,
  VerdictDocument,
} from './draft-schemas.ts';
import type { SchemaJudge } from './schema-judge.ts';

/** A version of an app that reads an item, or did. */
export interface Reader {
  readonly app: string;
  readonly version: string;
  /** That run now. */
  readonly instances: number;
  readonly declared: DeclaredSchema | undefined;
}

export class ValidationDesk {
  readonly #client: Client;
  readonly #judge: SchemaJudge;

  constructor(client: Client, judge: SchemaJudge) {
    this.#client = client;
    this.#judge = judge;
  }

  /** Every version that runs or has declared something, those that run first. */
  async readers(address: ItemAddress): Promise<{ readers: readonly Reader[]; revision: number }> {
    const [schemas, said] = await Promise.all([
      this.#client.kv.range({ prefix: schemasPrefix(address) }),
      this.#client.kv.range({ prefix: acknowledgementsPrefix(address) }),
    ]);
    const readers = new Map<
      string,
      { app: string; version: string; instances: number; declared: DeclaredSchema | undefined }
    >();
    const readerOf = (app: string, version: string) => {
      const name = JSON.stringify([app, version]);
      const known = readers.get(name) ?? { app, version, instances: 0, declared: undefined };
      readers.set(name, known);
      return known;
    };
    for (const { key, text } of schemas.entries) {
      const owner = schemaOwner(key);
      const declared = decodeDeclaration(text);
      if (owner !== undefined && declared !== undefined) {
        readerOf(owner.app, owner.version).declared = declared;
      }
    }
    for (const { acknowledgement } of storedAcknowledgements(said.entries)) {
      const app = acknowledgement?.app;
      if (app !== undefined) readerOf(app.name, app.version ?? UNVERSIONED).instances += 1;
    }
    const sorted = [...readers.values()].sort((one, other) => other.instances - one.instances);
    return { readers: sorted, revision: schemas.revision };
  }

  /** The JSON Schemas that versions declare of an item. */
  async schemas(
    actor: Actor,
    address: ItemAddress,
  ): Promise<{ items: SchemaDocument[]; revision: number }> {
    assertMay(actor, 'read', itemKey(address));
    const { readers, revision } = await this.readers(address);
    const items = readers.flatMap(({ declared, ...reader }) =>
      declared === undefined
        ? []
        : {
            ...reader,
            at: declared.at,
            ...(declared.format !== undefined && { format: declared.format }),
            merge: declared.merge === true,
            restartRequired: [...(declared.restartRequired ?? [])],
            schema: declared.schema as SchemaDocument['schema'],
          },
    );
    return { items, revision };
  }

  async validate(
    address: ItemAddress,
    text: string,
    given: Format | undefined,
    isSecret: boolean,
  ): Promise<ValidationDocument> {
    const { readers } = await this.readers(address);
    const format = given ?? formatOfPath(address.path) ?? readers[0]?.declared?.format ?? 'text';
    const parsed = parseContent(text, format);
    if (!parsed.ok) {
      const { message, path, line, column } = parsed.issue;
      const detail = isSecret ? undefined : parsed.issue.detail;
      const issue = {
        message: detail === undefined ? message : `${message}: ${detail}`,
        ...(path !== undefined && { path }),
        ...(line !== undefined && { line }),
        ...(column !== undefined && { column }),
      };
      return { isValid: false, format, issues: [issue], versions: [] };
    }
    const versions = readers.map((reader) => this.#verdict(reader, parsed.value, isSecret));
    const isValid = versions.every(
      ({ state, instances }) => state !== 'invalid' || instances === 0,
    );
    return { isValid, format, issues: [], versions };
  }

  /** Forgets what a version has declared. @throws Problem `not-found` */
  async forget(actor: Actor, address: ItemAddress, app: string, version: string): Promise<void> {
    assertMay(actor, 'write', itemKey(address));
    const { deleted } = await this.#client.kv.delete(schemaKey(address, app, version));
    if (deleted > 0) return;
    throw new Problem('not-found', {
      detail: `version ${version} of ${app} has declared no schema of ${address.path}`,
    });
  }

  #verdict(
    { app, version, instances, declared }: Reader,
    value: unknown,
    isSecret: boolean,
  ): VerdictDocument {
    if (declared === undefined) return { app, version, instances, state: 'unchecked', issues: [] };
    const judgement = this.#judge.judge(declared.schema, value, declared.merge === true);
    if (judgement.state === 'valid') return { app, version, instances, state: 'valid', issues: [] };
    const { state, issues } = judgement;
    return {
      app,
      version,
      instances,
      state,
      issues: isSecret
        ? issues.map(({ path }) => ({ message: 'is refused', ...(path !== undefined && { path }) }))
        : [...issues],
    };
  }
}

const textOf = (issues: readonly IssueDocument[]): string => issuesText(issues as Issue[], false);

/** @throws Problem `invalid-content` naming each version that runs and refuses it */
export function assertValid(validation: ValidationDocument): void {
  if (validation.isValid) return;
  const refusing = validation.versions.filter(
    ({ state, instances }) => state === 'invalid' && instances > 0,
  );
  const errors = [
    ...validation.issues.map((issue) => ({ field: 'body.content', message: textOf([issue]) })),
    ...refusing.map(({ app, version, instances, issues }) => ({
      field: 'body.content',
      message: `${app} ${version} (${instances} running): ${textOf(issues)}`,
    })),
  ];
  throw new Problem('invalid-content', {
    detail: errors.map(({ message }) => message).join('; '),
    errors,
    outcome: 'not-applied',
  });
}
