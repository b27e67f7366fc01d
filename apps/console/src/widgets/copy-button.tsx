/** Copies a text, and says that it did. */
import { ActionIcon, CopyButton as Copying, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

export function CopyButton({ text, label }: { readonly text: string; readonly label?: string }) {
  const { t } = useTranslation('shell');
  return (
    <Copying value={text} timeout={1_500}>
      {({ copied, copy }) => {
        const name = copied ? t('action.copied') : (label ?? t('action.copy'));
        return (
          <Tooltip label={name}>
            <ActionIcon size="sm" onClick={copy} aria-label={name}>
              {copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
            </ActionIcon>
          </Tooltip>
        );
      }}
    </Copying>
  );
}
