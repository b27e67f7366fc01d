/** Made from the gateway's OpenAPI document: npm run schema -w @concord/console. */
export interface paths {
  '/v1/keys': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Keys under a prefix, as the store has them now or had them */
    get: operations['listKeys'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/key-folders': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What lies directly below a prefix, parted by a delimiter */
    get: operations['listKeyFolders'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/keys/watch': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Follows the changes of keys as server-sent events
     * @description `change` with `put` (entries) and `deleted` (keys); `resync` where what came between is gone: read again. The id of an event is its revision, and `Last-Event-ID` goes on behind it.
     */
    get: operations['watchKeys'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/keys/{key}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One key, now or at an earlier revision */
    get: operations['getKey'];
    /** Writes a key, on the condition of If-Match or If-None-Match if given */
    put: operations['putKey'];
    post?: never;
    /** Deletes a key, on the condition of If-Match if given */
    delete: operations['deleteKey'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/keys/{key}/history': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The latest values of a key, as far as compaction has left them */
    get: operations['getKeyHistory'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/leases': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Leases, with what goes with each */
    get: operations['listLeases'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/leases/{lease}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One lease */
    get: operations['getLease'];
    put?: never;
    post?: never;
    /** Ends a lease, and deletes every key that goes with it */
    delete: operations['revokeLease'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/configs/{namespace}/export': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The live contents of a namespace as one document, JSON or YAML; secrets stay sealed */
    get: operations['exportConfigs'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/configs/{namespace}/import': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Releases what differs of a bundle
     * @description Up to 32 items that differ are released at one revision, or not at all. More take several such transactions, one after the other; where one fails, the problem says `partly-applied` and what became of each item. Repeating it goes on with what is left: what is there already is unchanged.
     */
    post: operations['importConfigs'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/configs/{namespace}/search': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Items whose content holds a text; secrets are not looked into */
    get: operations['searchConfigs'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/configs': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The namespaces that the caller may read */
    get: operations['listConfigNamespaces'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/configs/{namespace}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The items of a namespace, without their contents */
    get: operations['listConfigs'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/configs/{namespace}/watch': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Follows the items of a namespace: server-sent events, or a WebSocket
     * @description First `snapshot` with all items, as the list shows them, then `change` with `put` (items) and `deleted` (paths); `resync` is a snapshot again. The id of an event is the revision of the cluster: `Last-Event-ID` (or `?lastEventId=`) goes on from there, at any gateway.
     */
    get: operations['watchConfigs'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/configs/{namespace}/{path}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** An item as it is live: its release, or the plain key of that name while there is none */
    get: operations['getConfig'];
    /** Releases content to everybody, on the condition of If-Match if given */
    put: operations['putConfig'];
    post?: never;
    /** Takes an item away; its history stays, and clients do as they have chosen */
    delete: operations['deleteConfig'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/configs/{namespace}/{path}/history': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The releases of an item, the newest first */
    get: operations['listConfigHistory'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/configs/{namespace}/{path}/rollback': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Releases the content of an earlier release once more, under a new number */
    post: operations['rollbackConfig'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/configs/{namespace}/{path}/diff': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What differs between two releases, or between what is live and the draft */
    get: operations['diffConfig'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/configs/{namespace}/{path}/watch': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Follows an item: server-sent events, or a WebSocket
     * @description First `snapshot` with the item (none where there is neither a release nor a plain key), then `change` with what it is now, or its path among `deleted`; `resync` is a snapshot again. The id of an event is the revision of the cluster: `Last-Event-ID` (or `?lastEventId=`) goes on from there, at any gateway.
     */
    get: operations['watchConfig'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/configs/{namespace}/{path}/draft': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What somebody works on, apart from what is live */
    get: operations['getConfigDraft'];
    /** Begins a draft, or goes on with it; nobody but its readers sees it */
    put: operations['putConfigDraft'];
    post?: never;
    /** Throws a draft away */
    delete: operations['deleteConfigDraft'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/configs/{namespace}/{path}/validate': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Judges content, or the draft: by its format, and by what each running version declares */
    post: operations['validateConfig'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/configs/{namespace}/{path}/release': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Releases the draft, or content, to everybody: a conflict when something else was released since the draft began */
    post: operations['releaseConfig'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/configs/{namespace}/release': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Releases several items, or drafts, in one: everybody sees all of them at one revision */
    post: operations['releaseConfigs'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/configs/{namespace}/{path}/schemas': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The JSON Schemas that versions of programs declare of the item */
    get: operations['listConfigSchemas'];
    put?: never;
    post?: never;
    /** Forgets what a version has declared; it declares it again when it next starts */
    delete: operations['deleteConfigSchema'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/configs/{namespace}/{path}/acknowledgements': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What each client made of the release meant for it; rejections first */
    get: operations['listConfigAcknowledgements'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/configs/{namespace}/{path}/effective': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What a client sees: the value, its layer and track, and why */
    get: operations['getEffectiveConfig'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/configs/{namespace}/{path}/rollout': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The rollout of an item: how far it is, and what its clients made of it */
    get: operations['getConfigRollout'];
    put?: never;
    /**
     * Releases content, or the draft, to the clients of the first step
     * @description A gateway watches over it and goes on, or halts; when it goes away another one takes over. The first rejection halts it unless `rejectedOver` allows some.
     */
    post: operations['startConfigRollout'];
    /** Aborts a rollout: the gray track goes, and its clients go back */
    delete: operations['abortConfigRollout'];
    options?: never;
    head?: never;
    /** Pauses a rollout, goes on with it, takes the next step, or ends it for everybody */
    patch: operations['changeConfigRollout'];
    trace?: never;
  };
  '/v1/locks': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The locks that somebody holds or waits for, of the SDK, of Go’s concurrency, of etcdctl */
    get: operations['listLocks'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/locks/watch': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Follows the locks: server-sent events, or a WebSocket
     * @description First `snapshot` with all items, then `change` with `put` (items) and `deleted` (names); `resync` is a snapshot again. The id of an event is the revision of the cluster: `Last-Event-ID` (or `?lastEventId=`) goes on from there, at any gateway.
     */
    get: operations['watchLocks'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/locks/{name}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One lock: its holders, with their tokens and time left, and the queue */
    get: operations['getLock'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/locks/{name}/acquire': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Takes a lock with a session, and waits for its turn if asked to; repeated, it answers the same token */
    post: operations['acquireLock'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/locks/{name}/release': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Gives up what a session holds of a lock, or its place in the queue */
    post: operations['releaseLock'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/locks/{name}/holders/{lease}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /**
     * Takes a lock, or a place in its queue, away from somebody: whoever follows has its turn
     * @description The one who had it learns of it at once if it uses the SDK, and may still work: its token is no longer valid, and stores that check tokens refuse it.
     */
    delete: operations['forceReleaseLock'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/elections': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The elections that somebody stands in and proclaims something */
    get: operations['listElections'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/elections/watch': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Follows the elections: server-sent events, or a WebSocket
     * @description First `snapshot` with all items, then `change` with `put` (items) and `deleted` (names); `resync` is a snapshot again. The id of an event is the revision of the cluster: `Last-Event-ID` (or `?lastEventId=`) goes on from there, at any gateway.
     */
    get: operations['watchElections'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/elections/{name}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One election: who leads, what it proclaims, and who stands behind */
    get: operations['getElection'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/elections/{name}/campaign': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Stands for the leadership with a session, and waits for it if asked to */
    post: operations['campaignInElection'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/elections/{name}/proclaim': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Another value for observers, from the leader */
    post: operations['proclaimAsLeader'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/elections/{name}/resign': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Gives up the leadership, or the candidacy */
    post: operations['resignFromElection'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/elections/{name}/watch': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Follows one election: who leads, and what it proclaims
     * @description As the watch of all elections, with no item while nobody stands.
     */
    get: operations['observeElection'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/sessions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Opens a session to stand in lines with */
    post: operations['openSession'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/sessions/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A session of the caller, with its places in lines */
    get: operations['getSessionOfLocks'];
    put?: never;
    post?: never;
    /** Ends a session, and gives up everything that it holds or waits for */
    delete: operations['closeSession'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/sessions/{id}/keep-alive': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** A sign of life: the session lives for its whole span again */
    post: operations['keepSessionAlive'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/cluster/members': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The members of the cluster */
    get: operations['listMembers'];
    put?: never;
    /** Adds a member; it is started with what is answered */
    post: operations['addMember'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/cluster/members/{member}/promote': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Gives a learner that has caught up its vote */
    post: operations['promoteMember'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/cluster/members/{member}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** Tells the cluster where a member is now */
    put: operations['updateMember'];
    post?: never;
    /** Removes a member for good; its data are not taken back */
    delete: operations['removeMember'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/cluster/leader': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Hands leadership to a member */
    post: operations['moveLeader'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/cluster/status': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** How each member is doing, asked now */
    get: operations['getClusterStatus'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/cluster/samples': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Rates and latencies of the last ten minutes */
    get: operations['listSamples'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/cluster/watch': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Follows the state of the cluster as server-sent events
     * @description `status` every two seconds: `{ status, sample }`, as the operations beside this answer them.
     */
    get: operations['watchCluster'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/cluster/alarms': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What keeps the cluster from working as it should */
    get: operations['listAlarms'];
    put?: never;
    post?: never;
    /** Takes alarms back, once their cause is gone */
    delete: operations['disarmAlarms'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/cluster/snapshot': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A backup of the whole store, as etcdctl snapshot save makes it */
    get: operations['downloadSnapshot'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/cluster/compact': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Gives up the history before a revision */
    post: operations['compactHistory'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/cluster/defragment': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Gives a member's free pages back to its disk; it may pause meanwhile */
    post: operations['defragmentMember'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/health/live': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Whether this process works: restart it when it does not */
    get: operations['checkLive'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/health/ready': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Whether to send requests here; says of the cluster how it is */
    get: operations['checkReady'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/metrics': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What the gateway counts about itself */
    get: operations['getMetrics'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/revisions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The revision that the store had at a moment, to the minute or better */
    get: operations['findRevision'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/services': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The services that have instances, and how many in which state */
    get: operations['listServices'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/services/watch': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Follows the services: server-sent events, or a WebSocket
     * @description First `snapshot` with all items, then `change` with `put` (items) and `deleted` (names); `resync` is a snapshot again.
     */
    get: operations['watchServices'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/services/{service}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A service in numbers */
    get: operations['getService'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/services/{service}/watch': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Follows the instances of a service: server-sent events, or a WebSocket
     * @description First `snapshot` with all items, then `change` with `put` (items) and `deleted` (ids); `resync` is a snapshot again. The id of an event is the revision of the cluster: `Last-Event-ID` (or `?lastEventId=`) goes on from there, at any gateway.
     */
    get: operations['watchService'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/services/{service}/pick': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Picks an instance as the SDK would, or simulates many picks */
    get: operations['pickInstance'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/services/{service}/explain': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** For every instance, why it can or cannot be picked, and its share */
    get: operations['explainPick'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/services/{service}/consumers': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Who discovers the service, and up to which revision each has seen it */
    get: operations['listConsumers'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/services/{service}/hold': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Ends a protection hold of consumers, or makes it longer
     * @description Consumers by the SDK hold on to instances that expired together. `release` tells them to let go of those; `extend` to go on.
     */
    post: operations['decideHold'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/services/{service}/timeline': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What happened to the instances lately, the newest first */
    get: operations['getServiceTimeline'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/services/{service}/instances': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The instances of a service; with `index`, when they have changed; with `revision`, as they were
     * @description A service that has none is an empty list: it may have some later.
     */
    get: operations['listInstances'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/services/{service}/instances/{instance}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One instance */
    get: operations['getInstance'];
    /**
     * Registers an instance, or writes it anew
     * @description It lives as long as it sends heartbeats within its `ttl`. Repeating the request at the same address does no harm: it is a heartbeat as well. An id that is taken at another address is 409, unless `replace` or its ETag says that it is meant.
     */
    put: operations['registerInstance'];
    post?: never;
    /**
     * Deregisters an instance: it is marked as draining, then deleted
     * @description `drain=wait` waits in between until no consumer picks it any more.
     */
    delete: operations['deregisterInstance'];
    options?: never;
    head?: never;
    /**
     * Changes the weight, labels, state, zone or metadata of an instance
     * @description What it says of itself: its owner may say otherwise later. A decision that is to last is an override.
     */
    patch: operations['updateInstance'];
    trace?: never;
  };
  '/v1/services/{service}/instances/{instance}/heartbeat': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Keeps an instance registered for another `ttl`
     * @description 404 says that it is not registered any more: it has to register anew.
     */
    post: operations['sendHeartbeat'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/services/{service}/instances/{instance}/drain': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Marks an instance as draining, and waits until no consumer picks it any more
     * @description It stays listed until it is deregistered or its lease runs out.
     */
    post: operations['drainInstance'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/services/{service}/instances/{instance}/override': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What an operator has decided about an instance, in force or not */
    get: operations['getOverride'];
    /**
     * Decides on the weight or state of an instance, over what it says of itself
     * @description With who and why, until a moment if given, for the present life of the instance unless told otherwise.
     */
    put: operations['overrideInstance'];
    post?: never;
    /** Ends an override: what the instance says of itself counts again */
    delete: operations['removeOverride'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/services/{service}/instances/{instance}/health-check': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** How an instance is checked, and what was found */
    get: operations['getHealthCheck'];
    /**
     * Has an instance checked, by HTTP, TCP, gRPC or for heartbeats
     * @description A gateway keeps it registered, asks it every `interval`, and sets its state: `serving`, or `starting` while it is unhealthy. Addresses that are not public have to be allowed by `--health-check-networks`.
     */
    put: operations['putHealthCheck'];
    post?: never;
    /** Ends the checks: the instance has to send heartbeats itself */
    delete: operations['removeHealthCheck'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/http-sd': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Targets for Prometheus: every instance that may be read, whatever its state
     * @description Labels are `__meta_concord_service`, `_id`, `_zone`, `_state`, `_weight` and `_label_{name}`. While nothing is known the answer is 503, at which Prometheus keeps the targets that it has; while the cluster is away, what was last known.
     */
    get: operations['listScrapeTargets'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/session': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Who asks, and how one signs in here */
    get: operations['getSession'];
    put?: never;
    /** Sign in with a user and password of the cluster */
    post: operations['createSession'];
    /** Sign out, on every gateway */
    delete: operations['deleteSession'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/set-up': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Make the first administrator, and turn authentication on
     * @description Once, with the one-time token that the log of a gateway shows.
     */
    post: operations['setUp'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/session/permission': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Whether the caller may read or write a key, or all or any keys below a prefix
     * @description For pages that show what one may not do as such. Everything is decided again when it is done.
     */
    get: operations['checkPermission'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tokens': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** API tokens: those of the caller, for administrators all */
    get: operations['listTokens'];
    put?: never;
    /**
     * A new API token of the caller
     * @description It may do what its scope says, and never more than its owner may at that moment.
     */
    post: operations['createToken'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tokens/{token}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Revoke a token, at once and on every gateway */
    delete: operations['deleteToken'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/session/oidc/start': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Sends the browser to the OpenID Connect provider */
    get: operations['startOidc'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/users': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The users of the cluster */
    get: operations['listUsers'];
    put?: never;
    /** A new user */
    post: operations['createUser'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/users/{user}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A user, and the roles of theirs: oneself, or for administrators anybody */
    get: operations['getUser'];
    put?: never;
    post?: never;
    /** Delete a user; sessions and tokens of theirs end */
    delete: operations['deleteUser'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/users/{user}/password': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** Another password; sessions that the user has end */
    put: operations['changePassword'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/users/{user}/roles/{role}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** Give a user a role */
    put: operations['grantRole'];
    post?: never;
    /** Take a role from a user; it counts within seconds, for open streams too */
    delete: operations['revokeRole'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/roles': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The roles of the cluster */
    get: operations['listRoles'];
    put?: never;
    /** A new role, which may do nothing yet */
    post: operations['createRole'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/roles/{role}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What a role may do */
    get: operations['getRole'];
    put?: never;
    post?: never;
    /** Delete a role, and take it from all users */
    delete: operations['deleteRole'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/roles/{role}/permissions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** Allow a role something; the same range again takes the new access */
    put: operations['grantPermission'];
    post?: never;
    /** Take a permission back; the range as it was given */
    delete: operations['revokePermission'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/audit': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What was done, newest first */
    get: operations['listAudit'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/audit/export': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What was done, oldest first, as a file */
    get: operations['exportAudit'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/audit/watch': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What is done, as it happens: server-sent events */
    get: operations['watchAudit'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/watches': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Who follows what at this gateway, and how far behind they are */
    get: operations['listWatches'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: never;
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  listKeys: {
    parameters: {
      query?: {
        /** @description at most so many items */
        limit?: number;
        /** @description `nextCursor` of the page before */
        cursor?: string;
        /** @description of the keys */
        prefix?: string;
        /** @description a part of the key */
        search?: string;
        /** @description as the store was then; not before its compaction */
        revision?: number;
        keysOnly?: string;
        valueBytesMax?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: {
              /** @description as text; lossless only together with `keyBase64`, where that is there */
              key: string;
              /** @description of a key that is no UTF-8 */
              keyBase64?: string;
              /** @description not there with `keysOnly` */
              value?:
                | {
                    text: string;
                  }
                | {
                    /** Format: base64 */
                    base64: string;
                  };
              valueBytes?: number;
              /** @description the value goes on: read the key itself */
              isTruncated?: boolean;
              /** @description a secret of the gateway, shown to nobody */
              isProtected?: boolean;
              createRevision: number;
              modRevision: number;
              /** @description writes since it was created */
              version: number;
              /** @description hexadecimal */
              lease?: string;
            }[];
            /** @description of the cluster, when it was read */
            revision: number;
            /** @description there is more: ask again with it */
            nextCursor?: string;
            /** @description keys under the prefix, on the first page without `search` */
            count?: number;
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  listKeyFolders: {
    parameters: {
      query?: {
        /** @description at most so many items */
        limit?: number;
        /** @description `nextCursor` of the page before */
        cursor?: string;
        prefix?: string;
        delimiter?: string;
        revision?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: {
              /** @description after the prefix, with the delimiter where it is a folder */
              name: string;
              /** @description the whole of it, to ask again with */
              prefix: string;
              isFolder: boolean;
              /** @description keys in it */
              count: number;
            }[];
            /** @description of the cluster, when it was read */
            revision: number;
            /** @description there is more: ask again with it */
            nextCursor?: string;
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  watchKeys: {
    parameters: {
      query?: {
        prefix?: string;
        /** @description the first revision to tell of; from now on when not given */
        from?: number;
        valueBytesMax?: number;
        /** @description as the header Last-Event-ID */
        lastEventId?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  getKey: {
    parameters: {
      query?: {
        /** @description how the path spells the key: base64url for one that is no UTF-8 */
        encoding?: 'text' | 'base64url';
        revision?: number;
      };
      header?: never;
      path: {
        /** @description percent-encoded */
        key: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description as text; lossless only together with `keyBase64`, where that is there */
            key: string;
            /** @description of a key that is no UTF-8 */
            keyBase64?: string;
            /** @description not there with `keysOnly` */
            value?:
              | {
                  text: string;
                }
              | {
                  /** Format: base64 */
                  base64: string;
                };
            valueBytes?: number;
            /** @description the value goes on: read the key itself */
            isTruncated?: boolean;
            /** @description a secret of the gateway, shown to nobody */
            isProtected?: boolean;
            createRevision: number;
            modRevision: number;
            /** @description writes since it was created */
            version: number;
            /** @description hexadecimal */
            lease?: string;
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  putKey: {
    parameters: {
      query?: {
        /** @description how the path spells the key: base64url for one that is no UTF-8 */
        encoding?: 'text' | 'base64url';
      };
      header?: never;
      path: {
        /** @description percent-encoded */
        key: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          value:
            | {
                text: string;
              }
            | {
                /** Format: base64 */
                base64: string;
              };
          /** @description it goes with this lease */
          lease?: string;
        };
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            revision: number;
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  deleteKey: {
    parameters: {
      query?: {
        /** @description how the path spells the key: base64url for one that is no UTF-8 */
        encoding?: 'text' | 'base64url';
      };
      header?: never;
      path: {
        /** @description percent-encoded */
        key: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            revision: number;
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  getKeyHistory: {
    parameters: {
      query?: {
        /** @description how the path spells the key: base64url for one that is no UTF-8 */
        encoding?: 'text' | 'base64url';
        limit?: number;
      };
      header?: never;
      path: {
        /** @description percent-encoded */
        key: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description newest first */
            items: {
              /** @description as text; lossless only together with `keyBase64`, where that is there */
              key: string;
              /** @description of a key that is no UTF-8 */
              keyBase64?: string;
              /** @description not there with `keysOnly` */
              value?:
                | {
                    text: string;
                  }
                | {
                    /** Format: base64 */
                    base64: string;
                  };
              valueBytes?: number;
              /** @description the value goes on: read the key itself */
              isTruncated?: boolean;
              /** @description a secret of the gateway, shown to nobody */
              isProtected?: boolean;
              createRevision: number;
              modRevision: number;
              /** @description writes since it was created */
              version: number;
              /** @description hexadecimal */
              lease?: string;
            }[];
            /** @description back to its creation; else a compaction took the rest */
            isComplete: boolean;
            revision: number;
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  listLeases: {
    parameters: {
      query?: {
        /** @description at most so many items */
        limit?: number;
        /** @description `nextCursor` of the page before */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: {
              /** @description hexadecimal */
              id: string;
              /** @description as granted */
              ttlMs: number;
              remainingMs: number;
              /** @description that go with it: the first hundred */
              keys: string[];
              keyCount: number;
            }[];
            /** @description there is more: ask again with it */
            nextCursor?: string;
            count: number;
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  getLease: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        lease: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description hexadecimal */
            id: string;
            /** @description as granted */
            ttlMs: number;
            remainingMs: number;
            /** @description that go with it: the first hundred */
            keys: string[];
            keyCount: number;
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  revokeLease: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        lease: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            id: string;
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  exportConfigs: {
    parameters: {
      query?: {
        format?: 'json' | 'yaml';
        /** @description of the paths */
        prefix?: string;
      };
      header?: never;
      path: {
        /** @description letters, digits, dots, underscores and dashes */
        namespace: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @enum {string} */
            kind: 'concord.config/v1';
            namespace?: string;
            /** @description of the cluster that it was taken from */
            revision?: number;
            items: {
              path: string;
              /** @enum {string} */
              format: 'json' | 'yaml' | 'toml' | 'text';
              /** @description the document; of a secret what is sealed, good for this item and namespace alone */
              content:
                | string
                | {
                    /** @enum {string} */
                    sealed: 'A256GCM';
                    key: string;
                    iv: string;
                    tag: string;
                    data: string;
                  };
              comment?: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  importConfigs: {
    parameters: {
      query?: {
        /** @description says what would be done, and does nothing */
        dryRun?: 'true' | 'false';
      };
      header?: never;
      path: {
        /** @description letters, digits, dots, underscores and dashes */
        namespace: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json':
          | {
              /** @enum {string} */
              kind: 'concord.config/v1';
              namespace?: string;
              /** @description of the cluster that it was taken from */
              revision?: number;
              items: {
                path: string;
                /** @enum {string} */
                format: 'json' | 'yaml' | 'toml' | 'text';
                /** @description the document; of a secret what is sealed, good for this item and namespace alone */
                content:
                  | string
                  | {
                      /** @enum {string} */
                      sealed: 'A256GCM';
                      key: string;
                      iv: string;
                      tag: string;
                      data: string;
                    };
                comment?: string;
              }[];
              /** @description why: kept in the history */
              reason?: string;
            }
          | {
              /** @description a bundle in YAML, as an export writes it */
              yaml: string;
              /** @description why: kept in the history */
              reason?: string;
            };
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description false: a dry run */
            isDone: boolean;
            /** @description how many it takes: what differs is released at one revision with one (up to 32 items), and part by part, in order, with more */
            transactions: number;
            /** @description of the cluster, after the last of what was released */
            revision?: number;
            items: {
              path: string;
              /** @enum {string} */
              change: 'created' | 'updated' | 'unchanged';
              /** @enum {string} */
              outcome: 'released' | 'unchanged' | 'not-released';
              release?: number;
              /** @description the same for all that was released together */
              revision?: number;
            }[];
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  searchConfigs: {
    parameters: {
      query: {
        /** @description a part of the content, as it is written */
        content: string;
        /** @description of the paths */
        prefix?: string;
        /** @description looks at so many items */
        limit?: number;
        cursor?: string;
      };
      header?: never;
      path: {
        /** @description letters, digits, dots, underscores and dashes */
        namespace: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: {
              path: string;
              release: number;
              /** @description the first of those that hold it */
              lines: {
                line: number;
                text: string;
              }[];
              lineCount: number;
            }[];
            /** @description of the cluster, when it was read */
            revision: number;
            /** @description there is more: ask again with it */
            nextCursor?: string;
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  listConfigNamespaces: {
    parameters: {
      query?: {
        /** @description at most so many items */
        limit?: number;
        /** @description `nextCursor` of the page before */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: {
              name: string;
              /** @description released ones */
              items: number;
            }[];
            /** @description of the cluster, when it was read */
            revision: number;
            /** @description there is more: ask again with it */
            nextCursor?: string;
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  listConfigs: {
    parameters: {
      query?: {
        /** @description of the path, such as orders/ */
        prefix?: string;
        /** @description a part of the path */
        search?: string;
        /** @description at most so many items */
        limit?: number;
        /** @description `nextCursor` of the page before */
        cursor?: string;
      };
      header?: never;
      path: {
        /** @description letters, digits, dots, underscores and dashes */
        namespace: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: {
              namespace: string;
              path: string;
              /**
               * @description plain: nothing is released, and clients read the key of that very name
               * @enum {string}
               */
              source: 'release' | 'plain';
              /** @description 0 for a plain key */
              release: number;
              /** @description the newest number given out */
              latest: number;
              /** @description of the latest write of its key */
              revision: number;
              /** @enum {string} */
              format: 'json' | 'yaml' | 'toml' | 'text';
              secret: boolean;
              comment?: string;
              /** @description who released it */
              by?: string;
              /** @description ISO 8601 */
              at?: string;
              /** @description of the content */
              sizeBytes: number;
              gray: {
                /** @description labels of the clients, all of which must be as said; a list means any of them */
                match?: {
                  [key: string]: string | string[];
                };
                /** @description of a hash of the clients’ ids */
                percent?: number;
                /** @description a label to hash instead of the id */
                by?: string;
                name: string;
                release: number;
              }[];
              draft?: {
                /** @description the release it was made from */
                base: number;
                by: string;
                at: string;
                /** @description something else was released since */
                isOutdated: boolean;
              };
            }[];
            /** @description of the cluster, when it was read */
            revision: number;
            /** @description there is more: ask again with it */
            nextCursor?: string;
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  watchConfigs: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description letters, digits, dots, underscores and dashes */
        namespace: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description events, as they come */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  getConfig: {
    parameters: {
      query?: {
        /** @description shows a secret in clear to whoever may; the audit records it */
        reveal?: 'true' | 'false';
      };
      header?: never;
      path: {
        /** @description letters, digits, dots, underscores and dashes */
        namespace: string;
        /** @description such as db/url; its slashes percent-encoded (db%2Furl) or left as they are */
        path: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            namespace: string;
            path: string;
            /**
             * @description plain: nothing is released, and clients read the key of that very name
             * @enum {string}
             */
            source: 'release' | 'plain';
            /** @description 0 for a plain key */
            release: number;
            /** @description the newest number given out */
            latest: number;
            /** @description of the latest write of its key */
            revision: number;
            /** @enum {string} */
            format: 'json' | 'yaml' | 'toml' | 'text';
            secret: boolean;
            comment?: string;
            /** @description who released it */
            by?: string;
            /** @description ISO 8601 */
            at?: string;
            /** @description the document; absent where it is masked */
            content?: string;
            /** @description it is secret: ask with reveal=true, if you may */
            isMasked: boolean;
            gray: {
              /** @description labels of the clients, all of which must be as said; a list means any of them */
              match?: {
                [key: string]: string | string[];
              };
              /** @description of a hash of the clients’ ids */
              percent?: number;
              /** @description a label to hash instead of the id */
              by?: string;
              name: string;
              release: number;
              /** @description absent where it is masked */
              content?: string;
            }[];
            /** @description where a plain item lies */
            plainKey?: string;
            draft?: {
              /** @description the release it was made from */
              base: number;
              by: string;
              at: string;
              /** @description something else was released since */
              isOutdated: boolean;
            };
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  putConfig: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description letters, digits, dots, underscores and dashes */
        namespace: string;
        /** @description such as db/url; its slashes percent-encoded (db%2Furl) or left as they are */
        path: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @description a text is the document as it is; other JSON is written in the format of the item */
          content: string | unknown;
          /**
           * @description by default as the item is, by the path’s suffix, or text
           * @enum {string}
           */
          format?: 'json' | 'yaml' | 'toml' | 'text';
          /** @description why: kept in the history */
          comment?: string;
          /** @description seals it; a secret item stays secret */
          secret?: boolean;
          /** @description the release that the change was made from, 0 for none: 409 if the item stands elsewhere */
          base?: number;
        };
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            namespace: string;
            path: string;
            release: number;
            /** @description base, or a gray track */
            track: string;
            /** @description of the cluster */
            revision: number;
            at: string;
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      507: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  deleteConfig: {
    parameters: {
      query?: {
        /** @description why: kept in the history */
        comment?: string;
      };
      header?: never;
      path: {
        /** @description letters, digits, dots, underscores and dashes */
        namespace: string;
        /** @description such as db/url; its slashes percent-encoded (db%2Furl) or left as they are */
        path: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            namespace: string;
            path: string;
            release: number;
            /** @description base, or a gray track */
            track: string;
            /** @description of the cluster */
            revision: number;
            at: string;
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  listConfigHistory: {
    parameters: {
      query?: {
        /** @description false leaves the contents out */
        content?: 'true' | 'false';
        /** @description shows secrets to whoever may */
        reveal?: 'true' | 'false';
        /** @description at most so many items */
        limit?: number;
        /** @description `nextCursor` of the page before */
        cursor?: string;
      };
      header?: never;
      path: {
        /** @description letters, digits, dots, underscores and dashes */
        namespace: string;
        /** @description such as db/url; its slashes percent-encoded (db%2Furl) or left as they are */
        path: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: {
              release: number;
              track: string;
              /** @enum {string} */
              kind: 'release' | 'deletion';
              content?: string;
              isMasked: boolean;
              sizeBytes: number;
              /** @enum {string} */
              format: 'json' | 'yaml' | 'toml' | 'text';
              secret: boolean;
              /** @description the release rolled back to, or the gray one promoted */
              from?: number;
              comment?: string;
              /** @description who released it */
              by?: string;
              /** @description ISO 8601 */
              at?: string;
            }[];
            /** @description of the cluster, when it was read */
            revision: number;
            /** @description there is more: ask again with it */
            nextCursor?: string;
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  rollbackConfig: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description letters, digits, dots, underscores and dashes */
        namespace: string;
        /** @description such as db/url; its slashes percent-encoded (db%2Furl) or left as they are */
        path: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @description the release whose content comes back under a new number */
          to: number;
          /** @description why: kept in the history */
          comment?: string;
          /** @description the release that the change was made from, 0 for none: 409 if the item stands elsewhere */
          base?: number;
        };
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            namespace: string;
            path: string;
            release: number;
            /** @description base, or a gray track */
            track: string;
            /** @description of the cluster */
            revision: number;
            at: string;
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  diffConfig: {
    parameters: {
      query?: {
        /** @description a release, or live; the release before `to` by default */
        from?: 'live' | number;
        /** @description a release, live, or draft */
        to?: 'draft' | 'live' | number;
        reveal?: 'true' | 'false';
      };
      header?: never;
      path: {
        /** @description letters, digits, dots, underscores and dashes */
        namespace: string;
        /** @description such as db/url; its slashes percent-encoded (db%2Furl) or left as they are */
        path: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description a release number, live, or nothing */
            from: string;
            to: string;
            /** @description field by field, as far as both can be read */
            changes: {
              /** @description such as pool.max; empty for the whole */
              path: string;
              /** @enum {string} */
              kind: 'added' | 'removed' | 'changed';
              /** @description any JSON value */
              before?: unknown;
              /** @description any JSON value */
              after?: unknown;
            }[];
            /** @description line by line, each marked with a space, - or + in front; empty for masked secrets */
            lines: string[];
            isMasked: boolean;
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  watchConfig: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description letters, digits, dots, underscores and dashes */
        namespace: string;
        /** @description such as db/url; its slashes percent-encoded (db%2Furl) or left as they are */
        path: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description events, as they come */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  getConfigDraft: {
    parameters: {
      query?: {
        /** @description shows a secret in clear to whoever may; the audit records it */
        reveal?: 'true' | 'false';
      };
      header?: never;
      path: {
        /** @description letters, digits, dots, underscores and dashes */
        namespace: string;
        /** @description such as db/url; its slashes percent-encoded (db%2Furl) or left as they are */
        path: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            namespace: string;
            path: string;
            /** @description absent where it is masked */
            content?: string;
            isMasked: boolean;
            /** @enum {string} */
            format: 'json' | 'yaml' | 'toml' | 'text';
            secret: boolean;
            /** @description the release it was made from, 0 for none */
            base: number;
            /** @description the release that is live now */
            live: number;
            /** @description something else was released since: a release of it is a 409 */
            isOutdated: boolean;
            revision: number;
            by: string;
            at: string;
            comment?: string;
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  putConfigDraft: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description letters, digits, dots, underscores and dashes */
        namespace: string;
        /** @description such as db/url; its slashes percent-encoded (db%2Furl) or left as they are */
        path: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @description a text is the document as it is; other JSON is written in the format of the item */
          content: string | unknown;
          /** @enum {string} */
          format?: 'json' | 'yaml' | 'toml' | 'text';
          secret?: boolean;
          /** @description why: kept in the history */
          comment?: string;
          /** @description made from another release by now: after a look at what was released */
          base?: number;
        };
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            namespace: string;
            path: string;
            /** @description absent where it is masked */
            content?: string;
            isMasked: boolean;
            /** @enum {string} */
            format: 'json' | 'yaml' | 'toml' | 'text';
            secret: boolean;
            /** @description the release it was made from, 0 for none */
            base: number;
            /** @description the release that is live now */
            live: number;
            /** @description something else was released since: a release of it is a 409 */
            isOutdated: boolean;
            revision: number;
            by: string;
            at: string;
            comment?: string;
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  deleteConfigDraft: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description letters, digits, dots, underscores and dashes */
        namespace: string;
        /** @description such as db/url; its slashes percent-encoded (db%2Furl) or left as they are */
        path: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  validateConfig: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description letters, digits, dots, underscores and dashes */
        namespace: string;
        /** @description such as db/url; its slashes percent-encoded (db%2Furl) or left as they are */
        path: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @description the draft by default */
          content?: string | unknown;
          /** @enum {string} */
          format?: 'json' | 'yaml' | 'toml' | 'text';
        };
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description well-formed, and valid for every version that runs */
            isValid: boolean;
            /** @enum {string} */
            format: 'json' | 'yaml' | 'toml' | 'text';
            /** @description of the format, each with its place in the document */
            issues: {
              message: string;
              /** @description in the value, such as pool.max */
              path?: string;
              line?: number;
              column?: number;
            }[];
            /** @description what each version of each app says that reads the item */
            versions: {
              app: string;
              version: string;
              /** @description that run now and read the item, by their acknowledgements */
              instances: number;
              /**
               * @description unchecked: it declares no schema, or one that cannot be applied
               * @enum {string}
               */
              state: 'valid' | 'invalid' | 'unchecked';
              issues: {
                message: string;
                /** @description in the value, such as pool.max */
                path?: string;
                line?: number;
                column?: number;
              }[];
            }[];
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  releaseConfig: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description letters, digits, dots, underscores and dashes */
        namespace: string;
        /** @description such as db/url; its slashes percent-encoded (db%2Furl) or left as they are */
        path: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @description the draft by default, which is gone after its release */
          content?: string | unknown;
          /** @enum {string} */
          format?: 'json' | 'yaml' | 'toml' | 'text';
          secret?: boolean;
          /** @description why: kept in the history */
          comment?: string;
          /** @description by default that of the draft */
          base?: number;
          /**
           * @description refuses content that a running version declares invalid
           * @default false
           */
          checked?: boolean;
        };
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            namespace: string;
            path: string;
            release: number;
            /** @description base, or a gray track */
            track: string;
            /** @description of the cluster */
            revision: number;
            at: string;
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  releaseConfigs: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description letters, digits, dots, underscores and dashes */
        namespace: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          items: {
            path: string;
            /** @description the draft by default */
            content?: string | unknown;
            /** @enum {string} */
            format?: 'json' | 'yaml' | 'toml' | 'text';
            secret?: boolean;
            /** @description the release that the change was made from, 0 for none: 409 if the item stands elsewhere */
            base?: number;
            /** @description to these clients only */
            gray?: {
              /** @description labels of the clients, all of which must be as said; a list means any of them */
              match?: {
                [key: string]: string | string[];
              };
              /** @description of a hash of the clients’ ids */
              percent?: number;
              /** @description a label to hash instead of the id */
              by?: string;
              name: string;
            };
          }[];
          /** @description why: kept in the history */
          comment?: string;
        };
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: {
              namespace: string;
              path: string;
              release: number;
              /** @description base, or a gray track */
              track: string;
              /** @description of the cluster */
              revision: number;
              at: string;
            }[];
            /** @description of the cluster, the same for all */
            revision: number;
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  listConfigSchemas: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description letters, digits, dots, underscores and dashes */
        namespace: string;
        /** @description such as db/url; its slashes percent-encoded (db%2Furl) or left as they are */
        path: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: {
              app: string;
              version: string;
              instances: number;
              at: string;
              /** @enum {string} */
              format?: 'json' | 'yaml' | 'toml' | 'text';
              /** @description merged with other layers: a document need not hold everything */
              merge: boolean;
              /** @description fields that a running process cannot change */
              restartRequired: string[];
              /** @description JSON Schema, draft 2020-12 */
              schema: {
                [key: string]: unknown;
              };
            }[];
            revision: number;
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  deleteConfigSchema: {
    parameters: {
      query: {
        app: string;
        version: string;
      };
      header?: never;
      path: {
        /** @description letters, digits, dots, underscores and dashes */
        namespace: string;
        /** @description such as db/url; its slashes percent-encoded (db%2Furl) or left as they are */
        path: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  listConfigAcknowledgements: {
    parameters: {
      query?: {
        /** @description pending: it runs another release; offline: it is expected and says nothing; unknown: what it says cannot be read */
        state?: 'applied' | 'rejected' | 'pending' | 'offline' | 'unknown';
        track?: string;
        /** @description clients that should have spoken, parted by commas: those that have not are offline */
        expected?: string;
        /** @description at most so many items */
        limit?: number;
        /** @description `nextCursor` of the page before */
        cursor?: string;
      };
      header?: never;
      path: {
        /** @description letters, digits, dots, underscores and dashes */
        namespace: string;
        /** @description such as db/url; its slashes percent-encoded (db%2Furl) or left as they are */
        path: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: {
              client: string;
              /**
               * @description pending: it runs another release; offline: it is expected and says nothing; unknown: what it says cannot be read
               * @enum {string}
               */
              state: 'applied' | 'rejected' | 'pending' | 'offline' | 'unknown';
              /** @description that it belongs to */
              track: string;
              /** @description the release meant for it */
              target: number;
              /** @description the one it spoke of last */
              release?: number;
              /** @description why it was rejected */
              error?: string;
              app?: string;
              version?: string;
              labels?: {
                [key: string]: string;
              };
              /** @description on top there: environment and override hide what is released */
              layer?: string;
              restartRequired?: string[];
              at?: string;
            }[];
            /** @description of the cluster, when it was read */
            revision: number;
            /** @description there is more: ask again with it */
            nextCursor?: string;
            /** @description that is live for everybody on no gray track */
            release: number;
            isConverged: boolean;
            counts: {
              applied: number;
              rejected: number;
              pending: number;
              offline: number;
              unknown: number;
            };
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  getEffectiveConfig: {
    parameters: {
      query?: {
        app?: string;
        version?: string;
        /** @description of the client: what percentages hash */
        id?: string;
        /** @description of the client, such as region=eu; may be given several times */
        label?: string[];
        reveal?: 'true' | 'false';
      };
      header?: never;
      path: {
        /** @description letters, digits, dots, underscores and dashes */
        namespace: string;
        /** @description such as db/url; its slashes percent-encoded (db%2Furl) or left as they are */
        path: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description base, a gray track, plain, or none */
            track: string;
            release: number;
            /**
             * @description that gives the value
             * @enum {string}
             */
            layer: 'plain' | 'release' | 'gray' | 'none';
            why: string;
            content?: string;
            isMasked: boolean;
            /** @enum {string} */
            format?: 'json' | 'yaml' | 'toml' | 'text';
            /** @description the lowest first; environment and override file of the client are known to it alone */
            layers: {
              /** @enum {string} */
              layer: 'plain' | 'release' | 'gray';
              /** @description a key, or a release */
              origin: string;
              isOnTop: boolean;
            }[];
            tracks: {
              name: string;
              isOn: boolean;
              why: string;
            }[];
            /** @description of the version’s declared schema, if app and version are given */
            verdict?: {
              app: string;
              version: string;
              /** @description that run now and read the item, by their acknowledgements */
              instances: number;
              /**
               * @description unchecked: it declares no schema, or one that cannot be applied
               * @enum {string}
               */
              state: 'valid' | 'invalid' | 'unchecked';
              issues: {
                message: string;
                /** @description in the value, such as pool.max */
                path?: string;
                line?: number;
                column?: number;
              }[];
            };
            /** @description what the client of that id said, if it runs */
            acknowledged?: {
              client: string;
              /**
               * @description pending: it runs another release; offline: it is expected and says nothing; unknown: what it says cannot be read
               * @enum {string}
               */
              state: 'applied' | 'rejected' | 'pending' | 'offline' | 'unknown';
              /** @description that it belongs to */
              track: string;
              /** @description the release meant for it */
              target: number;
              /** @description the one it spoke of last */
              release?: number;
              /** @description why it was rejected */
              error?: string;
              app?: string;
              version?: string;
              labels?: {
                [key: string]: string;
              };
              /** @description on top there: environment and override hide what is released */
              layer?: string;
              restartRequired?: string[];
              at?: string;
            };
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  getConfigRollout: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description letters, digits, dots, underscores and dashes */
        namespace: string;
        /** @description such as db/url; its slashes percent-encoded (db%2Furl) or left as they are */
        path: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            namespace: string;
            path: string;
            /**
             * @description waiting: the step is done, and the next has to be asked for
             * @enum {string}
             */
            state: 'running' | 'waiting' | 'paused' | 'halted' | 'completed' | 'aborted';
            name: string;
            /** @description of the content on the track */
            release: number;
            steps: {
              /** @description labels of the clients, all of which must be as said; a list means any of them */
              match?: {
                [key: string]: string | string[];
              };
              /** @description of a hash of the clients’ ids */
              percent?: number;
              /** @description a label to hash instead of the id */
              by?: string;
            }[];
            /** @description the one under way, from 0 */
            step: number;
            /** @enum {string} */
            advance: 'automatic' | 'manual';
            holdMs: number;
            rejectedOver: number;
            unackedAfterMs: number;
            /** @enum {string} */
            onHalt: 'pause' | 'revert';
            /** @enum {string} */
            reason?: 'rejected' | 'unacknowledged' | 'superseded' | 'failed';
            problem?: string;
            isReverted?: boolean;
            /** @description the release to everybody */
            completedAs?: number;
            by: string;
            comment?: string;
            at: string;
            changedAt: string;
            /** @description those on the track, by what they made of it */
            clients: {
              applied: number;
              rejected: number;
              pending: number;
              unknown: number;
            };
            revision: number;
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  startConfigRollout: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description letters, digits, dots, underscores and dashes */
        namespace: string;
        /** @description such as db/url; its slashes percent-encoded (db%2Furl) or left as they are */
        path: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @description the draft by default */
          content?: string | unknown;
          /** @enum {string} */
          format?: 'json' | 'yaml' | 'toml' | 'text';
          secret?: boolean;
          /**
           * @description of the gray track
           * @default rollout
           */
          name?: string;
          /** @description after the last, everybody gets it */
          steps: {
            /** @description labels of the clients, all of which must be as said; a list means any of them */
            match?: {
              [key: string]: string | string[];
            };
            /** @description of a hash of the clients’ ids */
            percent?: number;
            /** @description a label to hash instead of the id */
            by?: string;
          }[];
          /**
           * @description automatic: on to the next step once all clients of this one have applied it
           * @default automatic
           * @enum {string}
           */
          advance?: 'automatic' | 'manual';
          /**
           * @description how long each step is watched after that
           * @default 0s
           * @example 15s
           */
          hold?: string;
          /**
           * @description rejections that a step may have
           * @default 0
           */
          rejectedOver?: number;
          /**
           * @description how long a step may wait for its clients
           * @default 5m
           * @example 15s
           */
          unackedAfter?: string;
          /**
           * @description pause: the track stays, to be looked at; revert: its clients go back
           * @default pause
           * @enum {string}
           */
          onHalt?: 'pause' | 'revert';
          /** @description why: kept in the history */
          comment?: string;
        };
      };
    };
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            namespace: string;
            path: string;
            /**
             * @description waiting: the step is done, and the next has to be asked for
             * @enum {string}
             */
            state: 'running' | 'waiting' | 'paused' | 'halted' | 'completed' | 'aborted';
            name: string;
            /** @description of the content on the track */
            release: number;
            steps: {
              /** @description labels of the clients, all of which must be as said; a list means any of them */
              match?: {
                [key: string]: string | string[];
              };
              /** @description of a hash of the clients’ ids */
              percent?: number;
              /** @description a label to hash instead of the id */
              by?: string;
            }[];
            /** @description the one under way, from 0 */
            step: number;
            /** @enum {string} */
            advance: 'automatic' | 'manual';
            holdMs: number;
            rejectedOver: number;
            unackedAfterMs: number;
            /** @enum {string} */
            onHalt: 'pause' | 'revert';
            /** @enum {string} */
            reason?: 'rejected' | 'unacknowledged' | 'superseded' | 'failed';
            problem?: string;
            isReverted?: boolean;
            /** @description the release to everybody */
            completedAs?: number;
            by: string;
            comment?: string;
            at: string;
            changedAt: string;
            /** @description those on the track, by what they made of it */
            clients: {
              applied: number;
              rejected: number;
              pending: number;
              unknown: number;
            };
            revision: number;
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      507: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  abortConfigRollout: {
    parameters: {
      query?: {
        /** @description a gray track that no rollout is about */
        track?: string;
        /** @description why: kept in the history */
        comment?: string;
      };
      header?: never;
      path: {
        /** @description letters, digits, dots, underscores and dashes */
        namespace: string;
        /** @description such as db/url; its slashes percent-encoded (db%2Furl) or left as they are */
        path: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  changeConfigRollout: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description letters, digits, dots, underscores and dashes */
        namespace: string;
        /** @description such as db/url; its slashes percent-encoded (db%2Furl) or left as they are */
        path: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /**
           * @description next: the next step now, whatever this one waits for; promote: to everybody now
           * @enum {string}
           */
          action: 'pause' | 'resume' | 'next' | 'promote';
          /** @description why: kept in the history */
          comment?: string;
        };
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            namespace: string;
            path: string;
            /**
             * @description waiting: the step is done, and the next has to be asked for
             * @enum {string}
             */
            state: 'running' | 'waiting' | 'paused' | 'halted' | 'completed' | 'aborted';
            name: string;
            /** @description of the content on the track */
            release: number;
            steps: {
              /** @description labels of the clients, all of which must be as said; a list means any of them */
              match?: {
                [key: string]: string | string[];
              };
              /** @description of a hash of the clients’ ids */
              percent?: number;
              /** @description a label to hash instead of the id */
              by?: string;
            }[];
            /** @description the one under way, from 0 */
            step: number;
            /** @enum {string} */
            advance: 'automatic' | 'manual';
            holdMs: number;
            rejectedOver: number;
            unackedAfterMs: number;
            /** @enum {string} */
            onHalt: 'pause' | 'revert';
            /** @enum {string} */
            reason?: 'rejected' | 'unacknowledged' | 'superseded' | 'failed';
            problem?: string;
            isReverted?: boolean;
            /** @description the release to everybody */
            completedAs?: number;
            by: string;
            comment?: string;
            at: string;
            changedAt: string;
            /** @description those on the track, by what they made of it */
            clients: {
              applied: number;
              rejected: number;
              pending: number;
              unknown: number;
            };
            revision: number;
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  listLocks: {
    parameters: {
      query?: {
        /** @description of the name */
        prefix?: string;
        /** @description a part of the name */
        search?: string;
        /** @description at most so many items */
        limit?: number;
        /** @description `nextCursor` of the page before */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: {
              name: string;
              /**
               * @description as far as those in line tell; programs of other languages tell nothing
               * @enum {string}
               */
              kind: 'mutex' | 'read-write' | 'semaphore' | 'barrier';
              /** @description those who have their turn, the oldest first */
              holders: {
                /** @description hexadecimal: the session that stands here */
                lease: string;
                /** @description the fencing token: it grows with every hold, so that a store can refuse lower ones */
                token: number;
                /**
                 * @description a mutex or a writer; a reader; somebody with permits of a semaphore
                 * @enum {string}
                 */
                mode: 'exclusive' | 'shared' | 'permits';
                /** @description how many permits */
                count?: number;
                /** @description of how many */
                permits?: number;
                app?: string;
                label?: string;
                /** @description by the clock of who stands here, ISO 8601 */
                since?: string;
                /** @description how long the place outlives who holds it; absent: the lease has just ended */
                ttlMs?: number;
                /** @description until the lease ends, unless it is renewed */
                remainingMs?: number;
              }[];
              /** @description the first of those who wait, in their order */
              waiters: {
                /** @description hexadecimal: the session that stands here */
                lease: string;
                /** @description the fencing token: it grows with every hold, so that a store can refuse lower ones */
                token: number;
                /**
                 * @description a mutex or a writer; a reader; somebody with permits of a semaphore
                 * @enum {string}
                 */
                mode: 'exclusive' | 'shared' | 'permits';
                /** @description how many permits */
                count?: number;
                /** @description of how many */
                permits?: number;
                app?: string;
                label?: string;
                /** @description by the clock of who stands here, ISO 8601 */
                since?: string;
                /** @description how long the place outlives who holds it; absent: the lease has just ended */
                ttlMs?: number;
                /** @description until the lease ends, unless it is renewed */
                remainingMs?: number;
              }[];
              waiterCount: number;
              /** @description of the cluster, when it was read */
              revision: number;
            }[];
            /** @description of the cluster, when it was read */
            revision: number;
            /** @description there is more: ask again with it */
            nextCursor?: string;
            /** @description sessions that wait for each other in a circle: none of them will ever go on */
            cycles: {
              lease: string;
              /** @description the name of a lock */
              waitsFor: string;
            }[][];
            /** @description false: there is more to look through, see nextCursor */
            isComplete: boolean;
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  watchLocks: {
    parameters: {
      query?: {
        /** @description of the names */
        prefix?: string;
        lastEventId?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description events, as they come */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  getLock: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description such as /jobs/nightly, percent-encoded: %2Fjobs%2Fnightly */
        name: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            name: string;
            /**
             * @description as far as those in line tell; programs of other languages tell nothing
             * @enum {string}
             */
            kind: 'mutex' | 'read-write' | 'semaphore' | 'barrier';
            /** @description those who have their turn, the oldest first */
            holders: {
              /** @description hexadecimal: the session that stands here */
              lease: string;
              /** @description the fencing token: it grows with every hold, so that a store can refuse lower ones */
              token: number;
              /**
               * @description a mutex or a writer; a reader; somebody with permits of a semaphore
               * @enum {string}
               */
              mode: 'exclusive' | 'shared' | 'permits';
              /** @description how many permits */
              count?: number;
              /** @description of how many */
              permits?: number;
              app?: string;
              label?: string;
              /** @description by the clock of who stands here, ISO 8601 */
              since?: string;
              /** @description how long the place outlives who holds it; absent: the lease has just ended */
              ttlMs?: number;
              /** @description until the lease ends, unless it is renewed */
              remainingMs?: number;
            }[];
            /** @description the first of those who wait, in their order */
            waiters: {
              /** @description hexadecimal: the session that stands here */
              lease: string;
              /** @description the fencing token: it grows with every hold, so that a store can refuse lower ones */
              token: number;
              /**
               * @description a mutex or a writer; a reader; somebody with permits of a semaphore
               * @enum {string}
               */
              mode: 'exclusive' | 'shared' | 'permits';
              /** @description how many permits */
              count?: number;
              /** @description of how many */
              permits?: number;
              app?: string;
              label?: string;
              /** @description by the clock of who stands here, ISO 8601 */
              since?: string;
              /** @description how long the place outlives who holds it; absent: the lease has just ended */
              ttlMs?: number;
              /** @description until the lease ends, unless it is renewed */
              remainingMs?: number;
            }[];
            waiterCount: number;
            /** @description of the cluster, when it was read */
            revision: number;
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  acquireLock: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description such as /jobs/nightly, percent-encoded: %2Fjobs%2Fnightly */
        name: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @description the lease of a session, hexadecimal */
          session: string;
          /**
           * @description how long to wait for the turn; meanwhile the open request keeps the session alive
           * @default 0s
           * @example 15s
           */
          wait?: string;
          /**
           * @description alone (a mutex, a writer); with other readers; with a part of the permits
           * @default exclusive
           * @enum {string}
           */
          mode?: 'exclusive' | 'shared' | 'permits';
          /** @description for mode permits: how many there are, the same number for everybody */
          permits?: number;
          /** @description how many to take, 1 by default */
          count?: number;
          /** @description by default that of the session */
          label?: string;
        };
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            name: string;
            lease: string;
            /** @description the fencing token: hand it to whatever you write to, and let that refuse lower ones */
            token: number;
            /** @description that stands for the hold; compare its create revision with the token in a transaction */
            key: string;
            ttlMs?: number;
            /** @description until the session ends, unless it is kept alive */
            remainingMs?: number;
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  releaseLock: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description such as /jobs/nightly, percent-encoded: %2Fjobs%2Fnightly */
        name: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @description the lease of a session, hexadecimal */
          session: string;
        };
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /**
             * @description not-held: the session had no place in the line
             * @enum {string}
             */
            outcome: 'released' | 'not-held';
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  forceReleaseLock: {
    parameters: {
      query?: {
        /** @description kept in the audit */
        reason?: string;
        /** @description ends the whole session, with everything else that it holds */
        revoke?: 'true' | 'false';
      };
      header?: never;
      path: {
        /** @description such as /jobs/nightly, percent-encoded: %2Fjobs%2Fnightly */
        name: string;
        /** @description the lease of a session, hexadecimal */
        lease: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            name: string;
            lease: string;
            /** @description no longer valid: stores that check tokens refuse it once a newer one has come */
            token: number;
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  listElections: {
    parameters: {
      query?: {
        /** @description of the name */
        prefix?: string;
        /** @description a part of the name */
        search?: string;
        /** @description at most so many items */
        limit?: number;
        /** @description `nextCursor` of the page before */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: {
              name: string;
              /** @description absent: nobody stands */
              leader?: {
                /** @description hexadecimal: the session that stands here */
                lease: string;
                /** @description the fencing token: it grows with every hold, so that a store can refuse lower ones */
                token: number;
                /** @description how long the place outlives who holds it; absent: the lease has just ended */
                ttlMs?: number;
                /** @description until the lease ends, unless it is renewed */
                remainingMs?: number;
                /** @description what it proclaims */
                value: string;
              };
              /** @description the first of those who wait for their turn */
              candidates: {
                /** @description hexadecimal: the session that stands here */
                lease: string;
                /** @description the fencing token: it grows with every hold, so that a store can refuse lower ones */
                token: number;
                /** @description how long the place outlives who holds it; absent: the lease has just ended */
                ttlMs?: number;
                /** @description until the lease ends, unless it is renewed */
                remainingMs?: number;
                /** @description what it proclaims */
                value: string;
              }[];
              candidateCount: number;
              revision: number;
            }[];
            /** @description of the cluster, when it was read */
            revision: number;
            /** @description there is more: ask again with it */
            nextCursor?: string;
            isComplete: boolean;
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  watchElections: {
    parameters: {
      query?: {
        /** @description of the names */
        prefix?: string;
        lastEventId?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description events, as they come */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  getElection: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description such as /jobs/nightly, percent-encoded: %2Fjobs%2Fnightly */
        name: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            name: string;
            /** @description absent: nobody stands */
            leader?: {
              /** @description hexadecimal: the session that stands here */
              lease: string;
              /** @description the fencing token: it grows with every hold, so that a store can refuse lower ones */
              token: number;
              /** @description how long the place outlives who holds it; absent: the lease has just ended */
              ttlMs?: number;
              /** @description until the lease ends, unless it is renewed */
              remainingMs?: number;
              /** @description what it proclaims */
              value: string;
            };
            /** @description the first of those who wait for their turn */
            candidates: {
              /** @description hexadecimal: the session that stands here */
              lease: string;
              /** @description the fencing token: it grows with every hold, so that a store can refuse lower ones */
              token: number;
              /** @description how long the place outlives who holds it; absent: the lease has just ended */
              ttlMs?: number;
              /** @description until the lease ends, unless it is renewed */
              remainingMs?: number;
              /** @description what it proclaims */
              value: string;
            }[];
            candidateCount: number;
            revision: number;
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  campaignInElection: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description such as /jobs/nightly, percent-encoded: %2Fjobs%2Fnightly */
        name: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @description the lease of a session, hexadecimal */
          session: string;
          /**
           * @description what observers see of the leader
           * @default
           */
          value?: string;
          /**
           * @description how long to wait for the turn; meanwhile the open request keeps the session alive
           * @default 0s
           * @example 15s
           */
          wait?: string;
        };
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            name: string;
            lease: string;
            /** @description the fencing token: hand it to whatever you write to, and let that refuse lower ones */
            token: number;
            /** @description that stands for the hold; compare its create revision with the token in a transaction */
            key: string;
            ttlMs?: number;
            /** @description until the session ends, unless it is kept alive */
            remainingMs?: number;
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  proclaimAsLeader: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description such as /jobs/nightly, percent-encoded: %2Fjobs%2Fnightly */
        name: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @description the lease of a session, hexadecimal */
          session: string;
          value: string;
        };
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            name: string;
            lease: string;
            /** @description the fencing token: hand it to whatever you write to, and let that refuse lower ones */
            token: number;
            /** @description that stands for the hold; compare its create revision with the token in a transaction */
            key: string;
            ttlMs?: number;
            /** @description until the session ends, unless it is kept alive */
            remainingMs?: number;
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  resignFromElection: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description such as /jobs/nightly, percent-encoded: %2Fjobs%2Fnightly */
        name: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @description the lease of a session, hexadecimal */
          session: string;
        };
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /**
             * @description not-held: the session had no place in the line
             * @enum {string}
             */
            outcome: 'released' | 'not-held';
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  observeElection: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description such as /jobs/nightly, percent-encoded: %2Fjobs%2Fnightly */
        name: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description events, as they come */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/event-stream': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/event-stream': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/event-stream': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/event-stream': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/event-stream': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/event-stream': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  openSession: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /**
           * @description how long it lives without a sign of life
           * @default 15s
           * @example 15s
           */
          ttl?: string;
          /** @description shown to who inspects a lock */
          label?: string;
        };
      };
    };
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description the lease, hexadecimal */
            id: string;
            by: string;
            label?: string;
            /** @description when it was opened, ISO 8601 */
            at: string;
            /** @description how long it lives without a sign of life; servers may give more than was asked for */
            ttlMs: number;
            remainingMs: number;
            /** @description its places in lines */
            keys?: string[];
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  getSessionOfLocks: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description the lease of a session, hexadecimal */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description the lease, hexadecimal */
            id: string;
            by: string;
            label?: string;
            /** @description when it was opened, ISO 8601 */
            at: string;
            /** @description how long it lives without a sign of life; servers may give more than was asked for */
            ttlMs: number;
            remainingMs: number;
            /** @description its places in lines */
            keys?: string[];
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  closeSession: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description the lease of a session, hexadecimal */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  keepSessionAlive: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description the lease of a session, hexadecimal */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description the lease, hexadecimal */
            id: string;
            by: string;
            label?: string;
            /** @description when it was opened, ISO 8601 */
            at: string;
            /** @description how long it lives without a sign of life; servers may give more than was asked for */
            ttlMs: number;
            remainingMs: number;
            /** @description its places in lines */
            keys?: string[];
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  listMembers: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            members: {
              /** @description hexadecimal */
              id: string;
              /** @description empty until it has started for the first time */
              name: string;
              peerUrls: string[];
              clientUrls: string[];
              isLearner: boolean;
            }[];
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  addMember: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          peerUrls: string[];
          /**
           * @description it catches up first, and is promoted then
           * @default true
           */
          isLearner?: boolean;
        };
      };
    };
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            member: {
              /** @description hexadecimal */
              id: string;
              /** @description empty until it has started for the first time */
              name: string;
              peerUrls: string[];
              clientUrls: string[];
              isLearner: boolean;
            };
            /** @description the flag --initial-cluster of the new member */
            initialCluster: string;
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  promoteMember: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        member: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            members: {
              /** @description hexadecimal */
              id: string;
              /** @description empty until it has started for the first time */
              name: string;
              peerUrls: string[];
              clientUrls: string[];
              isLearner: boolean;
            }[];
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  updateMember: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        member: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          peerUrls: string[];
        };
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            members: {
              /** @description hexadecimal */
              id: string;
              /** @description empty until it has started for the first time */
              name: string;
              peerUrls: string[];
              clientUrls: string[];
              isLearner: boolean;
            }[];
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  removeMember: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        member: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            members: {
              /** @description hexadecimal */
              id: string;
              /** @description empty until it has started for the first time */
              name: string;
              peerUrls: string[];
              clientUrls: string[];
              isLearner: boolean;
            }[];
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  moveLeader: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          member: string;
        };
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @enum {boolean} */
            done: true;
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  getClusterStatus: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** Format: date-time */
            at: string;
            clusterId?: string;
            /** @description the id of the leader */
            leader?: string;
            hasQuorum: boolean;
            revision?: number;
            members: {
              /** @description hexadecimal */
              id: string;
              /** @description empty until it has started for the first time */
              name: string;
              peerUrls: string[];
              clientUrls: string[];
              isLearner: boolean;
              /** @enum {string} */
              state: 'healthy' | 'unreachable' | 'leaderless' | 'not-started';
              /** @description why it is not healthy */
              problem?: string;
              /** @description of its answer to the gateway */
              latencyMs?: number;
              isLeader: boolean;
              version?: string;
              revision?: number;
              raftTerm?: number;
              raftIndex?: number;
              raftAppliedIndex?: number;
              /** @description entries that it is behind the newest of any member */
              lag?: number;
              databaseBytes?: number;
              databaseBytesInUse?: number;
              errors?: string[];
            }[];
            alarms: {
              member: string;
              /** @enum {string} */
              kind: 'nospace' | 'corrupt';
            }[];
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  listSamples: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            intervalMs: number;
            /** @description oldest first, of the last ten minutes at most */
            items: {
              /** Format: date-time */
              at: string;
              readsPerSecond?: number;
              writesPerSecond?: number;
              eventsPerSecond?: number;
              /** @description of a linearizable read by the gateway */
              readLatencyMs?: number;
              /** @description of the disks of the members */
              syncLatencyP50Ms?: number;
              syncLatencyP99Ms?: number;
              watchers?: number;
              keys?: number;
              databaseBytes?: number;
              residentBytes?: number;
              /** @description entries that the slowest member is behind */
              lagMax?: number;
            }[];
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  watchCluster: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  listAlarms: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            alarms: {
              member: string;
              /** @enum {string} */
              kind: 'nospace' | 'corrupt';
            }[];
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  disarmAlarms: {
    parameters: {
      query?: {
        /** @description all members when not given */
        member?: string;
        /** @description with `member` */
        kind?: 'nospace' | 'corrupt';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            alarms: {
              member: string;
              /** @enum {string} */
              kind: 'nospace' | 'corrupt';
            }[];
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  downloadSnapshot: {
    parameters: {
      query?: {
        member?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The file */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/octet-stream': string;
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  compactHistory: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @description history before it is given up */
          revision: number;
          /**
           * @description answer when the space is free
           * @default false
           */
          physical?: boolean;
        };
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @enum {boolean} */
            done: true;
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  defragmentMember: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          member: string;
        };
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @enum {boolean} */
            done: true;
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  checkLive: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The Health Check is successful */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /**
             * @example ok
             * @enum {string}
             */
            status?: 'ok' | 'degraded';
            /**
             * @example {
             *       "database": {
             *         "status": "up",
             *         "responseTime": 12
             *       }
             *     }
             */
            info?: {
              [key: string]: {
                /** @enum {string} */
                status: 'up' | 'degraded' | 'down';
                /** @description Time the health indicator took to respond, in ms */
                responseTime?: number;
              } & {
                [key: string]: unknown;
              };
            } | null;
            /** @example {} */
            error?: {
              [key: string]: {
                /** @enum {string} */
                status: 'up' | 'degraded' | 'down';
                /** @description Time the health indicator took to respond, in ms */
                responseTime?: number;
              } & {
                [key: string]: unknown;
              };
            } | null;
            /**
             * @example {
             *       "database": {
             *         "status": "up",
             *         "responseTime": 12
             *       }
             *     }
             */
            details?: {
              [key: string]: {
                /** @enum {string} */
                status: 'up' | 'degraded' | 'down';
                /** @description Time the health indicator took to respond, in ms */
                responseTime?: number;
              } & {
                [key: string]: unknown;
              };
            };
          };
        };
      };
      /** @description The Health Check is not successful */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /**
             * @example error
             * @enum {string}
             */
            status?: 'error' | 'shutting_down';
            /**
             * @example {
             *       "database": {
             *         "status": "up",
             *         "responseTime": 12
             *       }
             *     }
             */
            info?: {
              [key: string]: {
                /** @enum {string} */
                status: 'up' | 'degraded' | 'down';
                /** @description Time the health indicator took to respond, in ms */
                responseTime?: number;
              } & {
                [key: string]: unknown;
              };
            } | null;
            /**
             * @example {
             *       "redis": {
             *         "status": "down",
             *         "message": "Could not connect",
             *         "responseTime": 3005
             *       }
             *     }
             */
            error?: {
              [key: string]: {
                /** @enum {string} */
                status: 'up' | 'degraded' | 'down';
                /** @description Time the health indicator took to respond, in ms */
                responseTime?: number;
              } & {
                [key: string]: unknown;
              };
            } | null;
            /**
             * @example {
             *       "database": {
             *         "status": "up",
             *         "responseTime": 12
             *       },
             *       "redis": {
             *         "status": "down",
             *         "message": "Could not connect",
             *         "responseTime": 3005
             *       }
             *     }
             */
            details?: {
              [key: string]: {
                /** @enum {string} */
                status: 'up' | 'degraded' | 'down';
                /** @description Time the health indicator took to respond, in ms */
                responseTime?: number;
              } & {
                [key: string]: unknown;
              };
            };
          };
        };
      };
    };
  };
  checkReady: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The Health Check is successful */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /**
             * @example ok
             * @enum {string}
             */
            status?: 'ok' | 'degraded';
            /**
             * @example {
             *       "database": {
             *         "status": "up",
             *         "responseTime": 12
             *       }
             *     }
             */
            info?: {
              [key: string]: {
                /** @enum {string} */
                status: 'up' | 'degraded' | 'down';
                /** @description Time the health indicator took to respond, in ms */
                responseTime?: number;
              } & {
                [key: string]: unknown;
              };
            } | null;
            /** @example {} */
            error?: {
              [key: string]: {
                /** @enum {string} */
                status: 'up' | 'degraded' | 'down';
                /** @description Time the health indicator took to respond, in ms */
                responseTime?: number;
              } & {
                [key: string]: unknown;
              };
            } | null;
            /**
             * @example {
             *       "database": {
             *         "status": "up",
             *         "responseTime": 12
             *       }
             *     }
             */
            details?: {
              [key: string]: {
                /** @enum {string} */
                status: 'up' | 'degraded' | 'down';
                /** @description Time the health indicator took to respond, in ms */
                responseTime?: number;
              } & {
                [key: string]: unknown;
              };
            };
          };
        };
      };
      /** @description The Health Check is not successful */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /**
             * @example error
             * @enum {string}
             */
            status?: 'error' | 'shutting_down';
            /**
             * @example {
             *       "database": {
             *         "status": "up",
             *         "responseTime": 12
             *       }
             *     }
             */
            info?: {
              [key: string]: {
                /** @enum {string} */
                status: 'up' | 'degraded' | 'down';
                /** @description Time the health indicator took to respond, in ms */
                responseTime?: number;
              } & {
                [key: string]: unknown;
              };
            } | null;
            /**
             * @example {
             *       "redis": {
             *         "status": "down",
             *         "message": "Could not connect",
             *         "responseTime": 3005
             *       }
             *     }
             */
            error?: {
              [key: string]: {
                /** @enum {string} */
                status: 'up' | 'degraded' | 'down';
                /** @description Time the health indicator took to respond, in ms */
                responseTime?: number;
              } & {
                [key: string]: unknown;
              };
            } | null;
            /**
             * @example {
             *       "database": {
             *         "status": "up",
             *         "responseTime": 12
             *       },
             *       "redis": {
             *         "status": "down",
             *         "message": "Could not connect",
             *         "responseTime": 3005
             *       }
             *     }
             */
            details?: {
              [key: string]: {
                /** @enum {string} */
                status: 'up' | 'degraded' | 'down';
                /** @description Time the health indicator took to respond, in ms */
                responseTime?: number;
              } & {
                [key: string]: unknown;
              };
            };
          };
        };
      };
    };
  };
  getMetrics: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/plain': string;
        };
      };
    };
  };
  findRevision: {
    parameters: {
      query: {
        /** @description a moment, such as 2026-11-26T14:05:00Z */
        at: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /**
             * Format: date-time
             * @description the newest known moment that is not later than what was asked
             */
            at: string;
            /** @description of the store at that moment: `?revision=` of keys and instances */
            revision: number;
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  listServices: {
    parameters: {
      query?: {
        /** @description at most so many items */
        limit?: number;
        /** @description `nextCursor` of the page before */
        cursor?: string;
        /** @description waits until something changed after this value of an earlier `X-Concord-Index` */
        index?: number;
        /** @description the longest wait, 30s by default */
        wait?: string;
        /** @description a part of the name */
        search?: string;
        /** @description only instances with such labels are counted */
        label?: string;
        zone?: string;
        /** @description services that have an instance in it */
        state?: 'starting' | 'serving' | 'draining';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: {
              name: string;
              instances: {
                starting: number;
                serving: number;
                draining: number;
              };
              zones: string[];
              /** @description of all that serve */
              weight: number;
              /** @description instances that an override is in force for */
              overrides: number;
            }[];
            /** @description of the cluster, when it was read */
            revision: number;
            /** @description there is more: ask again with it */
            nextCursor?: string;
            count: number;
            /**
             * @description the cluster is away: this was last known
             * @enum {boolean}
             */
            stale?: true;
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  watchServices: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  getService: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        service: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            name: string;
            instances: {
              starting: number;
              serving: number;
              draining: number;
            };
            zones: string[];
            /** @description of all that serve */
            weight: number;
            /** @description instances that an override is in force for */
            overrides: number;
            consumers: number;
            /** @description names with the values there are */
            labels: {
              [key: string]: string[];
            };
            revision: number;
            /**
             * @description the cluster is away: this was last known
             * @enum {boolean}
             */
            stale?: true;
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  watchService: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        service: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  pickInstance: {
    parameters: {
      query?: {
        policy?:
          | 'weighted-round-robin'
          | 'weighted-random'
          | 'least-request'
          | 'peak-ewma'
          | 'ring-hash'
          | 'maglev';
        /** @description the zone to prefer */
        zone?: string;
        /** @description what hashing policies go by */
        key?: string;
        /** @description a selector over labels, such as "version=2,tier in (gold,silver),!canary" */
        label?: string;
        /** @description how many picks: more than one shows how they spread */
        count?: number;
      };
      header?: never;
      path: {
        service: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description the first pick */
            instance: {
              service: string;
              id: string;
              address: string;
              port: number;
              ports: {
                [key: string]: number;
              };
              /** @description address and port as URLs write them */
              endpoint: string;
              /** @description the effective one */
              weight: number;
              /**
               * @description the effective one
               * @enum {string}
               */
              state: 'starting' | 'serving' | 'draining';
              /** @description what it says of itself, where an override says otherwise */
              declared: {
                weight: number;
                /** @enum {string} */
                state: 'starting' | 'serving' | 'draining';
              };
              /** @description what an operator decided, where it is in force */
              override?: {
                weight?: number;
                /** @enum {string} */
                state?: 'starting' | 'serving' | 'draining';
                reason: string;
                /** @description who decided */
                by: string;
                /**
                 * Format: date-time
                 * @description when it ends by itself
                 */
                until?: string;
                /** @description the life of the instance that it is about */
                incarnation?: string;
                /** @description its ETag; consumers report up to which they have taken overrides in */
                revision: number;
              };
              zone?: string;
              labels: {
                [key: string]: string;
              };
              metadata: unknown;
              incarnation: string;
              ttlMs: number;
              warmupMs?: number;
              /** Format: date-time */
              registeredAt?: string;
              /** Format: date-time */
              servingSince?: string;
              app?: {
                name: string;
                version?: string;
              };
              /** @description hexadecimal; without one it stays until it is deleted */
              lease?: string;
              createRevision: number;
              /** @description of its latest write: its ETag */
              revision: number;
            };
            /** @enum {string} */
            policy:
              | 'weighted-round-robin'
              | 'weighted-random'
              | 'least-request'
              | 'peak-ewma'
              | 'ring-hash'
              | 'maglev';
            revision: number;
            /** @description with "count": how often each was picked */
            picks?: {
              id: string;
              count: number;
            }[];
            /**
             * @description the cluster is away: this was last known
             * @enum {boolean}
             */
            stale?: true;
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  explainPick: {
    parameters: {
      query?: {
        policy?:
          | 'weighted-round-robin'
          | 'weighted-random'
          | 'least-request'
          | 'peak-ewma'
          | 'ring-hash'
          | 'maglev';
        /** @description the zone to prefer */
        zone?: string;
        /** @description what hashing policies go by */
        key?: string;
        /** @description a selector over labels, such as "version=2,tier in (gold,silver),!canary" */
        label?: string;
      };
      header?: never;
      path: {
        service: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @enum {string} */
            policy:
              | 'weighted-round-robin'
              | 'weighted-random'
              | 'least-request'
              | 'peak-ewma'
              | 'ring-hash'
              | 'maglev';
            /** @description of the picks that stay in the zone */
            localShare?: number;
            revision: number;
            instances: {
              id: string;
              isPickable: boolean;
              reason: string;
              detail: string;
              effectiveWeight: number;
              /** @description of the picks, 0 to 1 */
              share: number;
            }[];
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  listConsumers: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        service: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: {
              client: string;
              /** @description up to which it has taken in the instances */
              revision: number;
              /** @description up to which it has taken in the overrides */
              overrides: number;
              /** Format: date-time */
              at?: string;
              lease?: string;
            }[];
            revision: number;
            /**
             * @description the cluster is away: this was last known
             * @enum {boolean}
             */
            stale?: true;
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  decideHold: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        service: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @enum {string} */
          action: 'release' | 'extend';
          /**
           * @description how much longer to hold on, with `extend`
           * @default 5m
           * @example 15s
           */
          for?: string;
          reason: string;
        };
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            revision: number;
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  getServiceTimeline: {
    parameters: {
      query?: {
        limit?: number;
        instance?: string;
      };
      header?: never;
      path: {
        service: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description the newest first */
            items: {
              /** Format: date-time */
              at: string;
              /**
               * @description it happened while no gateway ran: this is when one found it
               * @enum {boolean}
               */
              isApproximate?: true;
              revision: number;
              /** @enum {string} */
              kind:
                | 'registered'
                | 'replaced'
                | 'deregistered'
                | 'expired'
                | 'state'
                | 'weight'
                | 'changed'
                | 'override'
                | 'override-ended'
                | 'hold-released'
                | 'hold-extended';
              /** @description empty for what is about all of them */
              instance: string;
              /** @description in words */
              detail: string;
              by?: string;
              /**
               * Format: date-time
               * @description of an extended hold
               */
              until?: string;
            }[];
            /**
             * @description the cluster is away: this was last known
             * @enum {boolean}
             */
            stale?: true;
            /**
             * Format: date-time
             * @description from when on everything is known, as far as it is kept: 500 events of a service, for 7 days
             */
            since: string;
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  listInstances: {
    parameters: {
      query?: {
        /** @description at most so many items */
        limit?: number;
        /** @description `nextCursor` of the page before */
        cursor?: string;
        /** @description waits until something changed after this value of an earlier `X-Concord-Index` */
        index?: number;
        /** @description the longest wait, 30s by default */
        wait?: string;
        state?: 'starting' | 'serving' | 'draining';
        zone?: string;
        /** @description a selector over labels, such as "version=2,tier in (gold,silver),!canary" */
        label?: string;
        /** @description a part of the id or the endpoint */
        search?: string;
        /** @description as it was then; not before the compaction, and not with `index` */
        revision?: number;
      };
      header?: never;
      path: {
        service: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: {
              service: string;
              id: string;
              address: string;
              port: number;
              ports: {
                [key: string]: number;
              };
              /** @description address and port as URLs write them */
              endpoint: string;
              /** @description the effective one */
              weight: number;
              /**
               * @description the effective one
               * @enum {string}
               */
              state: 'starting' | 'serving' | 'draining';
              /** @description what it says of itself, where an override says otherwise */
              declared: {
                weight: number;
                /** @enum {string} */
                state: 'starting' | 'serving' | 'draining';
              };
              /** @description what an operator decided, where it is in force */
              override?: {
                weight?: number;
                /** @enum {string} */
                state?: 'starting' | 'serving' | 'draining';
                reason: string;
                /** @description who decided */
                by: string;
                /**
                 * Format: date-time
                 * @description when it ends by itself
                 */
                until?: string;
                /** @description the life of the instance that it is about */
                incarnation?: string;
                /** @description its ETag; consumers report up to which they have taken overrides in */
                revision: number;
              };
              zone?: string;
              labels: {
                [key: string]: string;
              };
              metadata: unknown;
              incarnation: string;
              ttlMs: number;
              warmupMs?: number;
              /** Format: date-time */
              registeredAt?: string;
              /** Format: date-time */
              servingSince?: string;
              app?: {
                name: string;
                version?: string;
              };
              /** @description hexadecimal; without one it stays until it is deleted */
              lease?: string;
              createRevision: number;
              /** @description of its latest write: its ETag */
              revision: number;
            }[];
            /** @description of the cluster, when it was read */
            revision: number;
            /** @description there is more: ask again with it */
            nextCursor?: string;
            count: number;
            /**
             * @description the cluster is away: this was last known
             * @enum {boolean}
             */
            stale?: true;
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  getInstance: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        service: string;
        instance: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            service: string;
            id: string;
            address: string;
            port: number;
            ports: {
              [key: string]: number;
            };
            /** @description address and port as URLs write them */
            endpoint: string;
            /** @description the effective one */
            weight: number;
            /**
             * @description the effective one
             * @enum {string}
             */
            state: 'starting' | 'serving' | 'draining';
            /** @description what it says of itself, where an override says otherwise */
            declared: {
              weight: number;
              /** @enum {string} */
              state: 'starting' | 'serving' | 'draining';
            };
            /** @description what an operator decided, where it is in force */
            override?: {
              weight?: number;
              /** @enum {string} */
              state?: 'starting' | 'serving' | 'draining';
              reason: string;
              /** @description who decided */
              by: string;
              /**
               * Format: date-time
               * @description when it ends by itself
               */
              until?: string;
              /** @description the life of the instance that it is about */
              incarnation?: string;
              /** @description its ETag; consumers report up to which they have taken overrides in */
              revision: number;
            };
            zone?: string;
            labels: {
              [key: string]: string;
            };
            metadata: unknown;
            incarnation: string;
            ttlMs: number;
            warmupMs?: number;
            /** Format: date-time */
            registeredAt?: string;
            /** Format: date-time */
            servingSince?: string;
            app?: {
              name: string;
              version?: string;
            };
            /** @description hexadecimal; without one it stays until it is deleted */
            lease?: string;
            createRevision: number;
            /** @description of its latest write: its ETag */
            revision: number;
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  registerInstance: {
    parameters: {
      query?: {
        /** @description takes the id over from another address */
        replace?: string;
      };
      header?: never;
      path: {
        service: string;
        instance: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @description where consumers reach it */
          address: string;
          /** @description the one port, or the first of several */
          port?: number;
          /** @description several, by name; then "port" is one of them */
          ports?: {
            [key: string]: number;
          };
          /**
           * @description the share of calls; 0 takes none
           * @default 100
           */
          weight?: number;
          /**
           * @description how long it may be silent before it is dropped
           * @default 15s
           * @example 15s
           */
          ttl?: string;
          zone?: string;
          /** @default {} */
          labels?: {
            [key: string]: string;
          };
          /** @description any JSON value */
          metadata?: unknown;
          /**
           * @default serving
           * @enum {string}
           */
          state?: 'starting' | 'serving';
          /**
           * @description how long consumers ease it in
           * @example 15s
           */
          warmup?: string;
          /** @description names this life of it: made anew at each start, so that a restart is seen as one */
          incarnation?: string;
          app?: {
            name: string;
            version?: string;
          };
        };
      };
    };
    responses: {
      /** @description Written anew */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            service: string;
            id: string;
            address: string;
            port: number;
            ports: {
              [key: string]: number;
            };
            /** @description address and port as URLs write them */
            endpoint: string;
            /** @description the effective one */
            weight: number;
            /**
             * @description the effective one
             * @enum {string}
             */
            state: 'starting' | 'serving' | 'draining';
            /** @description what it says of itself, where an override says otherwise */
            declared: {
              weight: number;
              /** @enum {string} */
              state: 'starting' | 'serving' | 'draining';
            };
            /** @description what an operator decided, where it is in force */
            override?: {
              weight?: number;
              /** @enum {string} */
              state?: 'starting' | 'serving' | 'draining';
              reason: string;
              /** @description who decided */
              by: string;
              /**
               * Format: date-time
               * @description when it ends by itself
               */
              until?: string;
              /** @description the life of the instance that it is about */
              incarnation?: string;
              /** @description its ETag; consumers report up to which they have taken overrides in */
              revision: number;
            };
            zone?: string;
            labels: {
              [key: string]: string;
            };
            metadata: unknown;
            incarnation: string;
            ttlMs: number;
            warmupMs?: number;
            /** Format: date-time */
            registeredAt?: string;
            /** Format: date-time */
            servingSince?: string;
            app?: {
              name: string;
              version?: string;
            };
            /** @description hexadecimal; without one it stays until it is deleted */
            lease?: string;
            createRevision: number;
            /** @description of its latest write: its ETag */
            revision: number;
          };
        };
      };
      /** @description Registered */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            service: string;
            id: string;
            address: string;
            port: number;
            ports: {
              [key: string]: number;
            };
            /** @description address and port as URLs write them */
            endpoint: string;
            /** @description the effective one */
            weight: number;
            /**
             * @description the effective one
             * @enum {string}
             */
            state: 'starting' | 'serving' | 'draining';
            /** @description what it says of itself, where an override says otherwise */
            declared: {
              weight: number;
              /** @enum {string} */
              state: 'starting' | 'serving' | 'draining';
            };
            /** @description what an operator decided, where it is in force */
            override?: {
              weight?: number;
              /** @enum {string} */
              state?: 'starting' | 'serving' | 'draining';
              reason: string;
              /** @description who decided */
              by: string;
              /**
               * Format: date-time
               * @description when it ends by itself
               */
              until?: string;
              /** @description the life of the instance that it is about */
              incarnation?: string;
              /** @description its ETag; consumers report up to which they have taken overrides in */
              revision: number;
            };
            zone?: string;
            labels: {
              [key: string]: string;
            };
            metadata: unknown;
            incarnation: string;
            ttlMs: number;
            warmupMs?: number;
            /** Format: date-time */
            registeredAt?: string;
            /** Format: date-time */
            servingSince?: string;
            app?: {
              name: string;
              version?: string;
            };
            /** @description hexadecimal; without one it stays until it is deleted */
            lease?: string;
            createRevision: number;
            /** @description of its latest write: its ETag */
            revision: number;
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  deregisterInstance: {
    parameters: {
      query?: {
        /** @description for consumers to see it, at most; 0s does not wait */
        wait?: string;
        /** @description wait: it is deleted once no consumer picks it any more */
        drain?: 'wait' | 'skip';
      };
      header?: never;
      path: {
        service: string;
        instance: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description at which it was marked as draining */
            revision: number;
            /** @enum {string} */
            outcome: 'acknowledged' | 'timeout' | 'skipped';
            /** @description consumers that do not pick it any more */
            acknowledged: number;
            /** @description consumers that may still pick it */
            pending: string[];
            waitedMs: number;
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  updateInstance: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        service: string;
        instance: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @description the share of calls; 0 takes none */
          weight?: number;
          /** @enum {string} */
          state?: 'starting' | 'serving' | 'draining';
          zone?: string | null;
          /** @description merged into those that it has; null removes one */
          labels?: {
            [key: string]: string | null;
          };
          /** @description any JSON value */
          metadata?: unknown;
        };
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            service: string;
            id: string;
            address: string;
            port: number;
            ports: {
              [key: string]: number;
            };
            /** @description address and port as URLs write them */
            endpoint: string;
            /** @description the effective one */
            weight: number;
            /**
             * @description the effective one
             * @enum {string}
             */
            state: 'starting' | 'serving' | 'draining';
            /** @description what it says of itself, where an override says otherwise */
            declared: {
              weight: number;
              /** @enum {string} */
              state: 'starting' | 'serving' | 'draining';
            };
            /** @description what an operator decided, where it is in force */
            override?: {
              weight?: number;
              /** @enum {string} */
              state?: 'starting' | 'serving' | 'draining';
              reason: string;
              /** @description who decided */
              by: string;
              /**
               * Format: date-time
               * @description when it ends by itself
               */
              until?: string;
              /** @description the life of the instance that it is about */
              incarnation?: string;
              /** @description its ETag; consumers report up to which they have taken overrides in */
              revision: number;
            };
            zone?: string;
            labels: {
              [key: string]: string;
            };
            metadata: unknown;
            incarnation: string;
            ttlMs: number;
            warmupMs?: number;
            /** Format: date-time */
            registeredAt?: string;
            /** Format: date-time */
            servingSince?: string;
            app?: {
              name: string;
              version?: string;
            };
            /** @description hexadecimal; without one it stays until it is deleted */
            lease?: string;
            createRevision: number;
            /** @description of its latest write: its ETag */
            revision: number;
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  sendHeartbeat: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        service: string;
        instance: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description how long it may be silent from now on */
            ttlMs: number;
            lease: string;
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  drainInstance: {
    parameters: {
      query?: {
        /** @description for consumers to see it, at most; 0s does not wait */
        wait?: string;
      };
      header?: never;
      path: {
        service: string;
        instance: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description at which it was marked as draining */
            revision: number;
            /** @enum {string} */
            outcome: 'acknowledged' | 'timeout' | 'skipped';
            /** @description consumers that do not pick it any more */
            acknowledged: number;
            /** @description consumers that may still pick it */
            pending: string[];
            waitedMs: number;
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  getOverride: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        service: string;
        instance: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            weight?: number;
            /** @enum {string} */
            state?: 'starting' | 'serving' | 'draining';
            reason: string;
            /** @description who decided */
            by: string;
            /**
             * Format: date-time
             * @description when it ends by itself
             */
            until?: string;
            /** @description the life of the instance that it is about */
            incarnation?: string;
            /** @description its ETag; consumers report up to which they have taken overrides in */
            revision: number;
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  overrideInstance: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        service: string;
        instance: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @description the share of calls; 0 takes none */
          weight?: number;
          /** @enum {string} */
          state?: 'starting' | 'serving' | 'draining';
          reason: string;
          /** Format: date-time */
          until?: string;
          /** @description by default the one that the instance has now; null: whoever has the id */
          incarnation?: string | null;
        };
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            weight?: number;
            /** @enum {string} */
            state?: 'starting' | 'serving' | 'draining';
            reason: string;
            /** @description who decided */
            by: string;
            /**
             * Format: date-time
             * @description when it ends by itself
             */
            until?: string;
            /** @description the life of the instance that it is about */
            incarnation?: string;
            /** @description its ETag; consumers report up to which they have taken overrides in */
            revision: number;
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  removeOverride: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        service: string;
        instance: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  getHealthCheck: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        service: string;
        instance: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            check:
              | {
                  /** @enum {string} */
                  kind: 'http';
                  /**
                   * @default http
                   * @enum {string}
                   */
                  scheme: 'http' | 'https';
                  /** @default / */
                  path: string;
                  /** @description the instance's own by default */
                  port?: number;
                  /** @description the Host that is asked for; the address by default */
                  host?: string;
                  /** @description answers that are well; 200 to 299 by default. Redirects are not followed */
                  statuses?: number[];
                  /**
                   * @description from one check to the next, a tenth more or less
                   * @default 10s
                   * @example 15s
                   */
                  interval: string;
                  /**
                   * @default 2s
                   * @example 15s
                   */
                  timeout: string;
                  /**
                   * @description successes in a row that make it serve
                   * @default 2
                   */
                  up: number;
                  /**
                   * @description failures in a row that take it out
                   * @default 3
                   */
                  down: number;
                }
              | {
                  /** @enum {string} */
                  kind: 'tcp';
                  /** @description the instance's own by default */
                  port?: number;
                  /**
                   * @description from one check to the next, a tenth more or less
                   * @default 10s
                   * @example 15s
                   */
                  interval: string;
                  /**
                   * @default 2s
                   * @example 15s
                   */
                  timeout: string;
                  /**
                   * @description successes in a row that make it serve
                   * @default 2
                   */
                  up: number;
                  /**
                   * @description failures in a row that take it out
                   * @default 3
                   */
                  down: number;
                }
              | {
                  /** @enum {string} */
                  kind: 'grpc';
                  /** @description the instance's own by default */
                  port?: number;
                  /**
                   * @description as grpc.health.v1 is asked; all by default
                   * @default
                   */
                  service: string;
                  /**
                   * @description from one check to the next, a tenth more or less
                   * @default 10s
                   * @example 15s
                   */
                  interval: string;
                  /**
                   * @default 2s
                   * @example 15s
                   */
                  timeout: string;
                  /**
                   * @description successes in a row that make it serve
                   * @default 2
                   */
                  up: number;
                  /**
                   * @description failures in a row that take it out
                   * @default 3
                   */
                  down: number;
                }
              | {
                  /** @enum {string} */
                  kind: 'ttl';
                  /**
                   * @description it serves while its last heartbeat is no longer ago; to be shorter than its own ttl
                   * @example 15s
                   */
                  ttl: string;
                  /**
                   * @description from one check to the next, a tenth more or less
                   * @default 10s
                   * @example 15s
                   */
                  interval: string;
                  /**
                   * @default 2s
                   * @example 15s
                   */
                  timeout: string;
                  /**
                   * @description successes in a row that make it serve
                   * @default 2
                   */
                  up: number;
                  /**
                   * @description failures in a row that take it out
                   * @default 3
                   */
                  down: number;
                };
            by: string;
            /** Format: date-time */
            at: string;
            /** @description not there until it was checked often enough */
            result?: {
              /** @enum {string} */
              health: 'healthy' | 'unhealthy';
              /** Format: date-time */
              since: string;
              /** @description what the check that decided said */
              detail: string;
              /** @description which checked it */
              gateway: string;
            };
            /** @description the gateway that leads its shard */
            checkedBy?: string;
            revision: number;
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  putHealthCheck: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        service: string;
        instance: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json':
          | {
              /** @enum {string} */
              kind: 'http';
              /**
               * @default http
               * @enum {string}
               */
              scheme?: 'http' | 'https';
              /** @default / */
              path?: string;
              /** @description the instance's own by default */
              port?: number;
              /** @description the Host that is asked for; the address by default */
              host?: string;
              /** @description answers that are well; 200 to 299 by default. Redirects are not followed */
              statuses?: number[];
              /**
               * @description from one check to the next, a tenth more or less
               * @default 10s
               * @example 15s
               */
              interval?: string;
              /**
               * @default 2s
               * @example 15s
               */
              timeout?: string;
              /**
               * @description successes in a row that make it serve
               * @default 2
               */
              up?: number;
              /**
               * @description failures in a row that take it out
               * @default 3
               */
              down?: number;
            }
          | {
              /** @enum {string} */
              kind: 'tcp';
              /** @description the instance's own by default */
              port?: number;
              /**
               * @description from one check to the next, a tenth more or less
               * @default 10s
               * @example 15s
               */
              interval?: string;
              /**
               * @default 2s
               * @example 15s
               */
              timeout?: string;
              /**
               * @description successes in a row that make it serve
               * @default 2
               */
              up?: number;
              /**
               * @description failures in a row that take it out
               * @default 3
               */
              down?: number;
            }
          | {
              /** @enum {string} */
              kind: 'grpc';
              /** @description the instance's own by default */
              port?: number;
              /**
               * @description as grpc.health.v1 is asked; all by default
               * @default
               */
              service?: string;
              /**
               * @description from one check to the next, a tenth more or less
               * @default 10s
               * @example 15s
               */
              interval?: string;
              /**
               * @default 2s
               * @example 15s
               */
              timeout?: string;
              /**
               * @description successes in a row that make it serve
               * @default 2
               */
              up?: number;
              /**
               * @description failures in a row that take it out
               * @default 3
               */
              down?: number;
            }
          | {
              /** @enum {string} */
              kind: 'ttl';
              /**
               * @description it serves while its last heartbeat is no longer ago; to be shorter than its own ttl
               * @example 15s
               */
              ttl: string;
              /**
               * @description from one check to the next, a tenth more or less
               * @default 10s
               * @example 15s
               */
              interval?: string;
              /**
               * @default 2s
               * @example 15s
               */
              timeout?: string;
              /**
               * @description successes in a row that make it serve
               * @default 2
               */
              up?: number;
              /**
               * @description failures in a row that take it out
               * @default 3
               */
              down?: number;
            };
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            check:
              | {
                  /** @enum {string} */
                  kind: 'http';
                  /**
                   * @default http
                   * @enum {string}
                   */
                  scheme: 'http' | 'https';
                  /** @default / */
                  path: string;
                  /** @description the instance's own by default */
                  port?: number;
                  /** @description the Host that is asked for; the address by default */
                  host?: string;
                  /** @description answers that are well; 200 to 299 by default. Redirects are not followed */
                  statuses?: number[];
                  /**
                   * @description from one check to the next, a tenth more or less
                   * @default 10s
                   * @example 15s
                   */
                  interval: string;
                  /**
                   * @default 2s
                   * @example 15s
                   */
                  timeout: string;
                  /**
                   * @description successes in a row that make it serve
                   * @default 2
                   */
                  up: number;
                  /**
                   * @description failures in a row that take it out
                   * @default 3
                   */
                  down: number;
                }
              | {
                  /** @enum {string} */
                  kind: 'tcp';
                  /** @description the instance's own by default */
                  port?: number;
                  /**
                   * @description from one check to the next, a tenth more or less
                   * @default 10s
                   * @example 15s
                   */
                  interval: string;
                  /**
                   * @default 2s
                   * @example 15s
                   */
                  timeout: string;
                  /**
                   * @description successes in a row that make it serve
                   * @default 2
                   */
                  up: number;
                  /**
                   * @description failures in a row that take it out
                   * @default 3
                   */
                  down: number;
                }
              | {
                  /** @enum {string} */
                  kind: 'grpc';
                  /** @description the instance's own by default */
                  port?: number;
                  /**
                   * @description as grpc.health.v1 is asked; all by default
                   * @default
                   */
                  service: string;
                  /**
                   * @description from one check to the next, a tenth more or less
                   * @default 10s
                   * @example 15s
                   */
                  interval: string;
                  /**
                   * @default 2s
                   * @example 15s
                   */
                  timeout: string;
                  /**
                   * @description successes in a row that make it serve
                   * @default 2
                   */
                  up: number;
                  /**
                   * @description failures in a row that take it out
                   * @default 3
                   */
                  down: number;
                }
              | {
                  /** @enum {string} */
                  kind: 'ttl';
                  /**
                   * @description it serves while its last heartbeat is no longer ago; to be shorter than its own ttl
                   * @example 15s
                   */
                  ttl: string;
                  /**
                   * @description from one check to the next, a tenth more or less
                   * @default 10s
                   * @example 15s
                   */
                  interval: string;
                  /**
                   * @default 2s
                   * @example 15s
                   */
                  timeout: string;
                  /**
                   * @description successes in a row that make it serve
                   * @default 2
                   */
                  up: number;
                  /**
                   * @description failures in a row that take it out
                   * @default 3
                   */
                  down: number;
                };
            by: string;
            /** Format: date-time */
            at: string;
            /** @description not there until it was checked often enough */
            result?: {
              /** @enum {string} */
              health: 'healthy' | 'unhealthy';
              /** Format: date-time */
              since: string;
              /** @description what the check that decided said */
              detail: string;
              /** @description which checked it */
              gateway: string;
            };
            /** @description the gateway that leads its shard */
            checkedBy?: string;
            revision: number;
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  removeHealthCheck: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        service: string;
        instance: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  listScrapeTargets: {
    parameters: {
      query?: {
        /** @description only these; all by default */
        service?: string[] | string;
        /** @description the name of the port to scrape; the first by default */
        port?: string;
        /** @description a selector over labels, such as "version=2" */
        label?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            targets: string[];
            labels: {
              [key: string]: string;
            };
          }[];
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  getSession: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @enum {string} */
            mode: 'development' | 'set-up' | 'secured';
            /** @description who asks, where that is known */
            actor?: {
              name: string;
              /** @enum {string} */
              via: 'development' | 'session' | 'token' | 'oidc';
              isAdministrator: boolean;
            };
            /** @description for the header `X-Concord-CSRF` of writes by cookie */
            csrfToken?: string;
            /** @description of a login `as` token */
            token?: string;
            /**
             * Format: date-time
             * @description of the session, unless it is used
             */
            expiresAt?: string;
            /** @description another way to sign in */
            oidc?: {
              name: string;
              startUrl: string;
            };
            cluster: {
              /** @description hexadecimal */
              id: string;
              /** @enum {string} */
              kind: 'concord' | 'etcd';
              version: string;
            };
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  createSession: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          user: string;
          password: string;
          /**
           * @description `token`: for programs; the answer has a token for `Authorization: Bearer`
           * @default cookie
           * @enum {string}
           */
          as?: 'cookie' | 'token';
        };
      };
    };
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @enum {string} */
            mode: 'development' | 'set-up' | 'secured';
            /** @description who asks, where that is known */
            actor?: {
              name: string;
              /** @enum {string} */
              via: 'development' | 'session' | 'token' | 'oidc';
              isAdministrator: boolean;
            };
            /** @description for the header `X-Concord-CSRF` of writes by cookie */
            csrfToken?: string;
            /** @description of a login `as` token */
            token?: string;
            /**
             * Format: date-time
             * @description of the session, unless it is used
             */
            expiresAt?: string;
            /** @description another way to sign in */
            oidc?: {
              name: string;
              startUrl: string;
            };
            cluster: {
              /** @description hexadecimal */
              id: string;
              /** @enum {string} */
              kind: 'concord' | 'etcd';
              version: string;
            };
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  deleteSession: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  setUp: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @description the one-time token of the log */
          token: string;
          /** @description the first administrator */
          user: string;
          password: string;
        };
      };
    };
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @enum {string} */
            mode: 'development' | 'set-up' | 'secured';
            /** @description who asks, where that is known */
            actor?: {
              name: string;
              /** @enum {string} */
              via: 'development' | 'session' | 'token' | 'oidc';
              isAdministrator: boolean;
            };
            /** @description for the header `X-Concord-CSRF` of writes by cookie */
            csrfToken?: string;
            /** @description of a login `as` token */
            token?: string;
            /**
             * Format: date-time
             * @description of the session, unless it is used
             */
            expiresAt?: string;
            /** @description another way to sign in */
            oidc?: {
              name: string;
              startUrl: string;
            };
            cluster: {
              /** @description hexadecimal */
              id: string;
              /** @enum {string} */
              kind: 'concord' | 'etcd';
              version: string;
            };
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  checkPermission: {
    parameters: {
      query: {
        verb: 'read' | 'write';
        /** @description a key, or a prefix; the empty prefix is every key */
        key: string;
        /** @description that key; all keys below that prefix; any key below that prefix */
        as?: 'key' | 'prefix' | 'within';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            isPermitted: boolean;
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  listTokens: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: {
              id: string;
              owner: string;
              label: string;
              scope: {
                /** @description `administer`: what takes the role root; only of use to an owner who has it */
                verbs: ('read' | 'write' | 'administer')[];
                /** @description only keys below these; without prefixes and services, all that the owner may */
                prefixes?: string[];
                /** @description only these services: their instances, overrides, health checks and consumers */
                services?: string[];
              };
              /** Format: date-time */
              createdAt: string;
              /** Format: date-time */
              expiresAt?: string;
              /**
               * Format: date-time
               * @description to a few minutes
               */
              lastUsedAt?: string;
              isExpired: boolean;
            }[];
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  createToken: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @description what it is for */
          label: string;
          scope: {
            /** @description `administer`: what takes the role root; only of use to an owner who has it */
            verbs: ('read' | 'write' | 'administer')[];
            /** @description only keys below these; without prefixes and services, all that the owner may */
            prefixes?: string[];
            /** @description only these services: their instances, overrides, health checks and consumers */
            services?: string[];
          };
          /** @default 90 */
          expiresInDays?: number;
        };
      };
    };
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            id: string;
            owner: string;
            label: string;
            scope: {
              /** @description `administer`: what takes the role root; only of use to an owner who has it */
              verbs: ('read' | 'write' | 'administer')[];
              /** @description only keys below these; without prefixes and services, all that the owner may */
              prefixes?: string[];
              /** @description only these services: their instances, overrides, health checks and consumers */
              services?: string[];
            };
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            expiresAt?: string;
            /**
             * Format: date-time
             * @description to a few minutes
             */
            lastUsedAt?: string;
            isExpired: boolean;
            /** @description for `Authorization: Bearer`; it is told this once */
            token: string;
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  deleteToken: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        token: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  startOidc: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      302: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  listUsers: {
    parameters: {
      query?: {
        /** @description at most so many items */
        limit?: number;
        /** @description `nextCursor` of the page before */
        cursor?: string;
        /** @description a part of the name */
        search?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: {
              name: string;
              roles: string[];
            }[];
            nextCursor?: string;
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  createUser: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          name: string;
          /** @description without one the user can come by certificate alone */
          password?: string;
          /** @default [] */
          roles?: string[];
        };
      };
    };
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            name: string;
            roles: string[];
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  getUser: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        user: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            name: string;
            roles: string[];
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  deleteUser: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        user: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  changePassword: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        user: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          password: string;
          /** @description needed by who changes their own */
          current?: string;
        };
      };
    };
    responses: {
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  grantRole: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        user: string;
        role: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  revokeRole: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        user: string;
        role: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  listRoles: {
    parameters: {
      query?: {
        /** @description at most so many items */
        limit?: number;
        /** @description `nextCursor` of the page before */
        cursor?: string;
        /** @description a part of the name */
        search?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: {
              name: string;
              permissions: {
                /** @enum {string} */
                access: 'read' | 'write' | 'readwrite';
                /** @description the first key */
                key: string;
                /** @description the key behind the last; one zero character: no end; left out: the key alone */
                rangeEnd?: string;
                /** @description where the range is all keys with a prefix */
                prefix?: string;
              }[];
            }[];
            nextCursor?: string;
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  createRole: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          name: string;
        };
      };
    };
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            name: string;
            permissions: {
              /** @enum {string} */
              access: 'read' | 'write' | 'readwrite';
              /** @description the first key */
              key: string;
              /** @description the key behind the last; one zero character: no end; left out: the key alone */
              rangeEnd?: string;
              /** @description where the range is all keys with a prefix */
              prefix?: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  getRole: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        role: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            name: string;
            permissions: {
              /** @enum {string} */
              access: 'read' | 'write' | 'readwrite';
              /** @description the first key */
              key: string;
              /** @description the key behind the last; one zero character: no end; left out: the key alone */
              rangeEnd?: string;
              /** @description where the range is all keys with a prefix */
              prefix?: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  deleteRole: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        role: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  grantPermission: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        role: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @enum {string} */
          access: 'read' | 'write' | 'readwrite';
          /** @description one key, or with `rangeEnd` the first of several */
          key?: string;
          /** @description the key behind the last; one zero character: no end */
          rangeEnd?: string;
          /** @description all keys that begin so; empty: all keys */
          prefix?: string;
        };
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            name: string;
            permissions: {
              /** @enum {string} */
              access: 'read' | 'write' | 'readwrite';
              /** @description the first key */
              key: string;
              /** @description the key behind the last; one zero character: no end; left out: the key alone */
              rangeEnd?: string;
              /** @description where the range is all keys with a prefix */
              prefix?: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  revokePermission: {
    parameters: {
      query?: {
        /** @description one key, or with `rangeEnd` the first of several */
        key?: string;
        /** @description the key behind the last; one zero character: no end */
        rangeEnd?: string;
        /** @description all keys that begin so; empty: all keys */
        prefix?: string;
      };
      header?: never;
      path: {
        role: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            name: string;
            permissions: {
              /** @enum {string} */
              access: 'read' | 'write' | 'readwrite';
              /** @description the first key */
              key: string;
              /** @description the key behind the last; one zero character: no end; left out: the key alone */
              rangeEnd?: string;
              /** @description where the range is all keys with a prefix */
              prefix?: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  listAudit: {
    parameters: {
      query?: {
        /** @description at most so many items */
        limit?: number;
        /** @description `nextCursor` of the page before */
        cursor?: string;
        /** @description the whole name */
        actor?: string;
        /** @description the whole operation id */
        action?: string;
        /** @description a part of it */
        subject?: string;
        outcome?: 'done' | 'refused' | 'failed';
        /** @description not before */
        from?: string;
        /** @description before */
        to?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description newest first */
            items: {
              id: string;
              /** Format: date-time */
              at: string;
              /** @description the user; `-` for somebody who was not signed in */
              actor: string;
              /** @description development, session, token, oidc, or `-` */
              via: string;
              source: {
                address: string;
                userAgent?: string;
              };
              /** @description the operation id of this document */
              action: string;
              subject: string;
              /** @enum {string} */
              outcome: 'done' | 'refused' | 'failed';
              status: number;
              before?: unknown;
              after?: unknown;
              requestId: string;
            }[];
            /** @description there may be more: ask again with it, even where this page is short */
            nextCursor?: string;
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  exportAudit: {
    parameters: {
      query?: {
        format?: 'ndjson' | 'csv';
        /** @description the whole name */
        actor?: string;
        /** @description the whole operation id */
        action?: string;
        /** @description a part of it */
        subject?: string;
        outcome?: 'done' | 'refused' | 'failed';
        /** @description not before */
        from?: string;
        /** @description before */
        to?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/x-ndjson': string;
          'text/csv': string;
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  watchAudit: {
    parameters: {
      query?: {
        /** @description as the header Last-Event-ID */
        lastEventId?: number;
      };
      header?: {
        'last-event-id'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/event-stream': string;
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
  listWatches: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description by SSE and WebSocket, at this gateway */
            subscribers: number;
            /** @description of raw keys and of the state of the cluster, at this gateway */
            plainStreams: number;
            items: {
              /** @description of the keys that are followed */
              prefix: string;
              subject: string;
              subscribers: number;
              /** @description subscribers that have not been told of the newest change yet */
              behind: number;
              /** @description subscribers whose connection takes nothing at the moment */
              blocked: number;
              /** @description of the newest change */
              revision: number;
              /** @description what the slowest subscriber knows */
              slowestRevision: number;
            }[];
          };
        };
      };
      /** @description A problem document */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
      /** @description A problem document */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description urn:concord:problem: and the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what went wrong, and the remedy */
            detail: string;
            instance?: string;
            requestId?: string;
            /** @enum {string} */
            outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
            errors?: {
              field: string;
              message: string;
            }[];
          };
        };
      };
    };
  };
}
