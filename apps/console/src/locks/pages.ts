/** The pages of locks and elections. */
import { IconLock } from '@tabler/icons-react';
import type { Page } from '../app/page.ts';

export const locksPages: readonly Page[] = [
  {
    path: 'locks',
    name: 'page.locks',
    icon: IconLock,
    group: 'discover',
    routes: [
      {
        path: 'locks',
        lazy: async () => ({ Component: (await import('./locks-page.tsx')).LocksPage }),
      },
      {
        path: 'locks/lock',
        lazy: async () => ({ Component: (await import('./lock-page.tsx')).LockPage }),
      },
    ],
  },
];
