/** What is asked of a member that is to join: its name, where the others reach it, and whether it has a vote at once. */
import { Switch, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { isMemberUrl } from './member-command.ts';

export interface JoiningMember {
  readonly name: string;
  readonly peerUrl: string;
  readonly isLearner: boolean;
}

export const newMember: JoiningMember = { name: '', peerUrl: '', isLearner: true };

export const isWholeMember = ({ name, peerUrl }: JoiningMember): boolean =>
  isMemberUrl(peerUrl) && /^[\w.-]+$/.test(name);

export interface MemberFieldsProps {
  readonly member: JoiningMember;
  readonly onChange: (member: JoiningMember) => void;
}

export function MemberFields({ member, onChange }: MemberFieldsProps) {
  const { t } = useTranslation('cluster');
  const { name, peerUrl, isLearner } = member;
  return (
    <>
      <TextInput
        data-autofocus
        label={t('column.name')}
        description={t('add.nameHint')}
        value={name}
        onChange={(event) => onChange({ ...member, name: event.currentTarget.value })}
        autoComplete="off"
      />
      <TextInput
        label={t('add.peerUrl')}
        description={t('add.peerUrlHint')}
        placeholder="http://10.0.0.5:2380"
        value={peerUrl}
        onChange={(event) => onChange({ ...member, peerUrl: event.currentTarget.value })}
        error={peerUrl !== '' && !isMemberUrl(peerUrl) && t('add.badUrl')}
        autoComplete="off"
        spellCheck={false}
      />
      <Switch
        label={t('add.learner')}
        description={t('add.learnerHint')}
        checked={isLearner}
        onChange={(event) => onChange({ ...member, isLearner: event.currentTarget.checked })}
      />
    </>
  );
}
