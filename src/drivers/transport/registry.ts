import { sshTransport, type TransportDriver } from "./ssh.ts";

/** All transports by id. */
export const transports: ReadonlyMap<string, TransportDriver> = new Map<string, TransportDriver>([
  [sshTransport.id, sshTransport],
]);
