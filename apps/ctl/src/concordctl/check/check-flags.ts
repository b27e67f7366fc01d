/** The flags that both checks have. */
import type { Flags } from '../../flags.ts';

export const checkFlags = (prefix: string) =>
  ({
    load: {
      kind: 'string',
      default: 's',
      help: 'how much: s(small), m(medium), l(large) or xl(xLarge)',
    },
    prefix: { kind: 'string', default: prefix, help: 'keys are written below this' },
    'auto-compact': { kind: 'bool', default: false, help: 'compact the store afterwards' },
    'auto-defrag': { kind: 'bool', default: false, help: 'defragment the stores afterwards' },
  }) satisfies Flags;
