/** One thing in full, at the side of the list that it is from: mount it to open it. */
import { Drawer, type DrawerProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFocusBack } from './use-focus-back.ts';
import { useTopmost } from './use-topmost.ts';

export type SideSheetProps = Pick<DrawerProps, 'title' | 'size' | 'onClose' | 'children'>;

export function SideSheet(props: SideSheetProps) {
  const { t } = useTranslation('shell');
  useFocusBack();
  return (
    <Drawer
      opened
      position="right"
      closeOnEscape={useTopmost()}
      closeButtonProps={{ 'aria-label': t('action.close') }}
      {...props}
    />
  );
}
