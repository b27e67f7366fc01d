/** `/openapi.json` and `/docs`: the contract, made from the schemas that requests are checked with. */
import type { INestApplication } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { z } from 'zod';

const VERSION = '0.1.0';

/** Zod's JSON Schema is that of OpenAPI 3.1 (draft 2020-12), while Nest would ask it for 3.0's dialect. */
const toJsonSchema = (
  schema: unknown,
  { schemaType }: { readonly schemaType: 'input' | 'output' },
): { schema: unknown } | undefined => {
  if (!(schema instanceof z.ZodType)) return undefined;
  const made = z.toJSONSchema(schema, { io: schemaType, unrepresentable: 'any' });
  delete made.$schema;
  delete made.$defs;
  return { schema: withoutReferences(made) };
};

/**
 * A schema refers to another place only where it contains itself, as "any JSON value" does. Such a reference is from the
 * schema's own root, which within the document is another: what contains itself is shown as any value.
 */
function withoutReferences(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutReferences);
  if (typeof schema !== 'object' || schema === null) return schema;
  if ('$ref' in schema && typeof schema.$ref === 'string') {
    return { description: 'any JSON value' };
  }
  return Object.fromEntries(
    Object.entries(schema).map(([name, part]) => [name, withoutReferences(part)]),
  );
}

const PARAMETER_TYPES = 'design:paramtypes';
/** Where Nest notes what `@Param`, `@Query` and `@Body` stand at. */
const HANDLER_ARGUMENTS = '__routeArguments__';

/**
 * Nest looks for parameters only at methods whose types the compiler wrote down, which esbuild does not. What they are
 * is said by their schemas: here it is enough that there are some.
 */
function declareParameters(app: INestApplication): void {
  for (const { controllers } of app.get(ModulesContainer).values()) {
    for (const { metatype } of controllers.values()) {
      if (typeof metatype !== 'function') continue;
      const prototype = metatype.prototype as object;
      for (const method of Object.getOwnPropertyNames(prototype)) {
        const found: unknown = Reflect.getMetadata(HANDLER_ARGUMENTS, metatype, method);
        if (found === undefined) continue;
        const indexes = Object.values(found as Record<string, { readonly index: number }>);
        const count = Math.max(0, ...indexes.map(({ index }) => index + 1));
        Reflect.defineMetadata(PARAMETER_TYPES, Array(count).fill(Object), prototype, method);
      }
    }
  }
}

export function openApiDocument(app: INestApplication): OpenAPIObject {
  declareParameters(app);
  const outline = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Concord gateway')
    .setDescription('Services, configuration and locks of a Concord or etcd cluster, by HTTP.')
    .setVersion(VERSION)
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addBearerAuth()
    .build();
  return SwaggerModule.createDocument(app, outline, {
    standardSchemaConverter: toJsonSchema,
    operationIdFactory: (_controller, method) => method,
    autoTagControllers: false,
  });
}

export function serveOpenApi(app: INestApplication): OpenAPIObject {
  const document = openApiDocument(app);
  SwaggerModule.setup('docs', app, document, { jsonDocumentUrl: 'openapi.json' });
  return document;
}
