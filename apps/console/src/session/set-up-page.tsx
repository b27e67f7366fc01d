/** The first boot: whoever can read the gateway's log makes the first administrator, once. */
import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RequestProblem } from '../api/problem.ts';
import { ProblemNote } from '../widgets/problem-note.tsx';
import { Entrance } from './entrance.tsx';
import { useSetUp } from './session.ts';

export function SetUpPage() {
  const { t } = useTranslation('shell');
  const [token, setToken] = useState('');
  const [user, setUser] = useState('root');
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const setUp = useSetUp();
  const faults = setUp.error instanceof RequestProblem ? setUp.error.fieldMessages : {};
  const isMistyped = again !== '' && again !== password;
  return (
    <Entrance title={t('setUp.title')} explanation={t('setUp.explanation')} foot={t('setUp.foot')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!isMistyped) setUp.mutate({ token: token.trim(), user, password });
        }}
      >
        <Stack gap="sm">
          <TextInput
            label={t('setUp.token')}
            description={t('setUp.tokenExplanation')}
            value={token}
            onChange={(event) => setToken(event.currentTarget.value)}
            error={faults['token']}
            autoComplete="off"
            spellCheck={false}
            styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
            autoFocus
            required
          />
          <TextInput
            label={t('setUp.user')}
            value={user}
            onChange={(event) => setUser(event.currentTarget.value)}
            error={faults['user']}
            autoComplete="username"
            required
          />
          <PasswordInput
            label={t('setUp.password')}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            error={faults['password']}
            autoComplete="new-password"
            required
          />
          <PasswordInput
            label={t('setUp.passwordAgain')}
            value={again}
            onChange={(event) => setAgain(event.currentTarget.value)}
            error={isMistyped ? t('setUp.mistyped') : undefined}
            autoComplete="new-password"
            required
          />
          <ProblemNote error={setUp.error} />
          <Button type="submit" size="sm" fullWidth loading={setUp.isPending}>
            {t('setUp.submit')}
          </Button>
        </Stack>
      </form>
    </Entrance>
  );
}
