/** Runs one job in a load generator of its own, and the generator's own limit. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { KEY_SPACE_DEFAULT } from './key-space.ts';
import type { LoadJob, LoadReply } from './load-generator.ts';
import type { Measurement } from './measured-window.ts';

const GENERATOR = fileURLToPath(new URL('load-generator.ts', import.meta.url));
const DUMB_RESPONDER = fileURLToPath(new URL('dumb-responder.ts', import.meta.url));

/** Runs the job. Rejects when the generator could not, or when a call failed. */
export async function generateLoad(
  job: LoadJob,
  generatorCpu: number | undefined,
): Promise<Measurement> {
  const pinned = generatorCpu !== undefined;
  const child = fork(GENERATOR, {
    // fork() starts execPath with execArgv before the module: taskset's own arguments fit there.
    ...(pinned ? { execPath: 'taskset' } : {}),
    execArgv: pinned
      ? ['-c', String(generatorCpu), process.execPath, ...process.execArgv]
      : process.execArgv,
  });
  const failed = once(child, 'exit').then(([code]): LoadReply => ({ error: `exit code ${code}` }));
  child.send(job);
  const answered = once(child, 'message').then(([reply]) => reply as LoadReply);
  const reply = await Promise.race([answered, failed]);
  const context = `${job.scenario} with ${job.callers} callers`;
  if ('error' in reply) throw new Error(`${context}: ${reply.error}`);
  const { measurement } = reply;
  if (measurement.failures > 0) throw new Error(`${context}: ${measurement.firstFailure}`);
  await failed;
  return measurement;
}

/** Puts of `callers` callers against a server that does nothing: what the generator itself can do. */
export async function measureCapacity(
  callers: number,
  seconds: number,
  generatorCpu: number | undefined,
): Promise<Measurement> {
  const responder = fork(DUMB_RESPONDER, { execArgv: process.execArgv });
  const [port] = (await once(responder, 'message')) as [number];
  try {
    const where = { host: '127.0.0.1', ports: [port], serverPids: [responder.pid ?? 0] };
    const job = {
      scenario: 'put',
      callers,
      keySpace: KEY_SPACE_DEFAULT,
      warmUpSeconds: 1,
      seconds,
    };
    return await generateLoad({ ...where, ...job }, generatorCpu);
  } finally {
    responder.disconnect();
  }
}
