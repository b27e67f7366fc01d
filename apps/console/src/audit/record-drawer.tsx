/** One record of the audit: who did what from where, and what it was before and after. */
import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DiffView } from '../editor/lazy-editor.tsx';
import { useFormat } from '../format/use-format.ts';
import { CopyButton } from '../widgets/copy-button.tsx';
import { SideSheet } from '../widgets/side-sheet.tsx';
import type { AuditRecord } from './audit-requests.ts';
import classes from './audit.module.css';
import { textOfState } from './text-of-state.ts';

export function RecordDrawer({
  record,
  onClose,
}: {
  readonly record: AuditRecord;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation(['audit', 'shell']);
  const format = useFormat();
  const before = textOfState(record.before);
  const after = textOfState(record.after);
  const facts: readonly (readonly [string, string])[] = [
    [t('column.at'), format.moment(record.at)],
    [t('column.actor'), `${record.actor} (${record.via})`],
    [t('column.source'), record.source.address],
    ...(record.source.userAgent === undefined
      ? []
      : [[t('column.userAgent'), record.source.userAgent] as const]),
    [t('column.subject'), record.subject],
    [t('column.outcome'), `${t(`outcome.${record.outcome}`)} (${record.status})`],
    [t('column.request'), record.requestId],
  ];
  return (
    <SideSheet onClose={onClose} size="xl" title={record.action}>
      <Stack gap="md">
        <dl className={classes.facts}>
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                {value}
                {name === t('column.request') && <CopyButton text={value} />}
              </dd>
            </div>
          ))}
        </dl>
        {before === '' && after === '' ? (
          <Text fz="sm" c="dimmed">
            {t('noStates')}
          </Text>
        ) : (
          <DiffView
            before={{ text: before, label: t('before') }}
            after={{ text: after, label: t('after') }}
            format="json"
          />
        )}
      </Stack>
    </SideSheet>
  );
}
