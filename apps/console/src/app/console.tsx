/** The console put together: looks, language, requests, who is signed in, pages. */
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { Suspense } from 'react';
import { createBrowserRouter, RouterProvider, type RouteObject } from 'react-router';
import { isKeptCurrent } from '../api/paged-list.ts';
import { mayPassByItself } from '../api/problem.ts';
import { SessionGate } from '../session/session-gate.tsx';
import { cssVariables, theme } from '../theme/theme.ts';
import { Splash } from './splash.tsx';
import { NoSuchPage, PageFailed } from './page-failed.tsx';
import { pages } from './pages.ts';
import { Shell } from './shell.tsx';

/** Read again at most so often when a page is opened anew; live pages are told of changes. */
const FRESH_MS = 5_000;
const RETRIES = 3;
/** Between questions that nobody answered. */
const AGAIN_MS = 5_000;

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: FRESH_MS,
      // As the page says where it shows such an error; queries that are asked again anyway have a pace of their own.
      refetchInterval: ({ state: { error } }) => mayPassByItself(error) && AGAIN_MS,
      retry: (failures, error) => failures < RETRIES && mayPassByItself(error),
      refetchOnWindowFocus: ({ state }) => isKeptCurrent(state.data),
    },
    mutations: { retry: false },
  },
});

/** The path that a proxy has put the console under; its slash at the end stays, since the overview is there. */
const basename = new URL(document.baseURI).pathname;

const router = createBrowserRouter(
  [
    {
      element: <Shell />,
      hydrateFallbackElement: <Splash />,
      errorElement: <PageFailed />,
      children: [
        {
          errorElement: <PageFailed />,
          children: [
            ...pages.flatMap(({ routes }): RouteObject[] => [...routes]),
            { path: '*', element: <NoSuchPage /> },
          ],
        },
      ],
    },
  ],
  { basename },
);

export function Console() {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <QueryClientProvider client={queries}>
        <Notifications position="bottom-right" limit={3} autoClose={4_000} />
        <Suspense fallback={<Splash />}>
          <SessionGate>
            <RouterProvider router={router} />
          </SessionGate>
        </Suspense>
      </QueryClientProvider>
    </MantineProvider>
  );
}
