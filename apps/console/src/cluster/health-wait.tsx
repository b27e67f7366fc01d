/** In a dialog whose change the cluster does not take yet: that it is waited for, and why. */
import { Group, Loader, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export function HealthWait({ isWaiting }: { readonly isWaiting: boolean }) {
  const { t } = useTranslation('cluster');
  return (
    <div role="status">
      {isWaiting && (
        <Group gap="xs" wrap="nowrap" align="flex-start">
          <Loader size={14} mt={3} color="gray" aria-hidden />
          <Text fz="sm">
            {t('unhealthy.waiting')}{' '}
            <Text span c="dimmed" fz="sm">
              {t('unhealthy.why')}
            </Text>
          </Text>
        </Group>
      )}
    </div>
  );
}
