/**
 * The release wizard's decisions: what is released to whom, in which steps, and what halts it; and which of its pages can
 * be left. The page shows this state and sends what `requestOf` makes of it.
 */
import { parseLabelMatch, type LabelMatch } from './label-match.ts';

export const WIZARD_STEPS = ['diff', 'validation', 'scope', 'halt', 'confirm', 'progress'] as const;
export type WizardStep = (typeof WIZARD_STEPS)[number];

export type Scope =
  | { readonly kind: 'all' }
  /** A gray track that stays until somebody promotes or ends it. */
  | { readonly kind: 'match'; readonly track: string; readonly text: string }
  /** A rollout: each step waits for the acknowledgements of the one before. */
  | { readonly kind: 'steps'; readonly percents: readonly number[]; readonly holdSeconds: number };

export interface HaltRules {
  /** More rejections than this halt it; 0: any. */
  readonly rejectedOver: number;
  readonly unackedAfterSeconds: number;
  readonly onHalt: 'pause' | 'revert';
}

export interface ReleasePlan {
  readonly step: WizardStep;
  readonly scope: Scope;
  readonly halt: HaltRules;
  readonly comment: string;
  /** Set by whoever releases although a live version would refuse the content. */
  readonly acceptsFailures: boolean;
}

export const newPlan: ReleasePlan = {
  step: 'diff',
  scope: { kind: 'all' },
  halt: { rejectedOver: 0, unackedAfterSeconds: 60, onHalt: 'revert' },
  comment: '',
  acceptsFailures: false,
};

/** What the page knows beside the plan. */
export interface Circumstances {
  readonly hasChanges: boolean;
  readonly validation: 'checking' | 'ok' | 'invalid' | 'fails-for-some';
}

export type Obstacle =
  | 'nothing-changed'
  | 'checking'
  | 'invalid'
  | 'fails-for-some'
  | 'bad-match'
  | 'bad-track'
  | 'bad-steps'
  | 'bad-hold'
  | 'bad-halt';

/** Why the plan's present page cannot be left forward yet. */
export function obstacleOf(
  plan: ReleasePlan,
  { hasChanges, validation }: Circumstances,
): Obstacle | undefined {
  switch (plan.step) {
    case 'diff':
      return hasChanges ? undefined : 'nothing-changed';
    case 'validation':
      if (validation === 'checking' || validation === 'invalid') return validation;
      return validation === 'fails-for-some' && !plan.acceptsFailures
        ? 'fails-for-some'
        : undefined;
    case 'scope':
      return scopeObstacle(plan.scope);
    case 'halt':
      return Number.isInteger(plan.halt.rejectedOver) &&
        plan.halt.rejectedOver >= 0 &&
        plan.halt.unackedAfterSeconds > 0
        ? undefined
        : 'bad-halt';
    case 'confirm':
    case 'progress':
      return undefined;
  }
}

function scopeObstacle(scope: Scope): Obstacle | undefined {
  switch (scope.kind) {
    case 'all':
      return undefined;
    case 'match':
      if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/.test(scope.track)) return 'bad-track';
      return 'match' in parseLabelMatch(scope.text) ? undefined : 'bad-match';
    case 'steps':
      if (!areSteps(scope.percents)) return 'bad-steps';
      return scope.holdSeconds >= 0 ? undefined : 'bad-hold';
  }
}

/** Growing percentages above 0, below 100: the release itself is the last step. */
export const areSteps = (percents: readonly number[]): boolean =>
  percents.length > 0 &&
  percents.every((percent, at) => percent > (percents[at - 1] ?? 0) && percent < 100);

/** Rules of halting belong to rollouts alone: a release to everybody has no step to halt at. */
export const pagesOf = (scope: Scope): readonly WizardStep[] =>
  scope.kind === 'steps' ? WIZARD_STEPS : WIZARD_STEPS.filter((step) => step !== 'halt');

export function forward(plan: ReleasePlan, circumstances: Circumstances): ReleasePlan {
  if (obstacleOf(plan, circumstances) !== undefined) return plan;
  const pages = pagesOf(plan.scope);
  return { ...plan, step: pages[pages.indexOf(plan.step) + 1] ?? plan.step };
}

/** One page back; what has been sent cannot be unsent. */
export function back(plan: ReleasePlan): ReleasePlan {
  if (plan.step === 'progress') return plan;
  const pages = pagesOf(plan.scope);
  return { ...plan, step: pages[pages.indexOf(plan.step) - 1] ?? plan.step };
}

/** What is sent: a release, a release on a gray track, or the start of a rollout. */
export type ReleaseRequest =
  | { readonly kind: 'release'; readonly comment?: string }
  | {
      readonly kind: 'gray';
      readonly comment?: string;
      readonly gray: { readonly name: string; readonly match: LabelMatch };
    }
  | {
      readonly kind: 'rollout';
      readonly comment?: string;
      readonly steps: readonly { readonly percent: number }[];
      readonly hold: string;
      readonly rejectedOver: number;
      readonly unackedAfter: string;
      readonly onHalt: HaltRules['onHalt'];
    };

/** @throws Error if the plan's scope cannot be meant: `obstacleOf` has not been asked. */
export function requestOf({ scope, halt, comment }: ReleasePlan): ReleaseRequest {
  const said = comment.trim() === '' ? {} : { comment: comment.trim() };
  switch (scope.kind) {
    case 'all':
      return { kind: 'release', ...said };
    case 'match': {
      const read = parseLabelMatch(scope.text);
      if (!('match' in read)) throw new Error(`${scope.text} is no match of labels`);
      return { kind: 'gray', ...said, gray: { name: scope.track, match: read.match } };
    }
    case 'steps':
      return {
        kind: 'rollout',
        ...said,
        steps: scope.percents.map((percent) => ({ percent })),
        hold: `${scope.holdSeconds}s`,
        rejectedOver: halt.rejectedOver,
        unackedAfter: `${halt.unackedAfterSeconds}s`,
        onHalt: halt.onHalt,
      };
  }
}
