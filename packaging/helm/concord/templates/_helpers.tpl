{{/* Names, labels and addresses that several templates share. */}}

{{- define "concord.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{/* Pods are called <fullname>-0, jobs <fullname>-shrink-<revision>: 45 characters leave room within DNS's 63. */}}
{{- define "concord.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 45 | trimSuffix "-" -}}
{{- else if contains (include "concord.name" .) .Release.Name -}}
{{- .Release.Name | trunc 45 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name (include "concord.name" .) | trunc 45 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "concord.headless" -}}{{ include "concord.fullname" . }}-headless{{- end -}}
{{- define "concord.gateway" -}}{{ include "concord.fullname" . }}-gateway{{- end -}}

{{/* What a selector may hold: it cannot change later. Takes (dict "root" $ "component" "member"). */}}
{{- define "concord.selectorLabels" -}}
app.kubernetes.io/name: {{ include "concord.name" .root }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end -}}

{{- define "concord.labels" -}}
{{ include "concord.selectorLabels" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" }}
{{- with .root.Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* Takes (dict "root" $ "component" C "own" MAP): the head of everything that is made. */}}
{{- define "concord.annotations" -}}
{{- $all := merge (dict) (.own | default dict) .root.Values.commonAnnotations -}}
{{- with $all }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{- define "concord.image" -}}
{{- $registry := default .Values.image.registry .Values.global.imageRegistry -}}
{{- $name := printf "%s/%s" $registry .Values.image.repository -}}
{{- if .Values.image.digest -}}
{{ printf "%s@%s" $name .Values.image.digest }}
{{- else -}}
{{ printf "%s:%s" $name (default .Chart.AppVersion .Values.image.tag) }}
{{- end -}}
{{- end -}}

{{- define "concord.pullSecrets" -}}
{{- with concat .Values.global.imagePullSecrets .Values.image.pullSecrets | uniq }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- end -}}

{{- define "concord.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{ default (include "concord.fullname" .) .Values.serviceAccount.name }}
{{- else -}}
{{ default "default" .Values.serviceAccount.name }}
{{- end -}}
{{- end -}}

{{- define "concord.hasAuth" -}}
{{- if and .Values.auth.rbac.create (or .Values.auth.rbac.rootPassword .Values.auth.rbac.existingSecret (not .Values.auth.rbac.allowNoneAuthentication)) -}}true{{- end -}}
{{- end -}}
{{- define "concord.passwordSecret" -}}{{ default (include "concord.fullname" .) .Values.auth.rbac.existingSecret }}{{- end -}}
{{- define "concord.passwordKey" -}}{{ default "root-password" .Values.auth.rbac.existingSecretPasswordKey }}{{- end -}}

{{- define "concord.rootPasswordVariable" -}}
{{- if include "concord.hasAuth" . }}
- name: CONCORD_ROOT_PASSWORD
  valueFrom:
    secretKeyRef:
      name: {{ include "concord.passwordSecret" . }}
      key: {{ include "concord.passwordKey" . }}
{{- end }}
{{- end -}}

{{- define "concord.clientScheme" -}}
{{- if or .Values.auth.client.secureTransport .Values.auth.client.useAutoTLS -}}https{{- else -}}http{{- end -}}
{{- end -}}
{{- define "concord.peerScheme" -}}
{{- if or .Values.auth.peer.secureTransport .Values.auth.peer.useAutoTLS -}}https{{- else -}}http{{- end -}}
{{- end -}}

{{/* A pod's name within the headless service. Takes (dict "root" $ "pod" NAME). */}}
{{- define "concord.podHost" -}}
{{ .pod }}.{{ include "concord.headless" .root }}.{{ .root.Release.Namespace }}.svc.{{ .root.Values.clusterDomain }}
{{- end -}}

{{- define "concord.initialCluster" -}}
{{- $members := list -}}
{{- range $ordinal := until (int .Values.replicaCount) -}}
{{- $pod := printf "%s-%d" (include "concord.fullname" $) $ordinal -}}
{{- $host := include "concord.podHost" (dict "root" $ "pod" $pod) -}}
{{- $members = append $members (printf "%s=%s://%s:%d" $pod (include "concord.peerScheme" $) $host (int $.Values.containerPorts.peer)) -}}
{{- end -}}
{{- join "," $members -}}
{{- end -}}

{{/* Each member by its own name: certificates name pods, and a client goes on to the next by itself. */}}
{{- define "concord.endpoints" -}}
{{- $urls := list -}}
{{- range $ordinal := until (int .Values.replicaCount) -}}
{{- $pod := printf "%s-%d" (include "concord.fullname" $) $ordinal -}}
{{- $host := include "concord.podHost" (dict "root" $ "pod" $pod) -}}
{{- $urls = append $urls (printf "%s://%s:%d" (include "concord.clientScheme" $) $host (int $.Values.containerPorts.client)) -}}
{{- end -}}
{{- join "," $urls -}}
{{- end -}}

{{- define "concord.containerSecurityContext" -}}
{{- if .Values.containerSecurityContext.enabled }}
securityContext:
  {{- omit .Values.containerSecurityContext "enabled" | toYaml | nindent 2 }}
{{- end }}
{{- end -}}

{{- define "concord.podSecurityContext" -}}
{{- if .Values.podSecurityContext.enabled }}
securityContext:
  {{- omit .Values.podSecurityContext "enabled" | toYaml | nindent 2 }}
{{- end }}
{{- end -}}

{{/* Where certificates are mounted, in all containers alike. */}}
{{- define "concord.clientTlsMount" -}}
{{- if .Values.auth.client.secureTransport }}
- name: client-tls
  mountPath: /etc/concord/tls/client
  readOnly: true
{{- end }}
{{- end -}}
{{- define "concord.clientTlsVolume" -}}
{{- if .Values.auth.client.secureTransport }}
- name: client-tls
  secret:
    secretName: {{ .Values.auth.client.existingSecret }}
    defaultMode: 0440
{{- end }}
{{- end -}}
{{- define "concord.clientTlsFlags" -}}
{{- if .Values.auth.client.secureTransport }}
- --cacert=/etc/concord/tls/client/{{ .Values.auth.client.caFilename }}
{{- if .Values.auth.client.enableAuthentication }}
- --cert=/etc/concord/tls/client/{{ .Values.auth.client.certFilename }}
- --key=/etc/concord/tls/client/{{ .Values.auth.client.certKeyFilename }}
{{- end }}
{{- end }}
{{- end -}}

{{- define "concord.probe" -}}
httpGet:
  path: {{ .path }}
  port: {{ .port }}
{{ omit .probe "enabled" | toYaml }}
{{- end -}}

{{/* Whether no member runs, now or from this upgrade on: diagnosticMode is on, or was until now. */}}
{{- define "concord.isIdle" -}}
{{- $set := lookup "apps/v1" "StatefulSet" .Release.Namespace (include "concord.fullname" .) | default dict -}}
{{- if or .Values.diagnosticMode.enabled (eq (dig "metadata" "annotations" "concord/diagnostic-mode" "" $set) "true") -}}true{{- end -}}
{{- end -}}

{{/* What cannot be together, or is missing: said before anything is made. */}}
{{- define "concord.validate" -}}
{{- if and .Values.auth.client.secureTransport (not .Values.auth.client.useAutoTLS) (not .Values.auth.client.existingSecret) -}}
{{- fail "auth.client.secureTransport: name a secret with certificates in auth.client.existingSecret, or set auth.client.useAutoTLS instead" -}}
{{- end -}}
{{- if and .Values.auth.client.secureTransport .Values.auth.client.useAutoTLS -}}
{{- fail "auth.client: secureTransport takes certificates from a secret and useAutoTLS makes them; set one of the two" -}}
{{- end -}}
{{- if and .Values.auth.peer.secureTransport .Values.auth.peer.useAutoTLS -}}
{{- fail "auth.peer: secureTransport takes certificates from a secret and useAutoTLS makes them; set one of the two" -}}
{{- end -}}
{{- if and .Values.auth.peer.secureTransport (not .Values.auth.peer.existingSecret) -}}
{{- fail "auth.peer.secureTransport: name a secret with certificates in auth.peer.existingSecret, or set auth.peer.useAutoTLS instead" -}}
{{- end -}}
{{- if and .Values.auth.client.enableAuthentication (not .Values.auth.client.secureTransport) -}}
{{- fail "auth.client.enableAuthentication: clients can show certificates only to auth.client.secureTransport" -}}
{{- end -}}
{{- if and .Values.auth.peer.enableAuthentication (not .Values.auth.peer.secureTransport) -}}
{{- fail "auth.peer.enableAuthentication: members can show certificates only with auth.peer.secureTransport" -}}
{{- end -}}
{{- if and .Values.auth.token.enabled (eq .Values.auth.token.type "jwt") (not .Values.auth.token.privateKey.existingSecret) -}}
{{- fail "auth.token.type=jwt: name a secret with the key that signs in auth.token.privateKey.existingSecret" -}}
{{- end -}}
{{- if and .Values.gateway.enabled .Values.auth.client.useAutoTLS -}}
{{- fail "auth.client.useAutoTLS: the gateway cannot check certificates that members make for themselves; use auth.client.secureTransport, or gateway.enabled=false" -}}
{{- end -}}
{{- if and .Values.disasterRecovery.enabled .Values.auth.client.useAutoTLS -}}
{{- fail "auth.client.useAutoTLS: snapshots cannot be saved from members whose certificates nobody vouches for; use auth.client.secureTransport" -}}
{{- end -}}
{{- if and .Values.defrag.enabled .Values.auth.client.useAutoTLS (not .Values.defrag.cronjob.command) -}}
{{- fail "auth.client.useAutoTLS: root's password is not sent to members whose certificates nobody vouches for, so the job of defrag.enabled cannot ask them; use auth.client.secureTransport" -}}
{{- end -}}
{{- if and .Values.startFromSnapshot.enabled (not .Values.startFromSnapshot.snapshotFilename) -}}
{{- fail "startFromSnapshot.enabled: name the file in startFromSnapshot.snapshotFilename" -}}
{{- end -}}
{{- if and .Values.startFromSnapshot.enabled (not .Values.startFromSnapshot.existingClaim) (not .Values.disasterRecovery.enabled) -}}
{{- fail "startFromSnapshot.enabled: name the claim in startFromSnapshot.existingClaim" -}}
{{- end -}}
{{- $set := lookup "apps/v1" "StatefulSet" .Release.Namespace (include "concord.fullname" .) | default dict -}}
{{- if and (include "concord.isIdle" .) (gt (int (dig "spec" "replicas" 0 $set)) (int .Values.replicaCount)) -}}
{{- fail "diagnosticMode: members that do not run cannot leave the cluster; keep replicaCount, and make it smaller when they run again" -}}
{{- end -}}
{{- if and .Values.diagnosticMode.enabled (not .Values.diagnosticMode.command) -}}
{{- fail "diagnosticMode.enabled: say in diagnosticMode.command what pods run instead of a member" -}}
{{- end -}}
{{- if and .Values.pdb.minAvailable .Values.pdb.maxUnavailable -}}
{{- fail "pdb: set minAvailable or maxUnavailable, not both" -}}
{{- end -}}
{{- end -}}

{{/* "-" is a class of its own: none. */}}
{{- define "concord.storageClass" -}}
{{- if eq . "-" }}
storageClassName: ""
{{- else if . }}
storageClassName: {{ . }}
{{- end }}
{{- end -}}

{{- define "concord.snapshotClaim" -}}
{{ default (printf "%s-snapshots" (include "concord.fullname" .)) .Values.disasterRecovery.pvc.existingClaim }}
{{- end -}}
