/** From a draft to what is live, page by page: difference, validation, scope, rules, confirmation, and watching it arrive. */
import { Button, Group, Stack, Stepper } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../widgets/dialog.tsx';
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
  type StepProps,
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
  return (
    <Dialog
      onClose={onClose}
      size="min(1080px, 94vw)"
      title={t('wizard.title', { path: address.path })}
      closeOnClickOutside={plan.step === 'progress'}
    >
      <Stack gap="lg">
        <WizardSteps plan={plan} />
        <WizardPage
          address={address}
          step={{ plan, onPlan: setPlan, live: before, draft, validation }}
        />
        <ProblemNote error={releasing.error} />
        <WizardBar
          plan={plan}
          circumstances={circumstances}
          isReleasing={releasing.isPending}
          onPlan={setPlan}
          onRelease={() => releasing.mutate()}
          onClose={onClose}
        />
      </Stack>
    </Dialog>
  );
}

/** Which pages there are for the scope that was chosen, and which one this is. */
function WizardSteps({ plan: { scope, step } }: { readonly plan: ReleasePlan }) {
  const { t } = useTranslation('configuration');
  const pages = pagesOf(scope);
  return (
    <Stepper active={pages.indexOf(step)} size="xs" iconSize={26} allowNextStepsSelect={false}>
      {pages.map((page) => (
        <Stepper.Step key={page} label={t(`wizard.step.${page}`)} />
      ))}
    </Stepper>
  );
}

function WizardPage({
  address,
  step,
}: {
  readonly address: ItemAddress;
  readonly step: StepProps;
}): ReactNode {
  switch (step.plan.step) {
    case 'diff':
      return <DifferenceStep {...step} />;
    case 'validation':
      return <ValidationStep {...step} />;
    case 'scope':
      return <ScopeStep {...step} />;
    case 'halt':
      return <HaltStep {...step} />;
    case 'confirm':
      return <ConfirmStep {...step} address={address} />;
    case 'progress':
      return (
        <>
          {step.plan.scope.kind === 'steps' && <RolloutPanel address={address} />}
          <AcknowledgementPanel address={address} />
        </>
      );
  }
}

interface WizardBarProps {
  readonly plan: ReleasePlan;
  readonly circumstances: Circumstances;
  readonly isReleasing: boolean;
  readonly onPlan: (plan: ReleasePlan) => void;
  readonly onRelease: () => void;
  readonly onClose: () => void;
}

/** On and back; why it does not go on; and the release itself at the end. */
function WizardBar(props: WizardBarProps) {
  const { plan, circumstances, isReleasing, onPlan, onRelease, onClose } = props;
  const { t } = useTranslation(['configuration', 'shell']);
  const obstacle = obstacleOf(plan, circumstances);
  if (plan.step === 'progress') {
    return (
      <Group justify="flex-end">
        <Button onClick={onClose}>{t('shell:action.close')}</Button>
      </Group>
    );
  }
  return (
    <Group justify="space-between" gap="xs">
      <span>{obstacle !== undefined && obstacle !== 'checking' && t(`obstacle.${obstacle}`)}</span>
      <Group gap="xs">
        <Button
          variant="default"
          onClick={() => (plan.step === 'diff' ? onClose() : onPlan(back(plan)))}
        >
          {t(plan.step === 'diff' ? 'shell:action.cancel' : 'shell:action.back')}
        </Button>
        {plan.step === 'confirm' ? (
          <Button loading={isReleasing} onClick={onRelease}>
            {t(`wizard.go.${plan.scope.kind}`)}
          </Button>
        ) : (
          <Button
            disabled={obstacle !== undefined}
            onClick={() => onPlan(forward(plan, circumstances))}
          >
            {t('wizard.next')}
          </Button>
        )}
      </Group>
    </Group>
  );
}

function outcomeOf(validation: Validation | undefined): Circumstances['validation'] {
  if (validation === undefined) return 'checking';
  if (!validation.isValid && validation.issues.length > 0) return 'invalid';
  return validation.versions.every(({ state }) => state !== 'invalid') ? 'ok' : 'fails-for-some';
}
