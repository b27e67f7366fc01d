/** A button for what not everybody may do: who may not sees it all the same, can reach it, and is told why. */
import { Button, type ButtonProps } from '@mantine/core';
import { Refusal, type Demand } from './refusal.tsx';

export interface GuardedButtonProps extends ButtonProps {
  readonly isPermitted: boolean;
  readonly takes?: Demand;
  readonly onClick: () => void;
}

export function GuardedButton(props: GuardedButtonProps) {
  const { isPermitted, takes = 'role', onClick, ...button } = props;
  if (isPermitted) return <Button {...button} onClick={onClick} />;
  return (
    <Refusal takes={takes}>
      <Button {...withoutColours(button)} disabled={false} data-disabled aria-disabled />
    </Refusal>
  );
}

/** As grey as everything that cannot be done. */
function withoutColours(button: ButtonProps): ButtonProps {
  const grey = { ...button };
  delete grey.c;
  delete grey.color;
  return grey;
}
