/**
 * A rendered chart at work, without Kubernetes: each pod's command line and variables are started as they are, for ordinals
 * that the test asks for. Names of pods become ports of this machine, mounted paths become directories.
 */
import { randomUUID } from 'node:crypto';
import { execFile } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { MemberProcess } from '../../cluster/member-process.ts';
import { freePorts } from '../../conformance/harness/free-ports.ts';
import { ROOT } from '../../sdk/packages/published.ts';
import type { Manifest } from './rendered.ts';

/** What the image calls them. */
const PROGRAMS: Readonly<Record<string, string>> = {
  concord: join(ROOT, 'apps/server/bin/concord'),
  concordctl: join(ROOT, 'apps/ctl/bin/concordctl'),
  'concord-gateway': join(ROOT, 'apps/gateway/bin/concord-gateway'),
};

interface Variable {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: {
    readonly fieldRef?: { readonly fieldPath: string };
    readonly secretKeyRef?: { readonly name: string; readonly key: string };
  };
}

interface Container {
  readonly command: readonly string[];
  readonly args?: readonly string[];
  readonly env?: readonly Variable[];
  readonly ports?: readonly { readonly containerPort: number }[];
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[];
}

export interface JobOutcome {
  readonly status: number;
  readonly output: string;
}

export interface PodSetOptions {
  readonly directory: string;
  /** How many pods there may ever be. */
  readonly podsMax: number;
  /** The ports of a member's container. */
  readonly containerPorts: readonly number[];
  /** Directories with what secrets hold, by the volumes' names. */
  readonly secrets?: Readonly<Record<string, string>>;
}

export class PodSet {
  readonly #options: PodSetOptions;
  readonly #ports: readonly number[];
  readonly #pods = new Map<number, { process: MemberProcess; uid: string }>();

  private constructor(options: PodSetOptions, ports: readonly number[]) {
    this.#options = options;
    this.#ports = ports;
  }

  static async create(options: PodSetOptions): Promise<PodSet> {
    const count = options.podsMax * options.containerPorts.length;
    return new PodSet(options, await freePorts(count));
  }

  /** Of a pod's container port, on this machine. */
  addressOf(ordinal: number, containerPort: number): string {
    const { containerPorts } = this.#options;
    const port =
      this.#ports[ordinal * containerPorts.length + containerPorts.indexOf(containerPort)];
    return `127.0.0.1:${port}`;
  }

  member(ordinal: number): MemberProcess {
    const pod = this.#pods.get(ordinal);
    if (pod === undefined) throw new Error(`pod ${ordinal} does not run`);
    return pod.process;
  }

  /** A new pod, on the volume that its ordinal has. */
  start(manifests: readonly Manifest[], ordinal: number): MemberProcess {
    return this.#run(manifests, ordinal, randomUUID());
  }

  /** The container of a pod ends and is started again: the pod stays the same. */
  restart(manifests: readonly Manifest[], ordinal: number): MemberProcess {
    const pod = this.#pods.get(ordinal);
    if (pod === undefined) throw new Error(`pod ${ordinal} never ran`);
    return this.#run(manifests, ordinal, pod.uid);
  }

