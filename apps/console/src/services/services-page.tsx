/** Services. */
import { useTranslation } from 'react-i18next';
import { PageHeader } from '../widgets/page-header.tsx';

export function ServicesPage() {
  const { t } = useTranslation('services');
  return <PageHeader title={t('title')} />;
}
