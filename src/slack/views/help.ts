import { plain } from "../text.ts";
import { context, section, type View } from "./blocks.ts";

/** What `/patch` can do, for somebody who typed it bare. */
export function helpView(
  clusters: readonly string[],
  usages: readonly { readonly usage: string; readonly does: string }[],
): View {
  const known = clusters.length > 0 ? clusters.map((name) => `\`${plain(name)}\``).join(", ") : "none in the inventory";
  return {
    text: "What /patch can do",
    blocks: [
      section(
        `*What \`/patch\` can do*\n${usages.map((one) => `\`${plain(one.usage)}\` – ${plain(one.does)}`).join("\n")}`,
      ),
      context(`Clusters: ${known}`),
    ],
  };
}
