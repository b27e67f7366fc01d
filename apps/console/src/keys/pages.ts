/** The pages of the key space. */
import { IconKey } from '@tabler/icons-react';
import type { Page } from '../app/page.ts';

export const keysPages: readonly Page[] = [
  {
    path: 'keys',
    name: 'page.keys',
    icon: IconKey,
    group: 'data',
    routes: [
      {
        path: 'keys',
        lazy: async () => ({ Component: (await import('./keys-page.tsx')).KeysPage }),
      },
      {
        path: 'keys/key',
        lazy: async () => ({ Component: (await import('./key-page.tsx')).KeyPage }),
      },
    ],
  },
];
