import fc from "fast-check";
import type { HostSketch, Scene, Sketch, VmSketch } from "../../../support/builders.ts";
import { scene } from "../../../support/builders.ts";

export const families = ["xapi", "vsphere", "hyperv", "libvirt"] as const;

const patched = fc.record({ patches: fc.constantFrom(["openssl"], []), reboot: fc.boolean() }).map((one) => ({
  patches: one.patches,
  reboot: one.reboot && one.patches.length > 0,
}));

const host = fc
  .record({ state: patched, gib: fc.constantFrom(32, 64) })
  .map(({ state, gib }): HostSketch => ({ ...state, gib }));

const vm = fc.record({
  seat: fc.nat(3),
  gib: fc.constantFrom(2, 4, 8, 16),
  state: patched,
  running: fc.constantFrom(true, true, true, false),
});

const pool = fc.record({
  family: fc.constantFrom(...families),
  hosts: fc.array(host, { minLength: 2, maxLength: 4 }),
  vms: fc.array(vm, { maxLength: 8 }),
  switches: fc.constantFrom<string[]>([], ["ha"]),
  stuck: fc.nat(4),
});

const pace = fc.record(
  {
    hostsPerPool: fc.integer({ min: 1, max: 3 }),
    migrationsPerHost: fc.integer({ min: 1, max: 3 }),
    migrationsPerPool: fc.constantFrom(1, 2, null),
    guestsAtOnce: fc.integer({ min: 1, max: 3 }),
    reserve: fc.constantFrom({ hosts: 0 as const }, { hosts: 1 as const }, { share: 0.1 }),
    canary: fc.constantFrom({ soakMinutes: 0 }, { soakMinutes: 7 }),
    soakMinutes: fc.constantFrom(0, 5),
  },
  { requiredKeys: [] },
);

const everyDay = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/** Windows every night for two of three estates; the short ones hold a few hosts each. */
const calendar = fc
  .constantFrom(null, 4, 0.5)
  .map((hours) => (hours === null ? null : { timeZone: "UTC", windows: [{ days: everyDay, start: "01:00", hours }] }));

/** Estates of one or two pools with two groups, a pace and windows. Names are given by place. */
export const estates: fc.Arbitrary<Scene> = fc
  .record({ pools: fc.array(pool, { minLength: 1, maxLength: 2 }), pace, calendar, groups: fc.nat(2) })
  .map(({ pools, pace: given, calendar: windows, groups }) => {
    const sketch: Record<string, NonNullable<Sketch["pools"]>[string]> = {};
    const names: string[] = [];
    for (const [p, { family, hosts, vms, switches, stuck }] of pools.entries()) {
      const own: Record<string, HostSketch> = {};
      for (const [h, one] of hosts.entries()) own[`p${p}h${h}`] = { ...one, master: h === 0 };
      const guests: Record<string, VmSketch> = {};
      for (const [v, { seat, gib, state, running }] of vms.entries()) {
        const name = `p${p}v${v}`;
        names.push(name);
        guests[name] = { ...state, gib, running, on: `p${p}h${seat % hosts.length}`, stuck: v === stuck };
      }
      sketch[`p${p}`] = { family, hosts: own, vms: guests, switches };
    }
    const members = [names.slice(0, 3), names.slice(3, 5)].slice(0, groups).filter((one) => one.length > 1);
    return scene({
      pools: sketch,
      groups: Object.fromEntries(
        members.map((own, i) => [`g${i}`, { kind: i === 0 ? "quorum" : "redundant", members: own }]),
      ),
      policy: { pace: given, ...(windows === null ? {} : { calendar: windows }) },
    });
  });
