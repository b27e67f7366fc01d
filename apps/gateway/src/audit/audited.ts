/** Which operations the audit records: every write, unless it says otherwise, and the reads that say so. */
import { SetMetadata } from '@nestjs/common';

export const AUDITED = 'concord.gateway.audited';

/** A read that shows what few may see: secret values, lists of users, snapshots. */
export const SensitiveRead = (): MethodDecorator => SetMetadata(AUDITED, true);

/** A write that says nothing about anybody's decision: heartbeats, keep-alives, validations. */
export const NotAudited = (): MethodDecorator => SetMetadata(AUDITED, false);
