/**
 * `npm run bench:gateway`: many instances heartbeat through one gateway while many subscribers follow their services by SSE,
 * and weights change. Tells how late subscribers hear of a change, and what the gateway takes.
 *
 * Usage: npm run bench:gateway [-- --subscribers 2000] [--instances 5000] [--services 50] [--seconds 30] [--changes 20]
 */
import { parseArgs } from 'node:util';
import { runLoad } from './campaign.ts';
import { LoadError, report } from './report.ts';

const { values } = parseArgs({
  options: {
    subscribers: { type: 'string', default: '2000' },
    instances: { type: 'string', default: '5000' },
    services: { type: 'string', default: '50' },
    seconds: { type: 'string', default: '30' },
    changes: { type: 'string', default: '20' },
  },
});

function numberOf(name: keyof typeof values): number {
  const number = Number(values[name]);
  if (Number.isInteger(number) && number > 0) return number;
  throw new LoadError(`--${name} ${values[name]}: expected a whole number above zero`);
}

try {
  const result = await runLoad({
    subscribers: numberOf('subscribers'),
    instances: numberOf('instances'),
    services: numberOf('services'),
    seconds: numberOf('seconds'),
    changesPerSecond: numberOf('changes'),
  });
  console.log(report(result));
  process.exitCode = result.isWithinBounds ? 0 : 1;
} catch (error) {
  if (!(error instanceof LoadError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
