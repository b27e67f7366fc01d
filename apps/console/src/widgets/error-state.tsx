/** A failure in the place of what was asked for: what happened, what to do, and the id that the log knows it by. */
import { Button, Code, Group, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { RequestProblem } from '../api/problem.ts';
import { CopyButton } from './copy-button.tsx';
import classes from './empty-state.module.css';

/** Problems that the catalogue has a remedy for. */
const remedies = [
  'gateway-away',
  'cluster-away',
  'timeout',
  'forbidden',
  'not-found',
  'conflict',
  'precondition-failed',
  'over-quota',
  'too-many-requests',
  'invalid-request',
  'gone',
  'internal',
] as const;
type Remedied = (typeof remedies)[number];

const remediedCode = (error: unknown): Remedied => {
  const code = error instanceof RequestProblem ? error.code : 'internal';
  return remedies.find((known) => known === code) ?? 'internal';
};

/** The same in one line, for notifications and forms. */
export function useProblemText(): (error: unknown) => string {
  const { t } = useTranslation('shell');
  return (error) => {
    const known = t(`problem.${remediedCode(error)}.title`);
    if (!(error instanceof RequestProblem)) return error instanceof Error ? error.message : known;
    return error.document.detail ?? known;
  };
}

export function ErrorState(props: { readonly error: unknown; readonly onRetry?: () => void }) {
  const { t } = useTranslation('shell');
  const { error, onRetry } = props;
  const code = remediedCode(error);
  const problem = error instanceof RequestProblem ? error.document : undefined;
  const detail = problem?.detail ?? (error instanceof RequestProblem ? undefined : String(error));
  return (
    <div className={classes.empty} role="alert">
      <Stack align="center" gap="xs" maw={560} w="100%">
        <span className={classes.mark} aria-hidden>
          <IconAlertTriangle size={20} stroke={1.6} color="var(--warning-mark)" />
        </span>
        <Title order={2}>{t(`problem.${code}.title`)}</Title>
        {detail !== undefined && (
          <Text fz="sm" ta="center" style={{ overflowWrap: 'anywhere' }}>
            {detail}
          </Text>
        )}
        <Text c="dimmed" ta="center" fz="sm">
          {t(`problem.${code}.remedy`)}
        </Text>
        <Group gap="sm" mt="sm">
          {onRetry !== undefined && (
            <Button variant="default" leftSection={<IconRefresh size={14} />} onClick={onRetry}>
              {t('action.retry')}
            </Button>
          )}
          {problem?.requestId !== undefined && (
            <Group gap={4}>
              <Text fz="xs" c="dimmed">
                {t('problem.requestId')} <Code>{problem.requestId}</Code>
              </Text>
              <CopyButton text={problem.requestId} />
            </Group>
          )}
        </Group>
      </Stack>
    </div>
  );
}
