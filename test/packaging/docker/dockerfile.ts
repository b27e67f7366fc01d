/** A Dockerfile, read as far as ours goes: stages of instructions, words in the exec form or as a shell would take them. */

export interface Instruction {
  /** In capitals. */
  readonly name: string;
  /** `--from=build` and the like. */
  readonly flags: readonly string[];
  /** What follows, its lines joined. */
  readonly text: string;
  readonly line: number;
}

export interface Stage {
  readonly base: string;
  readonly name: string | undefined;
  readonly instructions: readonly Instruction[];
}

export function parseDockerfile(source: string): readonly Stage[] {
  const stages: { base: string; name: string | undefined; instructions: Instruction[] }[] = [];
  for (const instruction of instructionsOf(source)) {
    if (instruction.name === 'FROM') {
      const [base = '', , name] = instruction.text.split(/\s+/);
      stages.push({ base, name, instructions: [] });
    } else {
      stages.at(-1)?.instructions.push(instruction);
    }
  }
  return stages;
}

function instructionsOf(source: string): readonly Instruction[] {
  const found: Instruction[] = [];
  let open = '';
  source.split('\n').forEach((raw, i) => {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) return;
    open += line.endsWith('\\') ? `${line.slice(0, -1)} ` : line;
    if (line.endsWith('\\')) return;
    const [, name = '', rest = ''] = /^(\S+)\s*(.*)$/.exec(open) ?? [];
    open = '';
    const flags = /^(?:--\S+\s+)*/.exec(rest)?.[0] ?? '';
    // The healthcheck's own command follows its flags; it is read as part of the text.
    found.push({
      name: name.toUpperCase(),
      flags: flags.trim().split(/\s+/).filter(Boolean),
      text: rest.slice(flags.length).trim(),
      line: i + 1,
    });
  });
  return found;
}

/** The words of an exec form; undefined for one that a shell would read. */
export function execForm(text: string): readonly string[] | undefined {
  if (!text.startsWith('[')) return undefined;
  return JSON.parse(text) as string[];
}
