/** How many instances serve, start and drain: as a bar and in numbers. */
import { useTranslation } from 'react-i18next';
import classes from './health-bar.module.css';
import { instanceStates, type ServiceSummary } from './service-queries.ts';

export function HealthBar({ instances }: { readonly instances: ServiceSummary['instances'] }) {
  const { t } = useTranslation('services');
  const total = instances.serving + instances.starting + instances.draining;
  const others = instanceStates
    .filter((state) => state !== 'serving' && instances[state] > 0)
    .map((state) => t(`counted.${state}`, { count: instances[state] }));
  return (
    <span className={classes.health}>
      <span className={classes.bar} aria-hidden>
        {instanceStates.map((state) =>
          instances[state] === 0 ? null : (
            <span key={state} data-state={state} style={{ flexGrow: instances[state] }} />
          ),
        )}
      </span>
      <span className={classes.numbers}>
        {t('serving', { serving: instances.serving, total })}
        {others.length > 0 && <span className={classes.others}> · {others.join(' · ')}</span>}
      </span>
    </span>
  );
}
