/** `/openapi.json` and `/docs`: the contract, made from the schemas that requests are checked with. */
import type { INestApplication } from '@nestjs/common';
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
  return { schema: made };
};

export function openApiDocument(app: INestApplication): OpenAPIObject {
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
