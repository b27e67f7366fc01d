/** From a draft to what is live, page by page: difference, validation, scope, rules, confirmation, and watching it arrive. */
import { Button, Group, Modal, Stack, Stepper } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../widgets/problem-note.tsx';
import { AcknowledgementPanel } from './acknowledgement-panel.tsx';
import { send, validationOf, type Draft, type Item, type Validation } from './config-requests.ts';
import type { ItemAddress } from './item-address.ts';
import {
  back,
  forward,
  newPlan,
  obstacleOf,
  pagesOf,
  requestOf,
  type Circumstances,
  type ReleasePlan,
} from './release-plan.ts';
import { RolloutPanel } from './rollout-panel.tsx';
import {
  ConfirmStep,
  DifferenceStep,
  HaltStep,
  ScopeStep,
  ValidationStep,
} from './wizard-steps.tsx';

export interface ReleaseWizardProps {
  readonly address: ItemAddress;
  readonly live: Item | undefined;
  readonly draft: Draft;
  readonly onClose: () => void;
}

export function ReleaseWizard({ address, live, draft, onClose }: ReleaseWizardProps) {
  const { t } = useTranslation(['configuration', 'shell']);
  const queries = useQueryClient();
  const [plan, setPlan] = useState<ReleasePlan>(newPlan);
  const content = draft.content ?? '';
  // What is compared stays what it was when the wizard was opened: a release changes what is live.
  const [before] = useState(live);
  const validation = useQuery(validationOf(address, content, draft.format));
  const circumstances: Circumstances = {
    hasChanges: before?.content !== content || before.format !== draft.format,
    validation: validation.isError ? 'ok' : outcomeOf(validation.data),
  };
  const releasing = useMutation({
    mutationFn: () => send(address, requestOf(plan), draft.base),
    onSuccess: async () => {
      setPlan((sent) => ({ ...sent, step: 'progress' }));
      await queries.invalidateQueries({ queryKey: ['configuration'] });
    },
  });
  const pages = pagesOf(plan.scope);
  const obstacle = obstacleOf(plan, circumstances);
  const step = { plan, onPlan: setPlan, live: before, draft, validation };
  return (
    <Modal
      opened
      onClose={onClose}
      size="min(1080px, 94vw)"
      title={t('wizard.title', { path: address.path })}
      closeOnClickOutside={plan.step === 'progress'}
      closeButtonProps={{ 'aria-label': t('shell:action.close') }}
    >
      <Stack gap="lg">
        <Stepper
          active={pages.indexOf(plan.step)}
          size="xs"
          iconSize={26}
          allowNextStepsSelect={false}
        >
          {pages.map((page) => (
            <Stepper.Step key={page} label={t(`wizard.step.${page}`)} />
          ))}
        </Stepper>
        {plan.step === 'diff' && <DifferenceStep {...step} />}
        {plan.step === 'validation' && <ValidationStep {...step} />}
        {plan.step === 'scope' && <ScopeStep {...step} />}
        {plan.step === 'halt' && <HaltStep {...step} />}
        {plan.step === 'confirm' && <ConfirmStep {...step} address={address} />}
        {plan.step === 'progress' && (
          <>
            {plan.scope.kind === 'steps' && <RolloutPanel address={address} />}
            <AcknowledgementPanel address={address} />
          </>
        )}
        <ProblemNote error={releasing.error} />
        <Group justify="space-between" gap="xs">
          <span>
            {obstacle !== undefined && obstacle !== 'checking' && t(`obstacle.${obstacle}`)}
          </span>
          {plan.step === 'progress' ? (
            <Button onClick={onClose}>{t('shell:action.close')}</Button>
          ) : (
            <Group gap="xs">
              <Button
                variant="default"
                onClick={() => (plan.step === 'diff' ? onClose() : setPlan(back(plan)))}
              >
                {t(plan.step === 'diff' ? 'shell:action.cancel' : 'shell:action.back')}
              </Button>
              {plan.step === 'confirm' ? (
                <Button loading={releasing.isPending} onClick={() => releasing.mutate()}>
                  {t(`wizard.go.${plan.scope.kind}`)}
                </Button>
              ) : (
                <Button
                  disabled={obstacle !== undefined}
                  onClick={() => setPlan(forward(plan, circumstances))}
                >
                  {t('wizard.next')}
                </Button>
              )}
            </Group>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}

function outcomeOf(validation: Validation | undefined): Circumstances['validation'] {
  if (validation === undefined) return 'checking';
  if (!validation.isValid && validation.issues.length > 0) return 'invalid';
  return validation.versions.every(({ state }) => state !== 'invalid') ? 'ok' : 'fails-for-some';
}
