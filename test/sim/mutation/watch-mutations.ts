/** Ways to falsify what watches were told. */
import type { WatchRecord } from '../history.ts';
import { pickOf, type Mutation } from './answer-mutations.ts';
import type { Specimen } from './specimen.ts';

interface Place {
  readonly watch: WatchRecord;
  readonly position: number;
}

/** Messages with events behind which the watch was told something again: what they lack is missed. */
function placesOf(specimen: Specimen): Place[] {
  return specimen.watchesWithEvents.flatMap(({ watch, positions }) =>
    positions
      .filter((position) => watch.end === 'open' || position < (positions.at(-1) ?? 0))
      .map((position) => ({ watch, position })),
  );
}

const responseAt = ({ watch, position }: Place): WatchRecord['messages'][number]['response'] =>
  (watch.messages[position] as WatchRecord['messages'][number]).response;

/** Has one message changed, of those that `fits`. */
function changing(
  change: (place: Place, specimen: Specimen) => ReturnType<Mutation>,
  fits: (place: Place) => boolean = () => true,
): Mutation {
  return (specimen, random) => {
    const place = pickOf(random, placesOf(specimen).filter(fits));
    return place && change(place, specimen);
  };
}

export const watchMutations: Readonly<Record<string, Mutation>> = {
  'an event is dropped': changing((place, specimen) => {
    const events = responseAt(place).events.slice(1);
    return specimen.withWatchResponse(place.watch, place.position, { events });
  }),
  'a message with events is lost': changing(({ watch, position }, specimen) =>
    specimen.withMessages(watch, watch.messages.toSpliced(position, 1)),
  ),
  'an event comes twice': changing((place, specimen) => {
    const { events } = responseAt(place);
    const [first] = events;
    if (first === undefined) return undefined;
    return specimen.withWatchResponse(place.watch, place.position, { events: [first, ...events] });
  }),
  'a message with events comes twice': changing(({ watch, position }, specimen) => {
    const message = watch.messages[position];
    if (message === undefined) return undefined;
    return specimen.withMessages(watch, watch.messages.toSpliced(position, 0, message));
  }),
  'events change places': changing(
    (place, specimen) => {
      const events = responseAt(place).events.toReversed();
      return specimen.withWatchResponse(place.watch, place.position, { events });
    },
    (place) => responseAt(place).events.length > 1,
  ),
  'two messages with events change places': (specimen, random) => {
    const several = specimen.watchesWithEvents.filter(({ positions }) => positions.length > 1);
    const chosen = pickOf(random, several);
    if (chosen === undefined) return undefined;
    const { watch, positions } = chosen;
    const [a, b] = random.shuffled(positions);
    if (a === undefined || b === undefined) return undefined;
    const messages = watch.messages.map((message, i) => {
      const other = i === a ? watch.messages[b] : i === b ? watch.messages[a] : undefined;
      return other === undefined ? message : { ...message, response: other.response };
    });
    return specimen.withMessages(watch, messages);
  },
  'an event has another value': changing((place, specimen) => {
    const [first, ...rest] = responseAt(place).events;
    if (first?.kv === undefined) return undefined;
    const kv = { ...first.kv, value: Uint8Array.of(...first.kv.value, 0) };
    const events = [{ ...first, kv }, ...rest];
    return specimen.withWatchResponse(place.watch, place.position, { events });
  }),
  'a deletion comes as a put': changing((place, specimen) => {
    const [first, ...rest] = responseAt(place).events;
    if (first === undefined) return undefined;
    const events = [{ ...first, type: 1 - first.type }, ...rest];
    return specimen.withWatchResponse(place.watch, place.position, { events });
  }),
  'progress overtakes events': changing(({ watch, position }, specimen) => {
    const message = watch.messages[position];
    if (message === undefined) return undefined;
    const progress = { ...message, response: { ...message.response, events: [], fragment: false } };
    return specimen.withMessages(watch, watch.messages.toSpliced(position, 0, progress));
  }),
  'a revision is torn': changing(
    ({ watch, position }, specimen) => {
      const message = watch.messages[position];
      if (message === undefined) return undefined;
      const { events } = message.response;
      const [front, back] = [events.slice(0, -1), events.slice(-1)].map((part) => ({
        ...message,
        response: { ...message.response, events: part, fragment: false },
      }));
      if (front === undefined || back === undefined) return undefined;
      return specimen.withMessages(watch, watch.messages.toSpliced(position, 1, front, back));
    },
    (place) => {
      const revisions = responseAt(place).events.map(({ kv }) => kv?.modRevision);
      return revisions.length > 1 && revisions.at(-1) === revisions.at(-2);
    },
  ),
};
