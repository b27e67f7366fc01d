/**
 * `@concord/lock/records`: lines and places as they lie in the cluster, for programs that stand in them with leases of
 * others or show them, such as the gateway.
 */
export { encodeClaim, decodeClaim, type Claim, type ClaimKind } from './line/claim.ts';
export { isStillOurs, Line, type JoinedPlace, type OwnPlace, type View } from './line/line.ts';
export { isElection, kindOfLine, type LineKind } from './line/line-kind.ts';
export { isPlaceKey, lineOf, linePrefix, placeKey, placeOf, type Place } from './line/place.ts';
export { lookAhead, untilTurn } from './line/turn-watch.ts';
export { divide, inTheWay } from './line/turn.ts';
export { checkName } from './options.ts';
