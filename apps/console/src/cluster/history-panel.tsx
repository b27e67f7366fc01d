/** Giving up history: what compaction takes, and what it gives back. */
import { Group, NumberInput, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format/use-format.ts';
import { useIsAdministrator } from '../session/use-may.ts';
import { ConfirmDialog } from '../widgets/confirm-dialog.tsx';
import { GuardedButton } from '../widgets/guarded-button.tsx';
import { Panel } from '../widgets/panel.tsx';
import { compact } from './cluster-requests.ts';

/** Revisions that are kept where nothing else was said: enough to look back at a bad hour of most clusters. */
const KEPT = 10_000;

export function HistoryPanel({ revision }: { readonly revision: number }) {
  const { t } = useTranslation('cluster');
  const format = useFormat();
  const [typed, setTyped] = useState<number | string>('');
  const [isAsking, setAsking] = useState(false);
  const upTo = typeof typed === 'number' ? typed : Math.max(1, revision - KEPT);
  return (
    <Panel title={t('compact.title')}>
      <Stack gap="sm">
        <Text fz="sm" c="dimmed">
          {t('compact.explanation')}
        </Text>
        <Group gap="sm" align="flex-end">
          <NumberInput
            label={t('compact.field')}
            min={1}
            max={revision}
            allowDecimal={false}
            value={typed}
            placeholder={String(upTo)}
            onChange={setTyped}
            w={200}
          />
          <GuardedButton
            isPermitted={useIsAdministrator()}
            takes="administrator"
            variant="default"
            size="sm"
            onClick={() => setAsking(true)}
            disabled={upTo < 1 || upTo > revision}
          >
            {t('compact.verb')}
          </GuardedButton>
        </Group>
      </Stack>
      {isAsking && (
        <ConfirmDialog
          title={t('compact.ask', { revision: format.number(upTo) })}
          verb={t('compact.verb')}
          onClose={() => setAsking(false)}
          onConfirm={async () => {
            await compact(upTo);
            notifications.show({ message: t('compact.done', { revision: format.number(upTo) }) });
          }}
        >
          <Text fz="sm">{t('compact.reach', { revision: format.number(upTo) })}</Text>
        </ConfirmDialog>
      )}
    </Panel>
  );
}
