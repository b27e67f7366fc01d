/** Marks handlers that answer from what the gateway holds, and so can answer while the cluster is away. */
import { SetMetadata } from '@nestjs/common';

export const FROM_MEMORY = 'concord.gateway.from-memory';

export const AnswersFromMemory = (): MethodDecorator & ClassDecorator =>
  SetMetadata(FROM_MEMORY, true);
