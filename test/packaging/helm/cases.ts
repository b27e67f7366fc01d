/** What the chart is rendered with: each case is kept as it came out, in `rendered/`, and looked at without Helm. */

export interface Case {
  /** Of its file in `rendered/`. */
  readonly name: string;
  readonly values: Readonly<Record<string, unknown>>;
  /** Rendered as an upgrade of a release that is there, with its hooks. */
  readonly isUpgrade?: boolean;
}

/** A random password would differ each time. */
const auth = { rbac: { rootPassword: 'a password' } };

export const CASES: readonly Case[] = [
  { name: 'default', values: { auth } },
  { name: 'upgrade-to-five', isUpgrade: true, values: { auth, replicaCount: 5 } },
  {
    name: 'snapshot',
    values: {
      auth,
      startFromSnapshot: { enabled: true, snapshotFilename: 'first.db' },
      disasterRecovery: { enabled: true },
    },
  },
  {
    name: 'without-auth',
    values: {
      replicaCount: 1,
      fullnameOverride: 'kv',
      auth: { rbac: { create: false } },
      gateway: { enabled: false },
      persistence: { enabled: false },
      networkPolicy: { enabled: false },
      pdb: { create: false },
      podAntiAffinityPreset: 'none',
      serviceAccount: { create: false },
      service: { type: 'NodePort', nodePorts: { client: 32379 } },
    },
  },
  {
    name: 'tls',
    isUpgrade: true,
    values: {
      auth: {
        rbac: { existingSecret: 'passwords', existingSecretPasswordKey: 'etcd-root' },
        token: { type: 'jwt', privateKey: { existingSecret: 'token-key' }, signMethod: 'ES256' },
        client: {
          secureTransport: true,
          existingSecret: 'client-certs',
          enableAuthentication: true,
        },
        peer: { secureTransport: true, existingSecret: 'peer-certs', enableAuthentication: true },
      },
      disasterRecovery: { enabled: true },
    },
  },
  {
    name: 'everything',
    values: {
      auth,
      global: {
        imageRegistry: 'registry.example.com',
        imagePullSecrets: ['pull'],
        defaultStorageClass: 'fast',
      },
      image: { digest: `sha256:${'0'.repeat(64)}`, pullSecrets: ['mine'] },
      commonLabels: { team: 'platform' },
      commonAnnotations: { example: 'yes' },
      extraFlags: ['--max-request-bytes=3145728'],
      extraEnvVars: [{ name: 'NODE_OPTIONS', value: '--max-old-space-size=512' }],
      extraEnvVarsCM: 'more',
      extraEnvVarsSecret: 'most',
      quotaBackendBytes: 8589934592,
      podAntiAffinityPreset: 'hard',
      nodeSelector: { disk: 'ssd' },
      tolerations: [{ key: 'dedicated', operator: 'Equal', value: 'kv', effect: 'NoSchedule' }],
      topologySpreadConstraints: [
        {
          maxSkew: 1,
          topologyKey: 'topology.kubernetes.io/zone',
          whenUnsatisfiable: 'ScheduleAnyway',
        },
      ],
      priorityClassName: 'high',
      schedulerName: 'mine',
      runtimeClassName: 'gvisor',
      hostAliases: [{ ip: '192.0.2.1', hostnames: ['old'] }],
      initContainers: [{ name: 'first', image: 'busybox:1', command: ['true'] }],
      sidecars: [{ name: 'beside', image: 'busybox:1', command: ['sleep', '9999'] }],
      extraVolumes: [{ name: 'more', emptyDir: {} }],
      extraVolumeMounts: [{ name: 'more', mountPath: '/more' }],
      podLabels: { pod: 'label' },
      podAnnotations: { pod: 'annotation' },
      service: {
        type: 'LoadBalancer',
        loadBalancerIP: '192.0.2.7',
        loadBalancerSourceRanges: ['192.0.2.0/24'],
        annotations: { balancer: 'internal' },
      },
      networkPolicy: { allowExternal: false, allowExternalEgress: false },
      persistence: { storageClass: '-', labels: { kind: 'data' }, annotations: { backup: 'yes' } },
      pdb: { minAvailable: '51%' },
      startFromSnapshot: { enabled: true, snapshotFilename: 'first.db' },
      disasterRecovery: {
        enabled: true,
        cronjob: { snapshotHistoryLimit: 3, resources: { limits: { memory: '256Mi' } } },
        pvc: { storageClassName: 'slow', accessModes: ['ReadWriteMany'] },
      },
      defrag: {
        enabled: true,
        cronjob: {
          schedule: '0 3 * * 0',
          startingDeadlineSeconds: 600,
          concurrencyPolicy: 'Replace',
          suspend: true,
          successfulJobsHistoryLimit: 2,
          failedJobsHistoryLimit: 3,
          labels: { kind: 'upkeep' },
          annotations: { job: 'annotation' },
          activeDeadlineSeconds: 3600,
          restartPolicy: 'Never',
          podLabels: { upkeep: 'defrag' },
          podAnnotations: { defrag: 'annotation' },
          nodeSelector: { disk: 'any' },
          tolerations: [{ operator: 'Exists' }],
          podSecurityContext: { fsGroup: 1000 },
          containerSecurityContext: {
            runAsUser: 1000,
            runAsNonRoot: true,
            readOnlyRootFilesystem: true,
            allowPrivilegeEscalation: false,
            capabilities: { drop: ['ALL'] },
          },
          serviceAccountName: 'upkeep',
          args: ['defrag', '--cluster', '--endpoints=http://elsewhere:2379'],
          resources: { limits: { memory: '128Mi' } },
          extraEnvVars: [{ name: 'NO_COLOR', value: '1' }],
          extraEnvVarsCM: 'more',
          extraEnvVarsSecret: 'most',
        },
      },
      gateway: {
        basePath: '/registry',
        trustedProxies: ['10.0.0.0/8'],
        ingress: {
          enabled: true,
          ingressClassName: 'nginx',
          path: '/registry',
          tls: [{ hosts: ['concord.local'], secretName: 'console' }],
        },
      },
      metrics: {
        serviceMonitor: { enabled: true, additionalLabels: { release: 'prometheus' } },
        podMonitor: { enabled: true },
        prometheusRule: {
          enabled: true,
          rules: [{ alert: 'Always', expr: 'vector(1)', labels: { severity: 'none' } }],
        },
        dashboard: { enabled: true },
      },
      extraDeploy: [
        {
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: { name: '{{ include "concord.fullname" . }}-more' },
        },
      ],
    },
  },
  { name: 'defrag', values: { auth, defrag: { enabled: true } } },
  { name: 'diagnostic', isUpgrade: true, values: { auth, diagnosticMode: { enabled: true } } },
  {
    name: 'auto-tls',
    values: {
      auth: { ...auth, client: { useAutoTLS: true }, peer: { useAutoTLS: true } },
      gateway: { enabled: false },
      initialClusterState: 'existing',
      customLivenessProbe: { exec: { command: ['concord', '--version'] } },
    },
  },
];

