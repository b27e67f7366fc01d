/** What needs no fault and no long wait, on one member of each backend. */
import { onEachBackend } from '../harness/each-backend.ts';
import { firstSteps } from './first-steps.ts';
import { largeService } from './large-service.ts';
import { lifeOfAnInstance } from './life.ts';
import { readmeExample } from './readme.ts';
import { signals } from './signals.ts';

onEachBackend('the registry', (target) => {
  readmeExample(target);
  firstSteps(target);
  lifeOfAnInstance(target);
  signals(target);
  largeService(target);
});
