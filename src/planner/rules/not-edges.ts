/** A rule of order-rules.md that is no edge of a plan, with the reason and the place where it is kept. */
export interface NotEdge {
  readonly id: string;
  readonly why: string;
  readonly kept: string;
}

export const notEdges: readonly NotEdge[] = [
  {
    id: "R27",
    why: "the same machine type on both sides is a condition of one migration, not an order of two stages",
    kept: "precheck of the hypervisor driver (issue 5): a VM whose machine type no other host has is not migratable, with the reason, and is planned to stop",
  },
];
