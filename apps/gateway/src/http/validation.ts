/** Parameters, queries and bodies are checked by the schemas that also describe them in the OpenAPI document. */
import { Injectable, StandardSchemaValidationPipe, type ArgumentMetadata } from '@nestjs/common';
import { Problem, type FieldFault } from './problem.ts';

/** Answers every fault of a part of the request, each with the path of its field. */
@Injectable()
export class RequestValidation extends StandardSchemaValidationPipe {
  override async transform<T>(value: T, metadata: ArgumentMetadata): Promise<T> {
    const schema = metadata.schema;
    if (schema === undefined) return value;
    const result = await schema['~standard'].validate(value);
    if (result.issues === undefined) return result.value as T;
    const place = metadata.type === 'param' ? 'path' : metadata.type;
    const errors: FieldFault[] = result.issues.flatMap(({ path, message, ...issue }) => {
      const parts = [place, metadata.data, ...(path ?? []).map(keyOf)].filter(Boolean);
      const unknown = unknownKeysOf(issue);
      if (unknown === undefined) return { field: parts.join('.'), message };
      return unknown.map((key) => ({
        field: [...parts, key].join('.'),
        message: 'is not known here: leave it out',
      }));
    });
    throw new Problem('invalid-request', {
      detail: errors.map(({ field, message }) => `${field}: ${message}`).join('; '),
      errors,
    });
  }
}

/** Zod names fields that a schema does not have beside the place where they were found. */
function unknownKeysOf(issue: object): readonly string[] | undefined {
  const { code, keys } = issue as { readonly code?: unknown; readonly keys?: unknown };
  return code === 'unrecognized_keys' && Array.isArray(keys) ? keys.map(String) : undefined;
}

const keyOf = (segment: PropertyKey | { readonly key: PropertyKey }): string =>
  String(typeof segment === 'object' ? segment.key : segment);
