/** How programs use the service, ready to be copied. */
import { SimpleGrid } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Panel } from '../widgets/panel.tsx';
import { Snippet } from '../widgets/snippet.tsx';
import { consumeSnippets, registerSnippets } from './service-snippets.ts';

export function UsePanel({ service }: { readonly service: string }) {
  const { t } = useTranslation('services');
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
      <Panel title={t('use.consume')}>
        <Snippet forms={consumeSnippets(service)} />
      </Panel>
      <Panel title={t('use.register')}>
        <Snippet forms={registerSnippets(service)} />
      </Panel>
    </SimpleGrid>
  );
}
