/** In the place of a page that cannot be drawn, and of one that there is not. */
import { Anchor, Button } from '@mantine/core';
import { IconMapQuestion, IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useRouteError } from 'react-router';
import { EmptyState } from '../widgets/empty-state.tsx';
import { ErrorState } from '../widgets/error-state.tsx';

export function PageFailed() {
  const { t } = useTranslation('shell');
  const error = useRouteError();
  const reload = () => location.reload();
  if (!isOfOldFiles(error)) return <ErrorState error={error} onRetry={reload} />;
  return (
    <EmptyState
      icon={IconRefresh}
      title={t('newVersion.title')}
      actions={<Button onClick={reload}>{t('newVersion.load')}</Button>}
    >
      {t('newVersion.explanation')}
    </EmptyState>
  );
}

/** A gateway of another version has other files. Each browser says in words of its own that one is not there. */
const isOfOldFiles = (error: unknown): boolean =>
  error instanceof TypeError &&
  /dynamically imported module|module script failed|preload CSS/i.test(error.message);

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
