/** Which failures of a long call are over by themselves, so that it is opened again. */
import { StatusCode } from '@concord/protocol';
import type { CallFailure } from './call-failure.ts';

/** The member's own word about the asker or the request stands; everything else is trouble on the way. */
const FINAL: ReadonlySet<number> = new Set([
  StatusCode.INVALID_ARGUMENT,
  StatusCode.NOT_FOUND,
  StatusCode.PERMISSION_DENIED,
  StatusCode.UNAUTHENTICATED,
  StatusCode.FAILED_PRECONDITION,
  StatusCode.OUT_OF_RANGE,
  StatusCode.UNIMPLEMENTED,
  StatusCode.RESOURCE_EXHAUSTED,
]);

export const isPassing = ({ reach, code }: CallFailure): boolean =>
  reach !== 'answered' || !FINAL.has(code);