  loseVolume(ordinal: number): void {
    rmSync(this.#volume(ordinal, 'data'), { recursive: true, force: true });
  }

  /** Runs a job's container to its end. */
  job(manifests: readonly Manifest[], kind: 'Job' | 'CronJob'): Promise<JobOutcome> {
    const [container, name] = containerOf(manifests, kind);
    const { program, args, environment } = this.#commandOf(manifests, container, -1, name, '');
    return new Promise((resolve) => {
      const options = { env: { ...process.env, ...environment } };
      execFile(program, [...args], options, (error, stdout, stderr) =>
        resolve({ status: error === null ? 0 : 1, output: stdout + stderr }),
      );
    });
  }

  async stopAll(): Promise<void> {
    await Promise.all([...this.#pods.values()].map(({ process }) => process.kill()));
  }

  #run(manifests: readonly Manifest[], ordinal: number, uid: string): MemberProcess {
    const [container, set] = containerOf(manifests, 'StatefulSet');
    const name = `${set}-${ordinal}`;
    const command = this.#commandOf(manifests, container, ordinal, name, uid);
    const process = new MemberProcess({
      executable: command.program,
      arguments: command.args,
      environment: command.environment,
      logFile: join(this.#options.directory, `${name}.log`),
    });
    this.#pods.set(ordinal, { process, uid });
    return process;
  }

  #commandOf(
    manifests: readonly Manifest[],
    container: Container,
    ordinal: number,
    podName: string,
    uid: string,
  ) {
    const fields: Readonly<Record<string, string>> = {
      'metadata.name': podName,
      'metadata.uid': uid,
    };
    const values = new Map<string, string>();
    // As Kubernetes does it: a variable may refer to those before it.
    const expanded = (text: string): string =>
      text.replace(
        /\$\(([A-Za-z_][A-Za-z0-9_]*)\)/g,
        (all, name: string) => values.get(name) ?? all,
      );
    for (const { name, value, valueFrom } of container.env ?? []) {
      const given =
        valueFrom === undefined
          ? expanded(value ?? '')
          : valueFrom.fieldRef !== undefined
            ? fields[valueFrom.fieldRef.fieldPath]
            : secretValue(manifests, valueFrom.secretKeyRef);
      if (given === undefined) throw new Error(`${podName}: nothing is known of ${name}`);
      values.set(name, given);
    }
    const here = (text: string): string => this.#here(expanded(text), container, ordinal);
    const [program = '', ...first] = container.command;
    return {
      program: PROGRAMS[program] ?? program,
      args: [...first, ...(container.args ?? [])].map(here),
      environment: Object.fromEntries([...values].map(([name, value]) => [name, here(value)])),
    };
  }

  /** A text of a pod as this machine has to read it. */
  #here(text: string, { volumeMounts = [] }: Container, ordinal: number): string {
    let found = text
      .replace(
        /[a-z0-9-]+-(\d+)\.[a-z0-9-]+-headless\.[a-z0-9.-]+:(\d+)/g,
        (_, pod: string, port: string) => this.addressOf(Number(pod), Number(port)),
      )
      .replace(/0\.0\.0\.0:(\d+)/g, (_, port: string) => this.addressOf(ordinal, Number(port)));
    if (volumeMounts.length === 0) return found;
    // The longest first, and all at once: what a path becomes may hold another.
    const mounts = volumeMounts.toSorted((a, b) => b.mountPath.length - a.mountPath.length);
    const paths = new RegExp(mounts.map(({ mountPath }) => `${mountPath}(?=/|$)`).join('|'), 'g');
    found = found.replace(paths, (path) => {
      const mount = mounts.find(({ mountPath }) => mountPath === path);
      return this.#volume(ordinal, mount?.name ?? '');
    });
    return found;
  }

  #volume(ordinal: number, name: string): string {
    const { directory, secrets = {} } = this.#options;
    const secret = secrets[name];
    if (secret !== undefined) return secret;
    // Snapshots are on one volume that all can read.
    const path = join(directory, name === 'snapshots' ? 'shared' : `pod-${ordinal}`, name);
    mkdirSync(path, { recursive: true });
    return path;
  }
}

function containerOf(manifests: readonly Manifest[], kind: string): [Container, string] {
  const found = manifests.find((each) => each.kind === kind);
  const spec = found?.spec as
    { template?: PodTemplate; jobTemplate?: { spec: { template: PodTemplate } } } | undefined;
  const container = (spec?.template ?? spec?.jobTemplate?.spec.template)?.spec.containers[0];
  if (found === undefined || container === undefined) throw new Error(`no ${kind} was rendered`);
  return [container, found.metadata.name];
}

interface PodTemplate {
  readonly spec: { readonly containers: readonly Container[] };
}

function secretValue(
  manifests: readonly Manifest[],
  reference: { readonly name: string; readonly key: string } | undefined,
): string | undefined {
  const secret = manifests.find(
    ({ kind, metadata }) => kind === 'Secret' && metadata.name === reference?.name,
  );
  const value = secret?.data?.[reference?.key ?? ''];
  return value === undefined ? undefined : Buffer.from(value, 'base64').toString('utf8');
}
