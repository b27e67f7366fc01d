/** An OpenAPI document as tests read it: its operations, each with the schemas of what it takes and answers. */

export type JsonSchema = Readonly<Record<string, unknown>>;

interface Media {
  readonly content?: Readonly<Record<string, { readonly schema?: JsonSchema }>>;
}
export interface Parameter {
  readonly in: 'path' | 'query' | 'header';
  readonly name: string;
  readonly required?: boolean;
  readonly schema?: JsonSchema;
}
interface DocumentOperation {
  readonly operationId: string;
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: Media & { readonly required?: boolean };
  readonly responses: Readonly<Record<string, Media>>;
}
export interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentOperation>>>>;
}

export interface Operation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly summary: string | undefined;
  readonly tags: readonly string[];
  readonly parameters: readonly Parameter[];
  /** `undefined` where it takes no body. */
  readonly body: JsonSchema | undefined;
  /** By status; `null` where nothing is said of the body. */
  readonly responses: Readonly<Record<string, JsonSchema | null>>;
}

const schemaOf = ({ content }: Media): JsonSchema | null =>
  content?.['application/json']?.schema ?? null;

export const operationsOf = ({ paths }: Document): readonly Operation[] =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      id: operation.operationId,
      method: method.toUpperCase(),
      path,
      summary: operation.summary,
      tags: operation.tags ?? [],
      parameters: operation.parameters ?? [],
      body:
        operation.requestBody === undefined ? undefined : (schemaOf(operation.requestBody) ?? {}),
      responses: Object.fromEntries(
        Object.entries(operation.responses).map(([status, media]) => [status, schemaOf(media)]),
      ),
    })),
  );
