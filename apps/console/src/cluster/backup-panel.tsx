/** A backup of the whole store into a file of the person who asks for it. */
import { Progress as Bar, Stack, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { requestOf } from '../api/gateway.ts';
import { useFormat } from '../format/use-format.ts';
import { useIsAdministrator } from '../session/use-may.ts';
import { GuardedButton } from '../widgets/guarded-button.tsx';
import { Panel } from '../widgets/panel.tsx';
import { ProblemNote } from '../widgets/problem-note.tsx';
import { fileNameOf, received, saveFile, type Progress } from './backup-download.ts';

export function BackupPanel() {
  const { t } = useTranslation('cluster');
  const format = useFormat();
  const [progress, setProgress] = useState<Progress>();
  const backup = useMutation({
    mutationFn: async () => {
      setProgress(undefined);
      const answer = await requestOf('v1/cluster/snapshot');
      const name = fileNameOf(answer, 'concord.db');
      const file = await received(answer, setProgress);
      saveFile(file, name);
      return { name, bytes: file.size };
    },
  });
  const share =
    progress?.totalBytes === undefined ? 100 : (100 * progress.bytes) / progress.totalBytes;
  return (
    <Panel title={t('backup.title')}>
      <Stack gap="sm" align="flex-start">
        <Text fz="sm" c="dimmed">
          {t('backup.explanation')}
        </Text>
        <GuardedButton
          isPermitted={useIsAdministrator()}
          takes="administrator"
          variant="default"
          leftSection={<IconDownload size={14} />}
          loading={backup.isPending}
          onClick={() => backup.mutate()}
        >
          {t('backup.verb')}
        </GuardedButton>
        {backup.isPending && progress !== undefined && (
          <Stack gap={4} w="100%">
            <Bar
              value={share}
              aria-label={t('backup.title')}
              animated={progress.totalBytes === undefined}
            />
            <Text fz="xs" c="dimmed">
              {progress.totalBytes === undefined
                ? format.bytes(progress.bytes)
                : t('backup.progress', {
                    bytes: format.bytes(progress.bytes),
                    all: format.bytes(progress.totalBytes),
                  })}
            </Text>
          </Stack>
        )}
        {backup.data !== undefined && (
          <Text fz="sm" role="status">
            {t('backup.done', { name: backup.data.name, bytes: format.bytes(backup.data.bytes) })}
          </Text>
        )}
        <ProblemNote error={backup.error} />
      </Stack>
    </Panel>
  );
}
