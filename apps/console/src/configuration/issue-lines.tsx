/** What is wrong with a content, line by line. */
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Validation } from './config-requests.ts';

export interface IssueLinesProps {
  readonly issues: Validation['issues'];
}

export function IssueLines({ issues }: IssueLinesProps) {
  const { t } = useTranslation('configuration');
  return issues.map(({ message, path, line }) => (
    <Text key={`${path ?? ''} ${line ?? ''} ${message}`} fz="sm">
      {line !== undefined && `${t('line', { line })}: `}
      {path !== undefined && path !== '' && `${path}: `}
      {message}
    </Text>
  ));
}
