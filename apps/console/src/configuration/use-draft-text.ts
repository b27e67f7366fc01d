/** The text of a draft while it is typed: checked when one stops, saved when one says so. */
import { useDebouncedValue } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TextIssue } from '../editor/text-markers.ts';
import {
  refreshItem,
  saveDraft,
  validationOf,
  type Draft,
  type Validation,
} from './config-requests.ts';
import type { ItemAddress } from './item-address.ts';

/** Between the last key and the check. */
const CHECK_DEBOUNCE_MS = 400;

export interface DraftText {
  readonly content: string;
  readonly isUnsaved: boolean;
  readonly type: (content: string) => void;
  /** Calls `then` once it is saved. */
  readonly save: (then?: () => void) => void;
  readonly isSaving: boolean;
  /** Why the last save failed. */
  readonly failure: Error | null;
  /** Of what has been typed so far, once it is known. */
  readonly validation: Validation | undefined;
  readonly markers: readonly TextIssue[];
}

/** @param isReleased - there is something live beside the draft */
export function useDraftText(address: ItemAddress, draft: Draft, isReleased: boolean): DraftText {
  const { t } = useTranslation('configuration');
  const queries = useQueryClient();
  const [typed, setTyped] = useState<string>();
  const content = typed ?? draft.content ?? '';
  const [settled] = useDebouncedValue(content, CHECK_DEBOUNCE_MS);
  const { data: validation } = useQuery({
    ...validationOf(address, settled, draft.format),
    enabled: settled !== '',
  });
  const saving = useMutation({
    mutationFn: () =>
      saveDraft(address, {
        content,
        format: draft.format,
        base: draft.base,
        ...(draft.secret && { secret: true }),
      }),
    onSuccess: async () => {
      await refreshItem(queries, isReleased);
      notifications.show({ message: t('draftPane.saved') });
    },
  });
  return {
    content,
    isUnsaved: typed !== undefined && typed !== draft.content,
    type: setTyped,
    save: (then) => saving.mutate(undefined, { ...(then !== undefined && { onSuccess: then }) }),
    isSaving: saving.isPending,
    failure: saving.error,
    validation,
    markers: useMarkers(validation),
  };
}

/** What a running version refuses is marked where it stands, as what cannot be read is. */
function useMarkers(validation: Validation | undefined) {
  return useMemo(
    () => [
      ...(validation?.issues ?? []),
      ...(validation?.versions ?? []).flatMap(({ app, version, issues }) =>
        issues.map((issue) => ({ ...issue, message: `${app} ${version}: ${issue.message}` })),
      ),
    ],
    [validation],
  );
}
