import { z } from "zod";
import { Act } from "../../domain/act.ts";
import { FaultRequest } from "../fault.ts";

/** What a caller wants, parsed. */
export type Wish =
  | { readonly want: "clock" | "state" | "faults" }
  | { readonly want: "log"; readonly since: number }
  | { readonly want: "pool" | "machine"; readonly name: string }
  | { readonly want: "begin"; readonly tag: string; readonly act: Act }
  | { readonly want: "tasks"; readonly tag: string | null }
  | { readonly want: "task"; readonly id: string }
  | { readonly want: "inject"; readonly fault: FaultRequest }
  | { readonly want: "clear"; readonly id?: string | undefined; readonly kind?: string | undefined };

const Begin = z.strictObject({
  tag: z.string().regex(/^[a-z0-9-]{1,200}$/, "use lower-case letters, digits and hyphens"),
  act: Act,
});

export class NoSuchPath extends Error {}

/** Throws `NoSuchPath`, or `ZodError` for a body that is not well-formed. */
export function readWish(method: string, url: URL, body: unknown): Wish {
  const [first = "", second] = url.pathname.split("/").slice(1).map(decodeURIComponent);
  switch (`${method} /${first}${second === undefined ? "" : "/:"}`) {
    case "GET /clock":
      return { want: "clock" };
    case "GET /state":
      return { want: "state" };
    case "GET /log":
      return {
        want: "log",
        since: z.coerce
          .number()
          .int()
          .parse(url.searchParams.get("since") ?? 0),
      };
    case "GET /pools/:":
      return { want: "pool", name: second ?? "" };
    case "GET /machines/:":
      return { want: "machine", name: second ?? "" };
    case "POST /tasks":
      return { want: "begin", ...Begin.parse(body) };
    case "GET /tasks":
      return { want: "tasks", tag: url.searchParams.get("tag") };
    case "GET /tasks/:":
      return { want: "task", id: second ?? "" };
    case "GET /faults":
      return { want: "faults" };
    case "POST /faults":
      return { want: "inject", fault: FaultRequest.parse(body) };
    case "DELETE /faults":
      return {
        want: "clear",
        id: url.searchParams.get("id") ?? undefined,
        kind: url.searchParams.get("kind") ?? undefined,
      };
    default:
      throw new NoSuchPath(`There is no ${method} ${url.pathname}.`);
  }
}
