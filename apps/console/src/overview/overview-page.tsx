/** The first page: the cluster at a glance. */
import { useTranslation } from 'react-i18next';
import { PageHeader } from '../widgets/page-header.tsx';

export function OverviewPage() {
  const { t } = useTranslation('overview');
  return <PageHeader title={t('title')} />;
}
