/**
 * Records the corpus: what the real etcdctl answers to every command line of the scripts, against the real etcd.
 *
 * Usage: node --conditions=@concord/source test/ctl/corpus/record.ts --etcdctl PATH --etcd PATH [script ...]
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { withMember } from '../harness/member-process.ts';
import { processProgram, type StartProgram } from '../harness/running-program.ts';
import { play } from './player.ts';
import { recordingPath, scripts } from './scripts.ts';

const { values, positionals } = parseArgs({
  options: { etcdctl: { type: 'string' }, etcd: { type: 'string' } },
  allowPositionals: true,
});
const { etcdctl, etcd } = values;
if (etcdctl === undefined || etcd === undefined) {
  throw new Error('give the programs: --etcdctl PATH --etcd PATH');
}
const start = processProgram(etcdctl);

for (const script of scripts) {
  if (positionals.length > 0 && !positionals.includes(script.name)) continue;
  await withMember(etcd, script.serverFlags ?? [], async (server) => {
    const recorded = await play(script, server, { start, startProcess: start });
    const json = JSON.stringify({ version: await versionOf(start), steps: recorded });
    const path = recordingPath(script.name);
    const options = await resolveConfig(path);
    writeFileSync(path, await format(json, { ...options, filepath: path }));
    console.log(`${script.name}: ${recorded.length} command lines`);
  });
}

async function versionOf(begin: StartProgram): Promise<string> {
  const { stdout } = await begin(['version'], {}).outcome;
  return /etcdctl version: (.*)/.exec(stdout.toString())?.[1] ?? '';
}
