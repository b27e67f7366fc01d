/** A button for what not everybody may do: who may not sees it all the same, can reach it, and is told why. */
import { Button, Tooltip, type ButtonProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export interface GuardedButtonProps extends ButtonProps {
  readonly isPermitted: boolean;
  readonly onClick: () => void;
}

export function GuardedButton({ isPermitted, onClick, ...button }: GuardedButtonProps) {
  const { t } = useTranslation('shell');
  if (isPermitted) return <Button {...button} onClick={onClick} />;
  return (
    <Tooltip
      label={t('notPermitted')}
      multiline
      maw={300}
      events={{ hover: true, focus: true, touch: true }}
    >
      {/* Not `disabled`: what cannot get the focus cannot tell why. */}
      <Button {...withoutColours(button)} disabled={false} data-disabled aria-disabled />
    </Tooltip>
  );
}

/** As grey as everything that cannot be done. */
function withoutColours(button: ButtonProps): ButtonProps {
  const grey = { ...button };
  delete grey.c;
  delete grey.color;
  return grey;
}
