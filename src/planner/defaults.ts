/** Seconds that no driver gave us, each with its reason. Shown in plans as "default". */
export const defaultSeconds = {
  /** One API call and its confirmation. */
  setSwitch: 5,
  /** The flag itself; emptying the host is planned as moves of its own. */
  enterMaintenance: 30,
  leaveMaintenance: 30,
  /** A clean guest shutdown; Windows often needs longer. */
  stopVm: 60,
  snapshot: 15,
  removeSnapshot: 30,
  checkHealth: 15,
} as const;
