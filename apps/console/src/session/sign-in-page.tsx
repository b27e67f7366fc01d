/** Signing in, as a user of the cluster or by the company's own provider. */
import { Button, Divider, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addressOf } from '../api/gateway.ts';
import { ProblemNote } from '../widgets/problem-note.tsx';
import { Entrance } from './entrance.tsx';
import { useSignIn, type Session } from './session.ts';

export function SignInPage({ session: { cluster, oidc } }: { readonly session: Session }) {
  const { t } = useTranslation('shell');
  const [user, setUser] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useSignIn();
  return (
    <Entrance
      title={t('signIn.title')}
      explanation={t('signIn.explanation')}
      foot={t('cluster.id', { id: cluster.id })}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          signIn.mutate({ user, password });
        }}
      >
        <Stack gap="sm">
          <TextInput
            label={t('signIn.user')}
            value={user}
            onChange={(event) => setUser(event.currentTarget.value)}
            autoComplete="username"
            autoFocus
            required
          />
          <PasswordInput
            label={t('signIn.password')}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            autoComplete="current-password"
            required
          />
          <ProblemNote error={signIn.error} />
          <Button type="submit" size="sm" fullWidth loading={signIn.isPending}>
            {t('signIn.submit')}
          </Button>
          {oidc !== undefined && (
            <>
              <Divider label={t('signIn.or')} />
              <Button component="a" href={addressOf(oidc.startUrl)} variant="default" size="sm">
                {t('signIn.oidc', { name: oidc.name })}
              </Button>
            </>
          )}
        </Stack>
      </form>
    </Entrance>
  );
}
