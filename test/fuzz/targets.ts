/** The targets by name; each is loaded by the thread that runs it alone. */
import type { FuzzTarget } from './target.ts';

type Load = () => Promise<FuzzTarget>;

export const targets: Readonly<Record<string, Load>> = {
  http2: async () => (await import('./targets/http2.ts')).http2,
  hpack: async () => (await import('./targets/hpack.ts')).hpack,
  protobuf: async () => (await import('./targets/protobuf.ts')).protobufMessages,
  'json-gateway': async () => (await import('./targets/json-gateway.ts')).jsonGateway,
  'guarded-member': async () => (await import('./targets/guarded-member.ts')).guardedMember,
  v2: async () => (await import('./targets/v2.ts')).v2,
  wal: async () => (await import('./targets/wal.ts')).wal,
  configuration: async () => (await import('./targets/configuration.ts')).configuration,
};

/** Wrong on purpose, and so not among those that are run. */
const broken: Readonly<Record<string, Load>> = {
  throwing: async () => (await import('./targets/broken.ts')).throwing,
  hanging: async () => (await import('./targets/broken.ts')).hanging,
  waiting: async () => (await import('./targets/broken.ts')).waiting,
  growing: async () => (await import('./targets/broken.ts')).growing,
  escaping: async () => (await import('./targets/broken.ts')).escaping,
};

/** Throws where there is none of that name. */
export async function loadTarget(name: string): Promise<FuzzTarget> {
  const load = targets[name] ?? broken[name];
  if (load === undefined) {
    throw new Error(`no target ${name}; there are ${Object.keys(targets).join(', ')}`);
  }
  return load();
}
