/**
 * Carries out a Dockerfile without Docker: the first stage in an overlay of this machine, which stands for its base; the
 * last one in an empty directory with the C library alone, as its base has little more. Needs root and Linux.
 */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { BuildContext } from './build-context.ts';
import type { Instruction, Stage } from './dockerfile.ts';

const STEP_MS_MAX = 600_000;

/** What runs a command within a stage. */
interface Place {
  /** Where the stage's `/` is, as seen from here. */
  readonly root: string;
  /** Runs by `sh -c`, in this directory of the stage. Throws with what the command said. */
  run(command: string, directory: string): void;
}

/** An overlay of this machine: what the stage writes is in `directory/upper`. */
export function overlayPlace(directory: string): Place {
  const [upper, work, merged] = ['upper', 'work', 'merged'].map((name) => join(directory, name));
  for (const each of [upper, work, merged]) mkdirSync(each!, { recursive: true });
  return {
    root: upper!,
    run(command, inside) {
      const script = [
        'set -e',
        `mount -t overlay overlay -o lowerdir=/,upperdir=${upper},workdir=${work} ${merged}`,
        `for each in dev proc; do mount --rbind /$each ${merged}/$each; done`,
        `exec chroot ${merged} sh -ec 'cd "$0" && eval "$1"' "$0" "$1"`,
      ].join('\n');
      const { status, stdout, stderr } = spawnSync(
        'unshare',
        ['--mount', 'sh', '-c', script, inside, command],
        {
          encoding: 'utf8',
          timeout: STEP_MS_MAX,
          maxBuffer: 256 * 1024 * 1024,
          // As in an image, where npm's own variables and Node's are not set.
          env: Object.fromEntries(
            Object.entries(process.env).filter(([name]) => !/^(npm_(?!config_)|NODE_)/.test(name)),
          ),
        },
      );
      if (status !== 0)
        throw new Error(
          `RUN ${command}: status ${status}\n${stdout.slice(-3000)}${stderr.slice(-3000)}`,
        );
    },
  };
}

/** Carries out the steps of a stage that change files. Answers how many it did. */
export function carryOut(
  { instructions }: Stage,
  place: Place,
  context: BuildContext,
  stages: ReadonlyMap<string, Place>,
): number {
  let directory = '/';
  let steps = 0;
  for (const instruction of instructions) {
    switch (instruction.name) {
      case 'WORKDIR':
        directory = resolve(directory, instruction.text);
        mkdirSync(join(place.root, directory), { recursive: true });
        break;
      case 'COPY':
        copy(instruction, place, directory, context, stages);
        break;
      case 'RUN':
        place.run(instruction.text, directory);
        break;
      default:
        continue;
    }
    steps++;
  }
  return steps;
}

function copy(
  { flags, text }: Instruction,
  { root }: Place,
  directory: string,
  context: BuildContext,
  stages: ReadonlyMap<string, Place>,
): void {
  const words = text.split(/\s+/);
  const target = join(root, resolve(directory, words.at(-1) ?? ''));
  const from = flags.find((flag) => flag.startsWith('--from='))?.slice('--from='.length);
  const owner = flags.find((flag) => flag.startsWith('--chown='))?.slice('--chown='.length);
  for (const source of words.slice(0, -1)) {
    if (from !== undefined) {
      const origin = stages.get(from);
      if (origin === undefined) throw new Error(`COPY --from=${from}: there is no such stage`);
      const path = join(origin.root, source);
      if (!existsSync(path)) throw new Error(`COPY ${source}: it was not made`);
      mkdirSync(target, { recursive: true });
      cpSync(path, target, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
    } else {
      const files =
        source === '.'
          ? context.files()
          : globSync(source, { cwd: context.folder }).filter((path) => !context.ignores(path));
      if (files.length === 0) throw new Error(`COPY ${source}: nothing is sent of it`);
      for (const file of files) {
        const destination = join(target, file);
        mkdirSync(dirname(destination), { recursive: true });
        cpSync(join(context.folder, file), destination, {
          verbatimSymlinks: true,
          preserveTimestamps: true,
        });
      }
    }
  }
  if (owner !== undefined) spawnSync('chown', ['-R', owner, target]);
}

/** A directory with what a base without a shell has: the C library's files that a program needs, devices, `/tmp`. */
export function bareRoot(directory: string, program: string): Place {
  rmSync(directory, { recursive: true, force: true });
  for (const each of ['dev', 'etc', 'proc']) mkdirSync(join(directory, each), { recursive: true });
  mkdirSync(join(directory, 'tmp'), { mode: 0o1777 });
  spawnSync('chmod', ['1777', join(directory, 'tmp')]);
  const { stdout } = spawnSync('ldd', [program], { encoding: 'utf8' });
  for (const [library] of stdout.matchAll(/\/\S+/g)) {
    mkdirSync(dirname(join(directory, library)), { recursive: true });
    writeFileSync(join(directory, library), readFileSync(library), { mode: 0o755 });
  }
  for (const [name, minor] of [
    ['null', '3'],
    ['urandom', '9'],
    ['random', '8'],
  ] as const) {
    spawnSync('mknod', ['-m', '666', join(directory, 'dev', name), 'c', '1', minor]);
  }
  return {
    root: directory,
    run: (command) => {
      throw new Error(`RUN ${command}: the last stage has no shell to run it`);
    },
  };
}
