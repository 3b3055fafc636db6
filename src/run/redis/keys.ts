/** Redis keys. One hash tag, so that all keys of a script live on one node of a cluster. */
export interface Keys {
  readonly run: (id: string) => string;
  readonly log: (id: string) => string;
  readonly plan: (digest: string) => string;
  /** Set of runs that have not ended. */
  readonly open: string;
  /** Sorted set of all runs by time of request. */
  readonly runs: string;
  /** Lock of a cluster: the id of the run that holds it. No expiry: a crash must not free a half-patched cluster. */
  readonly owner: (cluster: string) => string;
  /** Stream of all decisions and changes. */
  readonly audit: string;
  /** What has been posted to Slack for a run. */
  readonly posted: (id: string) => string;
  /** Prefix for BullMQ. */
  readonly queues: string;
}

export function keysFor(prefix: string): Keys {
  const tag = `{${prefix}}`;
  return {
    run: (id) => `${tag}:run:${id}`,
    log: (id) => `${tag}:run:${id}:log`,
    plan: (digest) => `${tag}:plan:${digest}`,
    open: `${tag}:open`,
    runs: `${tag}:runs`,
    owner: (cluster) => `${tag}:own:${cluster}`,
    audit: `${tag}:audit`,
    posted: (id) => `${tag}:posted:${id}`,
    queues: tag,
  };
}
