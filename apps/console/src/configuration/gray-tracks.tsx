/** Tracks beside the base: who gets another release, in the order in which they are asked. */
import { Badge, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DiffView } from '../editor/lazy-editor.tsx';
import { useFormat } from '../format/use-format.ts';
import { Panel } from '../widgets/panel.tsx';
import type { Item } from './config-requests.ts';
import type { ItemAddress } from './item-address.ts';
import { printLabelMatch } from './label-match.ts';

export function GrayTracks({ live }: { readonly address: ItemAddress; readonly live: Item }) {
  const { t } = useTranslation('configuration');
  const format = useFormat();
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
    </Panel>
  );
}
