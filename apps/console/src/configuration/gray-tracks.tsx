/** Tracks beside the base: who gets another release, in the order in which they are asked. */
import { Badge, Group, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DiffView } from '../editor/lazy-editor.tsx';
import { useFormat } from '../format/use-format.ts';
import { useMayWrite } from '../session/use-may.ts';
import { ConfirmDialog } from '../widgets/confirm-dialog.tsx';
import { GuardedButton } from '../widgets/guarded-button.tsx';
import { Panel } from '../widgets/panel.tsx';
import { endTrack, type Item } from './config-requests.ts';
import { itemKey, type ItemAddress } from './item-address.ts';
import { printLabelMatch } from './label-match.ts';

export function GrayTracks({
  address,
  live,
}: {
  readonly address: ItemAddress;
  readonly live: Item;
}) {
  const { t } = useTranslation('configuration');
  const format = useFormat();
  const queries = useQueryClient();
  const mayWrite = useMayWrite(itemKey(address));
  const [ended, setEnded] = useState<string>();
  return (
    <Panel title={t('gray.title')} aside={<Text fz="xs">{t('gray.hint')}</Text>}>
      <Stack gap="md">
        {live.gray.map(({ name, release, percent, match, content }) => (
          <Stack key={name} gap="xs">
            <Group gap="sm">
              <Text fz="sm" fw={600}>
                {name}
              </Text>
              <Badge color="grape">#{format.number(release)}</Badge>
              <Text fz="sm" c="dimmed">
                {percent !== undefined && t('gray.percent', { percent: format.number(percent) })}
                {match !== undefined && printLabelMatch(match)}
              </Text>
              <GuardedButton
                isPermitted={mayWrite}
                variant="default"
                size="compact-xs"
                onClick={() => setEnded(name)}
              >
                {t('gray.end')}
              </GuardedButton>
            </Group>
            {content !== undefined && live.content !== undefined && (
              <DiffView
                before={{ text: live.content, label: t('live.title') }}
                after={{ text: content, label: name }}
                format={live.format}
                maxHeight={240}
              />
            )}
          </Stack>
        ))}
      </Stack>
      {ended !== undefined && (
        <ConfirmDialog
          title={t('gray.endTitle', { name: ended })}
          verb={t('gray.end')}
          onClose={() => setEnded(undefined)}
          onConfirm={async () => {
            await endTrack(address, ended);
            await queries.invalidateQueries({ queryKey: ['configuration'] });
          }}
        >
          <Text fz="sm">{t('gray.endReach', { release: format.number(live.release) })}</Text>
        </ConfirmDialog>
      )}
    </Panel>
  );
}
