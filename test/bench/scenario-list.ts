/**
 * All scenarios by name, in the order in which a run measures them: those that only read come first, so
 * that they see the same data on every server however many writes each has taken since.
 */
import type { Scenario } from './scenario.ts';
import { keepAlive } from './scenarios/keep-alive.ts';
import { unaryScenarios } from './scenarios/unary.ts';
import { watchScenarios } from './scenarios/watch.ts';

/** Every scenario. */
export const SCENARIOS: readonly Scenario[] = [...unaryScenarios, keepAlive, ...watchScenarios];

/** The scenario of this name. Throws when there is none. */
export function scenarioNamed(name: string): Scenario {
  const scenario = SCENARIOS.find((candidate) => candidate.name === name);
  if (scenario !== undefined) return scenario;
  throw new Error(`no scenario "${name}"; there are ${SCENARIOS.map((s) => s.name).join(', ')}`);
}
