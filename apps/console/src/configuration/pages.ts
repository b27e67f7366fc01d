/** The pages of configuration. */
import { IconAdjustments } from '@tabler/icons-react';
import type { Page } from '../app/page.ts';

export const configurationPages: readonly Page[] = [
  {
    path: 'configuration',
    name: 'page.configuration',
    icon: IconAdjustments,
    group: 'discover',
    routes: [
      {
        path: 'configuration',
        lazy: async () => ({ Component: (await import('./explorer-page.tsx')).ExplorerPage }),
      },
      {
        path: 'configuration/item',
        lazy: async () => ({ Component: (await import('./item-page.tsx')).ItemPage }),
      },
    ],
  },
];
