/** One examination: everything is looked at once, and each check judges what it is about. */
import type { Surveyable } from '../survey/take-survey.ts';
import { askEndpoints, knownMembers } from '../survey/endpoints.ts';
import { takeSurvey } from '../survey/take-survey.ts';
import type { Survey } from '../survey/survey.ts';
import { judgeAlarms } from './checks/alarms.ts';
import { judgeArchives } from './checks/archives.ts';
import { judgeCertificates } from './checks/certificates.ts';
import { judgeClocks } from './checks/clocks.ts';
import { judgeCompaction } from './checks/compaction.ts';
import { judgeDirectories } from './checks/data-directory.ts';
import { judgeDatabase } from './checks/database.ts';
import { judgeDisks } from './checks/disks.ts';
import { judgeEndpoints } from './checks/endpoints.ts';
import { judgeMembers } from './checks/members.ts';
import { judgeRaftLag } from './checks/raft-lag.ts';
import { judgeVersions } from './checks/versions.ts';
import {
  collectCertificates,
  type CertificateFiles,
  type TlsPlace,
} from './collect/certificates.ts';
import { collectDirectories } from './collect/directories.ts';
import { skipped, type Verdict } from './finding.ts';

/** What is there to examine, and with what. */
export interface Patient {
  /** Of the command line, as they were given. */
  readonly endpoints: readonly string[];
  readonly cluster: Surveyable;
  readonly files: CertificateFiles;
  readonly dataDirectories: readonly string[];
  readonly readFile: (path: string) => Promise<Uint8Array>;
  readonly answerMs: number;
  readonly signal: AbortSignal;
}

export interface CheckReport {
  readonly check: string;
  readonly verdict: Verdict;
}

export async function examine(patient: Patient): Promise<readonly CheckReport[]> {
  const { cluster, answerMs, signal, dataDirectories, files, readFile } = patient;
  const [endpoints, directories] = await Promise.all([
    askEndpoints(cluster, patient.endpoints, { answerMs, signal }),
    collectDirectories(dataDirectories),
  ]);
  const known = knownMembers(cluster, endpoints);
  const survey = await takeSurvey(cluster, { answerMs, signal, known }).catch(() => undefined);
  const places = tlsPlaces(
    patient.endpoints.map((one) => cluster.urlOf(one)),
    survey,
  );
  const certificates = await collectCertificates(places, cluster.tls, files, readFile);
  const ofSurvey = (judge: (survey: Survey) => Verdict): Verdict =>
    survey === undefined ? skipped('no endpoint could say who the members are') : judge(survey);
  return [
    { check: 'endpoints', verdict: judgeEndpoints(endpoints, survey) },
    { check: 'members', verdict: ofSurvey(judgeMembers) },
    { check: 'raft', verdict: ofSurvey(judgeRaftLag) },
    { check: 'alarms', verdict: ofSurvey(judgeAlarms) },
    { check: 'database', verdict: ofSurvey(judgeDatabase) },
    { check: 'compaction', verdict: ofSurvey(judgeCompaction) },
    { check: 'versions', verdict: ofSurvey(judgeVersions) },
    { check: 'clocks', verdict: ofSurvey(judgeClocks) },
    { check: 'disks', verdict: ofSurvey(judgeDisks) },
    { check: 'archives', verdict: ofSurvey(judgeArchives) },
    { check: 'certificates', verdict: judgeCertificates(certificates, Date.now()) },
    { check: 'data directories', verdict: judgeDirectories(directories, survey) },
  ];
}

/** Each once: where members listen for clients and for each other, and the endpoints as they were given. */
function tlsPlaces(endpoints: readonly string[], survey: Survey | undefined): readonly TlsPlace[] {
  const members = survey?.members ?? [];
  const clients = [...endpoints, ...members.flatMap(({ member }) => member.clientUrls)];
  const peers = members.flatMap(({ member }) => member.peerUrls);
  const isTls = (url: string): boolean => url.startsWith('https://');
  return [
    ...[...new Set(clients.filter(isTls))].map((url) => ({ url, use: 'client URL' as const })),
    ...[...new Set(peers.filter(isTls))].map((url) => ({ url, use: 'peer URL' as const })),
  ];
}
