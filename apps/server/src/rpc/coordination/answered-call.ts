/** Runs the work of a call that takes its time, and answers with what comes of it. */
import type { Call, UnaryCall } from '@concord/grpc-server';
import type { Writer } from '@concord/protocol';
import type { Reply } from '../method.ts';
import { CallFailure } from './own-client.ts';

/** A defect that came of it goes up, as from any handler. */
export function answerWith(
  reply: Reply,
  call: UnaryCall,
  work: (gone: AbortSignal) => Promise<(writer: Writer) => void>,
): void {
  const gone = goneSignal(call);
  void work(gone).then(
    (write) => reply.ok(write),
    (error: unknown) => {
      if (!(error instanceof CallFailure)) throw error;
      reply.fail({ code: error.code, message: error.message });
    },
  );
}

/** Aborted when the caller has gone. */
function goneSignal(call: UnaryCall): AbortSignal {
  const controller = new AbortController();
  if (isGone(call)) controller.abort();
  else call.onCancel = () => controller.abort();
  return controller.signal;
}

const isGone = (call: Call): boolean => call.cancelled;
