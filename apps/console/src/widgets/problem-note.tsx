/** A failed action inside a form or a dialog. */
import { Alert } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useProblemText } from './error-state.tsx';

export function ProblemNote({ error }: { readonly error: unknown }) {
  const textOf = useProblemText();
  if (error === null || error === undefined) return null;
  return (
    <Alert color="red" variant="light" icon={<IconAlertTriangle size={16} />} role="alert">
      {textOf(error)}
    </Alert>
  );
}
