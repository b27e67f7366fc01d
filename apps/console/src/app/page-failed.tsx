/** In the place of a page that cannot be drawn, and of one that there is not. */
import { Anchor } from '@mantine/core';
import { IconMapQuestion } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useRouteError } from 'react-router';
import { EmptyState } from '../widgets/empty-state.tsx';
import { ErrorState } from '../widgets/error-state.tsx';

export function PageFailed() {
  const error = useRouteError();
  // A gateway of a newer version has other files: loading the console again gets them.
  return <ErrorState error={error} onRetry={() => location.reload()} />;
}

export function NoSuchPage() {
  const { t } = useTranslation('shell');
  return (
    <EmptyState
      icon={IconMapQuestion}
      title={t('noSuchPage.title')}
      actions={
        <Anchor component={Link} to="/">
          {t('noSuchPage.home')}
        </Anchor>
      }
    >
      {t('noSuchPage.explanation')}
    </EmptyState>
  );
}
