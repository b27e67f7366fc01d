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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
    requestBody?: never;
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
    requestBody?: never;
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
      query?: never;
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
    requestBody?: never;
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
    requestBody?: never;
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
            outcome?: 'applied' | 'not-applied' | 'unknown';
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
}
