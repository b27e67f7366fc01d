/** A change of the members as a dialog makes it: waits while the cluster is not healthy, for as long as the dialog is open. */
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isUnhealthy, whenHealthy } from './when-healthy.ts';

export interface MembershipChange {
  readonly isWaiting: boolean;
  /** What `change` answers. @throws Error in plain words, if the cluster did not become healthy */
  readonly make: <Answer>(change: () => Promise<Answer>) => Promise<Answer>;
}

export function useMembershipChange(): MembershipChange {
  const { t } = useTranslation('cluster');
  const [isWaiting, setWaiting] = useState(false);
  const dialog = useRef<AbortController>(undefined);
  useEffect(() => {
    const open = new AbortController();
    dialog.current = open;
    return () => open.abort();
  }, []);
  const make = async <Answer>(change: () => Promise<Answer>): Promise<Answer> => {
    const signal = dialog.current?.signal ?? AbortSignal.abort();
    try {
      return await whenHealthy(change, { signal, onWait: () => setWaiting(true) });
    } catch (error) {
      throw isUnhealthy(error) ? new Error(t('unhealthy.gaveUp'), { cause: error }) : error;
    } finally {
      setWaiting(false);
    }
  };
  return { isWaiting, make };
}
