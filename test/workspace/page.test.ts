import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import type { Workspace } from "../../src/workspace/index.ts";
import { actions, button, CHANNEL, call, modal, socketApp, workspaceForTest } from "./support.ts";

const ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const folders = ["/usr/bin", ...(process.env.PATH ?? "").split(delimiter)];
const executablePath = folders.map((folder) => join(folder, "chromium")).find((path) => existsSync(path));
const why = executablePath === undefined ? " (skipped: no chromium in /usr/bin or PATH)" : "";

describe.skipIf(executablePath === undefined)(`the page in a real browser${why}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ ...(executablePath === undefined ? {} : { executablePath }), args: ARGS });
  }, 30_000);
  afterAll(() => browser?.close());

  async function open(workspace: Workspace): Promise<{ page: Page; errors: string[] }> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    onTestFinished(() => context.close());
    const page = await context.newPage();
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(String(error)));
    page.on("console", (message) => void (message.type() === "error" && errors.push(message.text())));
    await page.goto(workspace.url);
    await page.waitForSelector(".intro");
    return { page, errors };
  }

  it("lets a person run a command, press a button with confirmation and fill in a modal", async () => {
    const workspace = await workspaceForTest();
    const done: string[] = [];
    await socketApp(workspace, (app) => {
      app.command("/patch", async ({ ack, say, respond, command }) => {
        await ack();
        await respond("only for you");
        const confirm = {
          title: { type: "plain_text", text: "Sure?" },
          text: { type: "plain_text", text: "14 machines" },
          confirm: { type: "plain_text", text: "Do it" },
          deny: { type: "plain_text", text: "No" },
        };
        await say({
          text: "card",
          blocks: [
            { type: "header", text: { type: "plain_text", text: `Plan ${command.text}` } },
            actions(button("go", "1", { confirm }), button("form", "1")),
          ],
        });
      });
      app.action("go", async ({ ack, body }) => {
        done.push(`go ${body.user.id}`);
        await ack();
      });
      app.action("form", async ({ ack, body, client }) => {
        await ack();
        if (body.type === "block_actions") await client.views.open({ trigger_id: body.trigger_id, view: modal() });
      });
      app.view("form", async ({ ack, view, body }) => {
        done.push(`form ${body.user.id} ${view.state.values.name?.name?.value}`);
        await ack();
      });
    });
    const { page, errors } = await open(workspace);

    await page.fill("#message-field", "/patch cluster-a");
    await page.press("#message-field", "Enter");
    await page.waitForSelector("text=Plan cluster-a");
    await page.waitForSelector("text=Only visible to you");
    await page.click('[data-user="U0ADAM"]');
    await page.waitForSelector("text=Only visible to you", { state: "detached" });
    await page.click('[data-action="go"]');
    await page.click('[data-confirm="no"]');
    expect(done).toEqual([]);
    await page.click('[data-action="go"]');
    await page.click('[data-confirm="yes"]');
    await expect.poll(() => done).toEqual(["go U0ADAM"]);
    await page.click('[data-action="form"]');
    await page.fill('.modal [data-action="name"]', "cluster-a");
    await page.click(".modal button[type=submit]");
    await page.waitForSelector(".modal[open]", { state: "detached" });

    expect(done).toEqual(["go U0ADAM", "form U0ADAM cluster-a"]);
    expect(errors).toEqual([]);
  });

  it("draws hostile text as text and every kind of block as itself", async () => {
    const workspace = await workspaceForTest();
    const evil = '<img src=x onerror="document.title=1">';
    const raw = (text: string) => ({ type: "raw_text", text });
    const rich = {
      type: "rich_text",
      elements: [{ type: "rich_text_section", elements: [{ type: "text", text: evil }] }],
    };
    const { page, errors } = await open(workspace);

    const { body } = await call(workspace, "chat.postMessage", {
      channel: CHANNEL,
      text: evil,
      blocks: [
        { type: "section", text: { type: "mrkdwn", text: `${evil} *bold* :rocket:` } },
        { type: "context", elements: [{ type: "plain_text", text: evil }] },
        {
          type: "plan",
          title: evil,
          tasks: [{ type: "task_card", task_id: "1", title: evil, status: "in_progress", details: rich }],
        },
        { type: "table", rows: [[raw("head")], [raw(evil)]] },
        { type: "markdown", text: `# ${evil}\n- **item**` },
        { type: "container", title: { type: "plain_text", text: evil }, child_blocks: [{ type: "divider" }] },
        { type: "card", title: { type: "mrkdwn", text: evil } },
      ],
    });
    await page.waitForSelector(`[data-ts="${body.ts}"]`);
    await call(workspace, "chat.postMessage", { channel: CHANNEL, text: evil });
    await expect.poll(() => page.locator(".message").count()).toBe(2);

    expect(await page.locator(".message img").count()).toBe(0);
    expect(await page.locator(".unknown").count()).toBe(0);
    expect(await page.locator(".sign-in_progress").count()).toBeGreaterThan(0);
    expect(await page.title()).toContain("#patching");
    expect(errors).toEqual([]);
  });

  it("keeps what one reads in place while messages above are edited, and follows the end", async () => {
    const workspace = await workspaceForTest({ rateLimits: false });
    const sections = (count: number) =>
      Array.from({ length: count }, (_, n) => ({ type: "section", text: { type: "mrkdwn", text: `line ${n}` } }));
    const first = (await call(workspace, "chat.postMessage", { channel: CHANNEL, text: "tall", blocks: sections(20) }))
      .body.ts;
    for (let n = 0; n < 40; n += 1) workspace.control.say({ user: "U0OLGA", channel: CHANNEL, text: `message ${n}` });
    const { page } = await open(workspace);
    const topOf = (words: string) =>
      page
        .locator(".text", { hasText: words })
        .first()
        .evaluate((element) => element.getBoundingClientRect().top);
    await page.locator("#messages").evaluate((element) => {
      element.scrollTop = element.scrollHeight / 2;
    });

    const before = await topOf("message 20");
    await call(workspace, "chat.update", { channel: CHANNEL, ts: first, text: "short", blocks: sections(2) });
    await expect.poll(() => page.locator(".block-section").count()).toBe(2);
    expect(Math.abs((await topOf("message 20")) - before)).toBeLessThan(2);

    await page.locator("#messages").evaluate((element) => {
      element.scrollTop = element.scrollHeight;
    });
    workspace.control.say({ user: "U0OLGA", channel: CHANNEL, text: "the very last" });
    await page.waitForSelector("text=the very last");
    const rest = await page
      .locator("#messages")
      .evaluate((element) => element.scrollHeight - element.scrollTop - element.clientHeight);
    expect(rest).toBeLessThan(2);
  });

  it("shows a failed click at its message and a failed command as a private line", async () => {
    const workspace = await workspaceForTest();
    await call(workspace, "chat.postMessage", { channel: CHANNEL, text: "card", blocks: [actions(button("go", "1"))] });
    const { page } = await open(workspace);

    await page.click('[data-action="go"]');
    await page.waitForSelector("text=This action failed: dispatch_failed");
    await page.fill("#message-field", "/patch x");
    await page.press("#message-field", "Enter");
    await page.waitForSelector('text=/patch failed with the error "dispatch_failed"');

    await page.reload();
    await page.waitForSelector(".message");
    expect(await page.locator(".ephemeral").count()).toBe(0);
  });
});
