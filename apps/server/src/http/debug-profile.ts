/**
 * `/debug/pprof/` under `--enable-pprof`: etcd's paths, where Node has something to put there. Profiles are in the
 * formats that Chrome DevTools and speedscope read, as Go's are in those of `go tool pprof`; goroutines, threads and
 * locks have no counterpart, and are not found.
 */
import { Session } from 'node:inspector/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { shownArguments } from './debug-vars.ts';
import { PLAIN, type Endpoint, type HttpReply, type Route } from './router.ts';

const SECONDS_DEFAULT = 30;
/** Longer ones cost more memory than they tell. */
const SECONDS_MAX = 120;

const INDEX = `profile?seconds=30  CPU of the main thread, as .cpuprofile
heap?seconds=30     allocations that are still alive, sampled, as .heapprofile
cmdline             how the process was started
`;

export function profileRoutes(): readonly (readonly [path: string, route: Route])[] {
  const turn = { isTaken: false };
  const route = (endpoint: Endpoint): Route => ({ endpoint, methods: 'GET' });
  return [
    ['/debug/pprof/', route(() => plain(200, INDEX))],
    ['/debug/pprof/cmdline', route(() => plain(200, shownArguments(process.argv).join('\0')))],
    ['/debug/pprof/profile', route(alone(turn, recordCpu))],
    ['/debug/pprof/heap', route(alone(turn, recordHeap))],
  ];
}

type Recorder = (session: Session, seconds: number) => Promise<unknown>;

/** One recording at a time: two would measure each other. */
function alone(turn: { isTaken: boolean }, record: Recorder): Endpoint {
  return async (query) => {
    const seconds = Number(query.get('seconds') ?? SECONDS_DEFAULT);
    if (!(seconds > 0 && seconds <= SECONDS_MAX)) {
      return plain(400, `seconds is ${query.get('seconds')}; expected up to ${SECONDS_MAX}\n`);
    }
    if (turn.isTaken) return plain(503, 'a recording is under way; try again when it is over\n');
    turn.isTaken = true;
    const session = new Session();
    try {
      session.connect();
      const body = JSON.stringify(await record(session, seconds));
      return { status: 200, contentType: 'application/json', body };
    } finally {
      session.disconnect();
      turn.isTaken = false;
    }
  };
}

async function recordCpu(session: Session, seconds: number): Promise<unknown> {
  await session.post('Profiler.enable');
  await session.post('Profiler.start');
  await sleep(seconds * 1000);
  return (await session.post('Profiler.stop')).profile;
}

async function recordHeap(session: Session, seconds: number): Promise<unknown> {
  await session.post('HeapProfiler.startSampling');
  await sleep(seconds * 1000);
  return (await session.post('HeapProfiler.stopSampling')).profile;
}

const plain = (status: number, body: string): HttpReply => ({ status, contentType: PLAIN, body });
