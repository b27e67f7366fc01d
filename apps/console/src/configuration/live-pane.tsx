/** What is live: the release that programs have now, to be read. */
import { Text } from '@mantine/core';
import { IconCloudOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { CodeEditor } from '../editor/lazy-editor.tsx';
import { RelativeTime } from '../format/relative-time.tsx';
import { useFormat } from '../format/use-format.ts';
import { CopyButton } from '../widgets/copy-button.tsx';
import { EmptyState } from '../widgets/empty-state.tsx';
import { Panel } from '../widgets/panel.tsx';
import { StatusDot } from '../widgets/status-dot.tsx';
import type { Item } from './config-requests.ts';
import type { ItemAddress } from './item-address.ts';
import { Notice } from '../widgets/notice.tsx';

export function LivePane({
  live,
}: {
  readonly address: ItemAddress;
  readonly live: Item | undefined;
}) {
  const { t } = useTranslation('configuration');
  const format = useFormat();
  return (
    <Panel
      title={
        live === undefined ? (
          <StatusDot tone="quiet">{t('live.title')}</StatusDot>
        ) : (
          <StatusDot tone="good">
            {live.release === 0
              ? t('live.plain')
              : t('live.release', { release: format.number(live.release) })}
          </StatusDot>
        )
      }
      aside={live?.content !== undefined && <CopyButton text={live.content} />}
    >
      {live === undefined ? (
        <EmptyState icon={IconCloudOff} title={t('live.noneTitle')}>
          {t('live.none')}
        </EmptyState>
      ) : live.content === undefined ? (
        <Notice tone="quiet">{t('masked')}</Notice>
      ) : (
        <CodeEditor
          value={live.content}
          format={live.format}
          label={t('live.title')}
          minHeight={220}
        />
      )}
      {live !== undefined && (
        <Text fz="xs" c="dimmed" mt="sm" component="div">
          {live.plainKey !== undefined && t('live.plainHint', { key: live.plainKey })}
          {live.by !== undefined && t('live.by', { by: live.by })}{' '}
          {live.at !== undefined && <RelativeTime at={live.at} />}
          {live.comment !== undefined && <> — {live.comment}</>}
        </Text>
      )}
    </Panel>
  );
}
