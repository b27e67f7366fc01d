/** A dialog above a page: mount it to open it. The focus is kept in it, and goes back to where it came from. */
import { Modal, type ModalProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFocusBack } from './use-focus-back.ts';
import { useTopmost } from './use-topmost.ts';

export type DialogProps = Pick<
  ModalProps,
  'title' | 'size' | 'closeOnClickOutside' | 'onClose' | 'children'
>;

export function Dialog(props: DialogProps) {
  const { t } = useTranslation('shell');
  useFocusBack();
  return (
    <Modal
      opened
      closeOnEscape={useTopmost()}
      closeButtonProps={{ 'aria-label': t('action.close') }}
      {...props}
    />
  );
}
