/** What one can decide about an instance as it is, and whether the person who asks may. */
import { useTranslation } from 'react-i18next';
import { useMayWrite } from '../session/use-may.ts';
import type { DecisionKind } from './decision-dialog.tsx';
import { instanceKey, overrideKey } from './service-keys.ts';
import type { Instance } from './service-queries.ts';

export interface InstanceAction {
  readonly kind: DecisionKind;
  readonly label: string;
  readonly isPermitted: boolean;
}

/** In the order in which they are offered: what takes the instance away comes last. */
export function useInstanceActions({
  service,
  id,
  state,
  override,
}: Instance): readonly InstanceAction[] {
  const { t } = useTranslation('services');
  // A drain by an operator is a decision, as a weight is; the instance's own record is left as it is.
  const mayDecide = useMayWrite(overrideKey(service, id));
  const mayDeregister = useMayWrite(instanceKey(service, id));
  const actions: (InstanceAction | false)[] = [
    state !== 'draining' && {
      kind: 'drain',
      label: t('instance.drain'),
      isPermitted: mayDecide,
    },
    { kind: 'weight', label: t('instance.weight'), isPermitted: mayDecide },
    override !== undefined && {
      kind: 'end',
      label: t('instance.endOverride'),
      isPermitted: mayDecide,
    },
    { kind: 'deregister', label: t('instance.deregister'), isPermitted: mayDeregister },
  ];
  return actions.filter((action) => action !== false);
}
