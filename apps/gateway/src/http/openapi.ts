/** `/openapi.json` and `/docs`: the contract, made from the schemas that requests are checked with. */
import type { INestApplication } from '@nestjs/common';
import { PARAMTYPES_METADATA, ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { ModulesContainer } from '@nestjs/core';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { z } from 'zod';

/** Of this program and its API. */
export const VERSION = '0.1.0';

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

/**
 * Nest looks for parameters where the compiler has written their types, which esbuild does not do. What they are, the
 * schemas say: a text where there is none.
 */
function describeParameters(app: INestApplication): void {
  for (const { controllers } of app.get(ModulesContainer).values()) {
    for (const { metatype } of controllers.values()) {
      if (typeof metatype !== 'function') continue;
      const prototype = metatype.prototype as object;
      for (const name of Object.getOwnPropertyNames(prototype)) {
        const places = Reflect.getMetadata(ROUTE_ARGS_METADATA, metatype, name) as
          Places | undefined;
        if (places === undefined || Reflect.hasMetadata(PARAMTYPES_METADATA, prototype, name))
          continue;
        const types: unknown[] = [];
        for (const { index, data } of Object.values(places))
          types[index] = typeof data === 'string' ? String : Object;
        Reflect.defineMetadata(PARAMTYPES_METADATA, types, prototype, name);
      }
    }
  }
}

type Places = Readonly<Record<string, { readonly index: number; readonly data?: unknown }>>;

/** Nest takes every parameter for required that stands at a handler by its name; a header never is. */
function relaxHeaders(document: OpenAPIObject): void {
  for (const path of Object.values(document.paths)) {
    for (const operation of Object.values(path) as {
      parameters?: { in: string; required?: boolean }[];
    }[]) {
      for (const parameter of operation.parameters ?? [])
        if (parameter.in === 'header') parameter.required = false;
    }
  }
}

export function openApiDocument(app: INestApplication): OpenAPIObject {
  describeParameters(app);
  const outline = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Concord gateway')
    .setDescription('Services, configuration and locks of a Concord or etcd cluster, by HTTP.')
    .setVersion(VERSION)
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addBearerAuth()
    .build();
  const document = SwaggerModule.createDocument(app, outline, {
    standardSchemaConverter: toJsonSchema,
    operationIdFactory: (_controller, method) => method,
    autoTagControllers: false,
  });
  relaxHeaders(document);
  return document;
}

export function serveOpenApi(app: INestApplication): OpenAPIObject {
  const document = openApiDocument(app);
  SwaggerModule.setup('docs', app, document, { jsonDocumentUrl: 'openapi.json' });
  return document;
}
