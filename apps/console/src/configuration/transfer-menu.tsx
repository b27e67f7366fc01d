/** A namespace into a file, and back. */
import { ActionIcon, FileButton, Menu, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDots, IconFileExport, IconFileImport } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fileNameOf, saveFile } from '../cluster/backup-download.ts';
import { useMayWrite } from '../session/use-may.ts';
import { ConfirmDialog } from '../widgets/confirm-dialog.tsx';
import { useProblemText } from '../widgets/error-state.tsx';
import { ProblemNote } from '../widgets/problem-note.tsx';
import { GuardedMenuItem } from '../widgets/guarded-menu-item.tsx';
import { exportNamespace, importNamespace } from './config-requests.ts';
import { itemKeysOf } from './item-address.ts';

export function TransferMenu({ namespace }: { readonly namespace: string }) {
  const { t } = useTranslation(['configuration', 'shell']);
  const queries = useQueryClient();
  const textOf = useProblemText();
  const mayImport = useMayWrite(itemKeysOf(namespace), 'within');
  const [taken, setTaken] = useState<{ readonly name: string; readonly document: unknown }>();
  const pick = useRef<() => void>(null);
  const download = async () => {
    try {
      const answer = await exportNamespace(namespace);
      saveFile(await answer.blob(), fileNameOf(answer, `${namespace}.json`));
    } catch (error) {
      notifications.show({ color: 'red', message: textOf(error) });
    }
  };
  const read = async (file: File | null) => {
    if (file === null) return;
    try {
      setTaken({ name: file.name, document: JSON.parse(await file.text()) as unknown });
    } catch {
      notifications.show({ color: 'red', message: t('transfer.notJson', { name: file.name }) });
    }
  };
  return (
    <>
      <FileButton accept="application/json" onChange={(file) => void read(file)}>
        {({ onClick }) => {
          pick.current = onClick;
          return null;
        }}
      </FileButton>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size="md" aria-label={t('shell:action.more')}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconFileExport size={14} />} onClick={() => void download()}>
            {t('transfer.export')}
          </Menu.Item>
          <GuardedMenuItem
            isPermitted={mayImport}
            leftSection={<IconFileImport size={14} />}
            onClick={() => pick.current?.()}
          >
            {t('transfer.import')}
          </GuardedMenuItem>
        </Menu.Dropdown>
      </Menu>
      {taken !== undefined && (
        <ConfirmDialog
          title={t('transfer.importTitle', { name: taken.name })}
          verb={t('transfer.importVerb')}
          onClose={() => setTaken(undefined)}
          onConfirm={async () => {
            await importNamespace(namespace, taken.document);
            await queries.invalidateQueries({ queryKey: ['configuration'] });
          }}
        >
          <Stack gap="sm">
            <Text fz="sm">{t('transfer.importReach', { namespace })}</Text>
            <ImportPreview namespace={namespace} document={taken.document} />
          </Stack>
        </ConfirmDialog>
      )}
    </>
  );
}

/** What the file would change, asked of the gateway without doing it. */
function ImportPreview(props: { readonly namespace: string; readonly document: unknown }) {
  const { t } = useTranslation('configuration');
  const { namespace, document } = props;
  const preview = useQuery({
    queryKey: ['configuration import', namespace, document],
    queryFn: () => importNamespace(namespace, document, true),
  });
  if (preview.isError) return <ProblemNote error={preview.error} />;
  const count = (change: 'created' | 'updated' | 'unchanged'): number =>
    preview.data?.items.filter((one) => one.change === change).length ?? 0;
  return (
    <Text fz="sm" fw={600} role="status">
      {preview.isSuccess &&
        t('transfer.preview', {
          created: count('created'),
          updated: count('updated'),
          unchanged: count('unchanged'),
        })}
    </Text>
  );
}
