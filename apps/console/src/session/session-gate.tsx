/** Lets to the pages whoever may see them; asks others to sign in, or to set the cluster up. The address stays. */
import { Center } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, type ReactNode } from 'react';
import { whenSignedOut } from '../api/gateway.ts';
import { Splash } from '../app/splash.tsx';
import { ErrorState } from '../widgets/error-state.tsx';
import { SetUpPage } from './set-up-page.tsx';
import { sessionKey, useSessionQuery } from './session.ts';
import { SignInPage } from './sign-in-page.tsx';

export function SessionGate({ children }: { readonly children: ReactNode }) {
  const { data: session, error, refetch } = useSessionQuery();
  const queries = useQueryClient();
  useEffect(
    () => whenSignedOut(() => void queries.invalidateQueries({ queryKey: sessionKey })),
    [queries],
  );
  if (session === undefined) {
    if (error === null) return <Splash />;
    return (
      <Center component="main" mih="100vh">
        <ErrorState error={error} onRetry={() => void refetch()} />
      </Center>
    );
  }
  if (session.mode === 'set-up') return <SetUpPage />;
  if (session.actor === undefined) return <SignInPage session={session} />;
  return children;
}
