/**
 * Leaders who are heard as long as they are elected and no longer, as in figure 8 of the Raft paper: what the first
 * writes nobody else has; the second is cut off with the vote that elects it, and what it writes nobody else has
 * either; then the first is back, leads once more, and is cut off again in the midst of telling what it had written;
 * and then the second is back. An entry that was counted for committed on the way is overwritten now. Or the first
 * leads on, as it does where it has told everything at once, and what the second wrote is overwritten by entries of an earlier term.
 *
 * Whoever does not do as it should (chance has its part in every election) ends the play by the end of its time.
 */
import type { MemberMessage } from '@concord/kv';
import type { Random } from '@concord/testing';
import type { SimulatedCluster } from './cluster.ts';
import type { SimulatedMember } from './member.ts';
import type { Direction } from './weather.ts';
import type { SimulatedWorld } from './world.ts';

/** Elections that take several attempts included. */
const ACT_ELECTION_TIMEOUTS_MAX = 8;

/** So much has to come together that one performance would be too few. */
const PERFORMANCES = 3;

type Act = 'none' | 'nobody leads yet' | 'first reigns' | 'second reigns' | 'first is back';

export class LonelyReigns {
  readonly #world: SimulatedWorld;
  readonly #random: Random;
  readonly #cluster: SimulatedCluster;
  #act: Act = 'none';
  #performancesLeft = 0;
  #first: SimulatedMember | undefined;
  #second: SimulatedMember | undefined;
  readonly #grants = new Set<bigint>();
  /** Ends the cut that goes on. */
  #heal: () => void = () => undefined;

  constructor(world: SimulatedWorld, cluster: SimulatedCluster) {
    this.#world = world;
    this.#random = world.random.fork();
    this.#cluster = cluster;
  }

  begin(): void {
    if (this.#act !== 'none') return;
    this.#performancesLeft = PERFORMANCES;
    this.#perform();
  }

  #perform(): void {
    if (this.#performancesLeft === 0 || this.#voterCount < 3) return;
    this.#performancesLeft--;
    const { leader } = this.#cluster;
    if (leader === undefined) this.#enter('nobody leads yet');
    else this.#cutFirstOff(leader);
  }

  /** The play ends where it is; whoever calls this ends the cuts. */
  stop(): void {
    this.#act = 'none';
    this.#performancesLeft = 0;
  }

  elected(member: SimulatedMember): void {
    if (this.#act === 'nobody leads yet') {
      this.#enter('first reigns');
      this.#world.queue.schedule(this.#whileMs, 'the first is cut off', () => {
        if (this.#act === 'first reigns') this.#cutFirstOff(member);
      });
    } else if (this.#act === 'second reigns' && member.id === this.#first?.id) {
      this.#enter('first is back');
    }
  }

  /** A vote or an acknowledgement is about to leave; it still arrives, and nothing that its receiver then sends. */
  promises(message: MemberMessage): void {
    if (message.kind === 'vote-reply') this.#voted(message.to, message.from);
    else if (message.kind === 'append-reply') this.#acknowledged(message.to, message.index);
  }

  /** The first has told all that it had written, or not: that depends on what one append carries. */
  #acknowledged(leader: bigint, index: number): void {
    const first = this.#first;
    if (this.#act !== 'first is back' || first === undefined || leader !== first.id) return;
    this.#world.count('lonely reigns played');
    this.#enter('none');
    const healSecond = this.#heal;
    // Then it leads on, and what the second had written is overwritten by what is older.
    const leadsOn = index >= first.witness.lastIndex || this.#random.chance(0.25);
    this.#heal = leadsOn ? () => undefined : this.#cut(first, false);
    healSecond();
    this.#endLater('none');
  }

  /** Its clients go on writing. */
  #cutFirstOff(member: SimulatedMember): void {
    this.#first = member;
    this.#second = undefined;
    this.#heal = this.#cut(member, true);
    this.#enter('first reigns');
  }

  #voted(candidate: bigint, voter: bigint): void {
    if (this.#act !== 'first reigns' || this.#first === undefined) return;
    const member = this.#cluster.member(candidate);
    if (member === undefined || member === this.#first) return;
    if (this.#second !== member) this.#grants.clear();
    this.#second = member;
    this.#grants.add(voter);
    // Its own vote makes a majority of it.
    if (this.#grants.size < Math.floor(this.#voterCount / 2)) return;
    const healFirst = this.#heal;
    this.#heal = this.#cut(member, false);
    this.#enter('second reigns');
    this.#world.queue.schedule(this.#whileMs, 'the first is back', () => {
      if (this.#act !== 'second reigns') return;
      const isolated = this.#cut(member, true);
      this.#heal();
      this.#heal = isolated;
      healFirst();
    });
  }

  get #voterCount(): number {
    return this.#cluster.witness.configuration.voters.length;
  }

  /** Until whoever was elected has written something. */
  get #whileMs(): number {
    return this.#random.between(0.2, 1) * this.#world.temper.electionTimeoutMs;
  }

  #enter(act: Act): void {
    this.#act = act;
    this.#world.trace.tell(this.#world.queue, `lonely reigns: ${act}`);
    if (act !== 'none') this.#endLater(act);
  }

  #endLater(act: Act): void {
    const heal = this.#heal;
    this.#world.queue.schedule(this.#actMs, 'an act is over', () => {
      if (this.#act !== act || this.#heal !== heal) return;
      this.#act = 'none';
      this.#grants.clear();
      heal();
      this.#perform();
    });
  }

  get #actMs(): number {
    return ACT_ELECTION_TIMEOUTS_MAX * this.#world.temper.electionTimeoutMs;
  }

  /** Nothing leaves the member, and, where it is cut off `bothWays`, nothing arrives. */
  #cut({ name }: SimulatedMember, bothWays: boolean): () => void {
    const present = this.#cluster.members.filter(({ isRemoved }) => !isRemoved);
    const others = present.map((member) => member.name).filter((other) => other !== name);
    const ways = others.flatMap((other): Direction[] =>
      bothWays
        ? [
            [name, other],
            [other, name],
          ]
        : [[name, other]],
    );
    return this.#cluster.weather.cut(ways, 3 * this.#actMs);
  }
}
