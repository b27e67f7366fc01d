/** Describes in the OpenAPI document which problems an operation answers. */
import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import { z } from 'zod';

export const problemSchema = z.object({
  type: z.string().describe('urn:concord:problem: and the kind of problem'),
  title: z.string(),
  status: z.int(),
  detail: z.string().describe('what went wrong, and the remedy'),
  instance: z.string().optional(),
  requestId: z.string().optional(),
  outcome: z.enum(['applied', 'partly-applied', 'not-applied', 'unknown']).optional(),
  errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
});

/** What every operation may answer. */
const ALWAYS = [400, 401, 403, 429, 503, 504] as const;

/** `statuses`: beside those that every operation may answer. */
export const ApiProblems = (...statuses: readonly number[]): MethodDecorator & ClassDecorator =>
  applyDecorators(
    ...[...new Set([...ALWAYS, ...statuses])].map((status) =>
      ApiResponse({ status, description: 'A problem document', standardSchema: problemSchema }),
    ),
  );
