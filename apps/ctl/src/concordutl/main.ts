/** The program `concordutl`: what is done to data directories and snapshot files while no member runs on them. */
import { runConcordutl } from './program.ts';

process.exitCode = await runConcordutl(process.argv.slice(2), {
  stdout: (text) => process.stdout.write(text),
  stderr: (text) => process.stderr.write(text),
});
