/** Has the witness hear of everything that a life applies, as it is applied. */
import { ok } from 'node:assert/strict';
import type { ClusterWitness } from './cluster-witness.ts';
import type { Incarnation } from './incarnation.ts';
import type { SimulatedMember } from './member.ts';
import type { SimulatedWorld } from './world.ts';

export function observe(
  life: Incarnation,
  member: SimulatedMember,
  witness: ClusterWitness,
  world: SimulatedWorld,
): void {
  const { machine } = life.replica;
  witness.found(machine.applied, machine.hash, machine.revision);
  const tell = (what: string): void => {
    const { index, term } = machine.applied;
    const isNews = index > witness.appliedIndex;
    witness.applied(machine.applied, machine.hash, machine.revision, world.nowMs);
    if (!isNews) return;
    world.trace.tell(
      world.queue,
      `entry ${index} of term ${term}, ${what}, is applied by ${life.label}`,
    );
    if (what === 'lease-expiry') world.count('lease expired');
  };
  const apply = machine.apply.bind(machine);
  machine.apply = (index, term, command, askedBy) => {
    const outcome = apply(index, term, command, askedBy);
    tell(command.kind);
    return outcome;
  };
  const skip = machine.skip.bind(machine);
  machine.skip = (index, term) => {
    skip(index, term);
    tell('empty');
  };
  const saveConfiguration = machine.saveConfiguration.bind(machine);
  machine.saveConfiguration = (configuration) => {
    saveConfiguration(configuration);
    witness.configured(machine.applied.index, configuration);
  };
  const restored = machine.restored.bind(machine);
  machine.restored = () => {
    restored();
    witness.found(machine.applied, machine.hash, machine.revision);
    world.count('snapshot installed');
    world.trace.tell(world.queue, `${life.label} has installed index ${machine.applied.index}`);
  };
  observeCommits(life, member);
}

/** What is committed stays so, for the life at least. */
function observeCommits(life: Incarnation, { name }: SimulatedMember): void {
  const { replica } = life;
  let commitIndex = 0;
  const step = replica.step.bind(replica);
  replica.step = (messages) => {
    step(messages);
    ok(replica.commitIndex >= commitIndex, `the commit index of ${name} went back`);
    commitIndex = replica.commitIndex;
    ok(life.appliedIndex <= commitIndex, `${name} has applied more than it knows committed`);
  };
}
