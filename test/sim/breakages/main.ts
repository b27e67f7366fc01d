/**
 * `node test/sim/breakages/main.ts [--row N|none] [--like TEXT] [--list]`: plants the breakages into the sources, one at a
 * time and in memory alone, and asks that each of their proofs notices it.
 */
import { parseArgs } from 'node:util';
import { checkEdits, type Breakage } from './breakage.ts';
import { breakages } from './breakages.ts';
import { prove } from './proof-run.ts';

const { values } = parseArgs({
  options: {
    row: { type: 'string' },
    like: { type: 'string' },
    list: { type: 'boolean', default: false },
  },
});

const labelOf = ({ row, broken }: Breakage): string => `${row ?? '-'}: ${broken}`;

function isChosen({ row, broken }: Breakage): boolean {
  if (values.row !== undefined && String(row ?? 'none') !== values.row) return false;
  return values.like === undefined || broken.includes(values.like);
}

async function proveAll(chosen: readonly Breakage[]): Promise<number> {
  let missed = 0;
  for (const breakage of chosen) {
    console.log(labelOf(breakage));
    for (const proof of breakage.proofs) {
      const startMs = performance.now();
      const { isNoticed, text } = await prove(breakage, proof);
      if (!isNoticed) missed++;
      const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
      console.log(`    ${isNoticed ? 'noticed' : 'NOT NOTICED'} (${seconds} s): ${text}`);
    }
  }
  return missed;
}

const chosen = breakages.filter(isChosen);
for (const breakage of chosen) checkEdits(breakage);
if (chosen.length === 0) {
  console.error('no such breakage');
  process.exitCode = 2;
} else if (values.list) {
  for (const breakage of chosen) console.log(labelOf(breakage));
} else {
  const missed = await proveAll(chosen);
  const proofs = chosen.reduce((count, breakage) => count + breakage.proofs.length, 0);
  console.log(`${chosen.length} breakages, ${proofs} proofs, ${missed} not noticed`);
  if (missed > 0) process.exitCode = 1;
}
