/** Service. */
import { useTranslation } from 'react-i18next';
import { PageHeader } from '../widgets/page-header.tsx';

export function ServicePage() {
  const { t } = useTranslation('services');
  return <PageHeader title={t('title')} />;
}
