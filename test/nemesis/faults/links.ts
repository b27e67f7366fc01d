/** A bad line: what a member sends to the others comes late, and not all of it. */
import { anyMember, reserving, type Fault } from './fault.ts';

const LINE_MS = { min: 500, max: 8_000 } as const;
const DELAY_MS = { min: 5, max: 200 } as const;
const LOSS_PERCENT = { min: 1, max: 20 } as const;

export const badLine: Fault = {
  name: 'bad-line',
  needs: 'network',
  inject: (context) =>
    reserving(
      context,
      anyMember(context),
      async (member) => {
        const { cluster, random } = context;
        const delayMs = random.magnitude(DELAY_MS.min, DELAY_MS.max);
        const lossPercent = random.chance(0.7)
          ? random.magnitude(LOSS_PERCENT.min, LOSS_PERCENT.max)
          : 0;
        const milliseconds = random.magnitude(LINE_MS.min, LINE_MS.max);
        const mend = await cluster.network.impair(member, { delayMs, lossPercent });
        await context.wait(milliseconds);
        await mend();
        return `the line of member ${member} with ${delayMs} ms delay and ${lossPercent} % loss, for ${milliseconds} ms`;
      },
      'line',
    ),
};
