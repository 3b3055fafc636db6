import { baseCss } from "./css/base.ts";
import { blocksCss } from "./css/blocks.ts";
import { dialogsCss } from "./css/dialogs.ts";
import { layoutCss } from "./css/layout.ts";
import { messagesCss } from "./css/messages.ts";
import { planCss } from "./css/plan.ts";
import { blocksJs } from "./js/blocks.ts";
import { choosersJs } from "./js/choosers.ts";
import { composerJs } from "./js/composer.ts";
import { confirmJs } from "./js/confirm.ts";
import { datesJs } from "./js/dates.ts";
import { domJs } from "./js/dom.ts";
import { elementsJs } from "./js/elements.ts";
import { emojiJs } from "./js/emoji.ts";
import { glyphsJs } from "./js/glyphs.ts";
import { inputsJs } from "./js/inputs.ts";
import { logJs } from "./js/log.ts";
import { mainJs } from "./js/main.ts";
import { markdownJs } from "./js/markdown.ts";
import { messageJs } from "./js/message.ts";
import { modalJs } from "./js/modal.ts";
import { mrkdwnJs } from "./js/mrkdwn.ts";
import { netJs } from "./js/net.ts";
import { planJs } from "./js/plan.ts";
import { richTextJs } from "./js/rich-text.ts";
import { sidebarJs } from "./js/sidebar.ts";
import { storeJs } from "./js/store.ts";
import { tableJs } from "./js/table.ts";
import { textJs } from "./js/text.ts";
import { timelineJs } from "./js/timeline.ts";
import { iconSvg, shellHtml } from "./shell.ts";

export interface Asset {
  readonly type: string;
  readonly body: string;
}

const js = (body: string): Asset => ({ type: "text/javascript; charset=utf-8", body });
const css = [baseCss, layoutCss, messagesCss, blocksCss, planCss, dialogsCss].join("\n");

/** Everything the browser loads, by path. tsc copies no files, so the assets are modules. */
export const ASSETS: ReadonlyMap<string, Asset> = new Map([
  ["/", { type: "text/html; charset=utf-8", body: shellHtml }],
  ["/assets/style.css", { type: "text/css; charset=utf-8", body: css }],
  ["/assets/icon.svg", { type: "image/svg+xml", body: iconSvg }],
  ["/assets/blocks.js", js(blocksJs)],
  ["/assets/choosers.js", js(choosersJs)],
  ["/assets/composer.js", js(composerJs)],
  ["/assets/confirm.js", js(confirmJs)],
  ["/assets/dates.js", js(datesJs)],
  ["/assets/dom.js", js(domJs)],
  ["/assets/elements.js", js(elementsJs)],
  ["/assets/emoji.js", js(emojiJs)],
  ["/assets/glyphs.js", js(glyphsJs)],
  ["/assets/inputs.js", js(inputsJs)],
  ["/assets/log.js", js(logJs)],
  ["/assets/main.js", js(mainJs)],
  ["/assets/markdown.js", js(markdownJs)],
  ["/assets/message.js", js(messageJs)],
  ["/assets/modal.js", js(modalJs)],
  ["/assets/mrkdwn.js", js(mrkdwnJs)],
  ["/assets/net.js", js(netJs)],
  ["/assets/plan.js", js(planJs)],
  ["/assets/rich-text.js", js(richTextJs)],
  ["/assets/sidebar.js", js(sidebarJs)],
  ["/assets/store.js", js(storeJs)],
  ["/assets/table.js", js(tableJs)],
  ["/assets/text.js", js(textJs)],
  ["/assets/timeline.js", js(timelineJs)],
]);
