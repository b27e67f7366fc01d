/** What takes the place of content until it is there: lines of its size, so that nothing jumps. */
import { Skeleton, Stack, VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export function Loading({
  lines = 6,
  height = 14,
}: {
  readonly lines?: number;
  readonly height?: number;
}) {
  const { t } = useTranslation('shell');
  return (
    <Stack gap="md" p="md" aria-busy="true">
      <VisuallyHidden role="status">{t('state.loading')}</VisuallyHidden>
      {Array.from({ length: lines }, (_, line) => (
        <Skeleton key={line} height={height} width={`${92 - ((line * 17) % 40)}%`} />
      ))}
    </Stack>
  );
}
