/**
 * Writes the console's types of the gateway's API, from the gateway that was built.
 *
 * Usage: npm run schema -w @concord/console
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { openApiTypes, SCHEMA_FILE } from './openapi-types.ts';

mkdirSync(dirname(SCHEMA_FILE), { recursive: true });
writeFileSync(SCHEMA_FILE, await openApiTypes());
