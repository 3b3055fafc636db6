import { answerOf, run } from "./command.ts";
import { bridge, linkOf, namespaceOf, proxyAddress } from "./layout.ts";

/** A bridge without a route out. forward_delay 0: else every new port is silent for 15 s. */
export async function makeBridge(): Promise<void> {
  await run("ip", ["link", "add", bridge, "type", "bridge", "forward_delay", "0"]);
  await run("ip", ["addr", "add", `${proxyAddress}/24`, "dev", bridge]);
  await run("ip", ["link", "set", bridge, "up"]);
}

export async function removeBridge(): Promise<void> {
  await answerOf("ip", ["link", "del", bridge]);
}

/** One network namespace per host; it outlives the host's reboots. */
export async function plugIn(name: string, address: string): Promise<void> {
  const netns = namespaceOf(name);
  await run("ip", ["netns", "add", netns]);
  await run("ip", ["link", "add", linkOf(name), "type", "veth", "peer", "name", "eth0", "netns", netns]);
  await run("ip", ["link", "set", linkOf(name), "master", bridge, "up"]);
  await run("ip", ["-n", netns, "link", "set", "lo", "up"]);
  await run("ip", ["-n", netns, "addr", "add", `${address}/24`, "dev", "eth0"]);
  await run("ip", ["-n", netns, "link", "set", "eth0", "up"]);
}

export async function unplug(name: string): Promise<void> {
  await answerOf("ip", ["link", "del", linkOf(name)]);
  await answerOf("ip", ["netns", "del", namespaceOf(name)]);
}

/** Pulls the cable out, or puts it back. The host does not notice anything but silence. */
export async function setLink(name: string, up: boolean): Promise<void> {
  await run("ip", ["link", "set", linkOf(name), up ? "up" : "down"]);
}