/** What the chart refuses, with what it says. */
export const REFUSED: readonly { readonly values: Case['values']; readonly says: RegExp }[] = [
  { values: { replicacount: 3 }, says: /replicacount/ },
  { values: { replicaCount: 0 }, says: /replicaCount/ },
  { values: { service: { type: 'Loadbalancer' } }, says: /service.*type/s },
  { values: { auth: { client: { secureTransport: true } } }, says: /auth\.client\.existingSecret/ },
  { values: { auth: { peer: { secureTransport: true } } }, says: /auth\.peer\.existingSecret/ },
  {
    values: { auth: { client: { enableAuthentication: true } } },
    says: /auth\.client\.secureTransport/,
  },
  { values: { auth: { token: { type: 'jwt' } } }, says: /auth\.token\.privateKey\.existingSecret/ },
  { values: { auth: { client: { useAutoTLS: true } } }, says: /gateway\.enabled=false/ },
  { values: { startFromSnapshot: { enabled: true } }, says: /snapshotFilename/ },
  {
    values: { diagnosticMode: { enabled: true, command: [] } },
    says: /diagnosticMode\.command/,
  },
  {
    values: {
      auth: { client: { useAutoTLS: true } },
      gateway: { enabled: false },
      defrag: { enabled: true },
    },
    says: /defrag\.enabled cannot ask them/,
  },
  { values: { defrag: { cronjob: { historyLimit: 1 } } }, says: /historyLimit/ },
  { values: { pdb: { minAvailable: 1, maxUnavailable: 1 } }, says: /not both/ },
];
