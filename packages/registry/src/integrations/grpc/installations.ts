/**
 * Who serves which scheme in this process. Under a global symbol, so that two copies of this package see one truth:
 * a resolver of the first copy finds the registry that the second one was given.
 */
import { ConcordError } from '@concord/client';
import type { Discovery, ViewChoice } from '../discovery.ts';
import type { SharedViews } from '../shared-views.ts';

export interface Installation {
  readonly registry: Discovery;
  readonly discover: ViewChoice | undefined;
  readonly views: SharedViews;
  /** Which copy of this package installed it. */
  readonly by: string;
  users: number;
}

interface Installations {
  readonly byScheme: Map<string, Installation>;
  /** The copies of grpc-js that know a scheme: what was registered there stays. */
  readonly known: Map<string, WeakSet<object>>;
}

const KEY = Symbol.for('concord.registry.grpc');

function installations(): Installations {
  const holder = globalThis as unknown as Record<symbol, Installations | undefined>;
  return (holder[KEY] ??= { byScheme: new Map(), known: new Map() });
}

export function installationOf(scheme: string): Installation | undefined {
  return installations().byScheme.get(scheme);
}

/**
 * @param create - makes what is installed where nothing is
 * @throws ConcordError `CONFLICT` when another registry serves the scheme, or this one with other options
 */
export function install(
  scheme: string,
  { registry, discover }: Pick<Installation, 'registry' | 'discover'>,
  create: () => Installation,
): Installation {
  const { byScheme } = installations();
  const known = byScheme.get(scheme);
  const isOther = known?.registry !== registry || known.discover !== discover;
  if (known !== undefined && isOther) {
    throw new ConcordError('CONFLICT', {
      operation: 'registry.installGrpc',
      subject: scheme,
      problem: `scheme "${scheme}" is served by ${known.registry === registry ? 'this registry with another "discover"' : 'another registry'}, installed by ${known.by}`,
      remedy: 'dispose of that installation first, or give this one a scheme of its own',
    });
  }
  const installation = known ?? create();
  installation.users += 1;
  byScheme.set(scheme, installation);
  return installation;
}

export function uninstall(scheme: string, installation: Installation): void {
  installation.users -= 1;
  const { byScheme } = installations();
  if (installation.users === 0 && byScheme.get(scheme) === installation) byScheme.delete(scheme);
}

/** @returns whether the copy did not know the scheme before */
export function learn(scheme: string, grpc: object): boolean {
  const { known } = installations();
  const copies = known.get(scheme) ?? new WeakSet();
  known.set(scheme, copies);
  if (copies.has(grpc)) return false;
  copies.add(grpc);
  return true;
}

export function knows(scheme: string, grpc: object): boolean {
  return installations().known.get(scheme)?.has(grpc) === true;
}
