import type { App } from "@slack/bolt";
import { expect, it } from "vitest";
import { CHANNEL, call, modal, socketApp, workspaceForTest } from "./support.ts";

const patch = { user: "U0RITA", channel: CHANNEL, command: "/patch" };

/** A bolt app whose command opens `view`. */
async function withModal(view: ReturnType<typeof modal>, listen: (app: App) => void) {
  const workspace = await workspaceForTest();
  await socketApp(workspace, (app) => {
    app.command("/patch", async ({ ack, client, command }) => {
      await ack();
      // A refusal is in the transcript; the test that wants a modal waits for it.
      await client.views.open({ trigger_id: command.trigger_id, view }).catch(() => undefined);
    });
    listen(app);
  });
  await workspace.control.command(patch);
  const open = await workspace.control.waitForModal({ user: "U0RITA", match: "A form" });
  return { workspace, open };
}

it("hands in a modal, shows the app's field errors, and closes when all is well", async () => {
  const names: unknown[] = [];
  const { workspace, open } = await withModal(modal({ private_metadata: "run-1" }), (app) =>
    app.view("form", async ({ ack, view }) => {
      const name = view.state.values.name?.name?.value;
      names.push([name, view.private_metadata]);
      if (name === "cluster-a") await ack();
      else await ack({ response_action: "errors", errors: { name: "not this one" } });
    }),
  );

  const wrong = await workspace.control.submit({ user: "U0RITA", viewId: open.id, values: { name: "cluster-b" } });
  expect(wrong).toMatchObject({ ok: false, error: "field_errors", errors: { name: "not this one" } });
  expect(workspace.control.modals({ user: "U0RITA" })[0]?.errors).toEqual({ name: "not this one" });

  const right = await workspace.control.submit({
    user: "U0RITA",
    callbackId: "form",
    values: { name: { name: "cluster-a" } },
  });
  expect(right).toEqual({ ok: true });
  expect(workspace.control.modals({ user: "U0RITA" })).toEqual([]);
  expect(names).toEqual([
    ["cluster-b", "run-1"],
    ["cluster-a", "run-1"],
  ]);
});

it("refuses to deliver a modal whose required field is empty, or with a field it does not have", async () => {
  let submitted = 0;
  const { workspace } = await withModal(modal(), (app) =>
    app.view("form", async ({ ack }) => {
      submitted += 1;
      await ack();
    }),
  );

  expect(await workspace.control.submit({ user: "U0RITA" })).toMatchObject({
    ok: false,
    error: "required_fields",
    errors: { name: expect.any(String) },
  });
  expect(await workspace.control.submit({ user: "U0RITA", values: { nmae: "x" } })).toMatchObject({
    ok: false,
    error: "field_not_found",
  });
  expect(await workspace.control.submit({ user: "U0ADAM", values: { name: "x" } })).toMatchObject({
    ok: false,
    error: "view_not_found",
  });
  expect(submitted).toBe(0);
});

it("follows response_action push, update and clear, and stacks at most three", async () => {
  const { workspace } = await withModal(modal(), (app) => {
    app.view("form", async ({ ack, view }) => {
      const name = view.state.values.name?.name?.value;
      if (name === "push")
        await ack({ response_action: "push", view: modal({ title: { type: "plain_text", text: "Deeper" } }) });
      else if (name === "update")
        await ack({ response_action: "update", view: modal({ title: { type: "plain_text", text: "Changed" } }) });
      else await ack({ response_action: "clear" });
    });
  });
  const submit = (name: string) => workspace.control.submit({ user: "U0RITA", values: { name } });
  const titles = () => workspace.control.modals({ user: "U0RITA" }).map((view) => view.title);

  await submit("push");
  await submit("update");
  expect(titles()).toEqual([
    { type: "plain_text", text: "A form" },
    { type: "plain_text", text: "Changed" },
  ]);
  await submit("push");
  expect(await submit("push")).toMatchObject({ ok: false, error: "invalid_response" });
  expect(workspace.control.modals({ user: "U0RITA" }).at(-1)?.problem).toContain("push_limit_reached");
  expect(titles()).toHaveLength(3);
  expect(await submit("done")).toEqual({ ok: true });
  expect(titles()).toEqual([]);
});

it("guards views.update by hash and external_id, and does not find closed views", async () => {
  const { workspace, open } = await withModal(modal({ external_id: "one" }), () => undefined);
  const update = async (args: object) => (await call(workspace, "views.update", args)).body;

  const changed = await update({ view_id: open.id, hash: open.hash, view: modal({ external_id: "one" }) });
  expect(changed.ok).toBe(true);
  expect(await update({ view_id: open.id, hash: open.hash, view: modal() })).toMatchObject({ error: "hash_conflict" });
  expect(await update({ external_id: "one", view: modal({ external_id: "one" }) })).toMatchObject({ ok: true });
  expect(await update({ view_id: open.id, view: modal({ private_metadata: "x", blocks: [huge()] }) })).toMatchObject({
    error: "view_too_large",
  });

  await workspace.control.command({ ...patch, user: "U0ADAM" });
  await expect.poll(() => failures(workspace)).toContain("duplicate_external_id");
  await workspace.control.closeModal({ user: "U0RITA" });
  expect(await update({ view_id: open.id, view: modal() })).toMatchObject({ error: "not_found" });
});

it("shows a late answer inside the modal and keeps it open", async () => {
  const { workspace } = await withModal(modal(), (app) => app.view("form", async () => undefined));

  const running = workspace.control.submit({ user: "U0RITA", values: { name: "x" } });
  await expect
    .poll(() => workspace.control.modals({ user: "U0RITA" })[0]?.state)
    .toMatchObject({ values: { name: { name: { value: "x" } } } });
  workspace.control.clock({ advanceMs: 3_001 });

  expect(await running).toMatchObject({ ok: false, error: "operation_timeout" });
  expect(workspace.control.modals({ user: "U0RITA" })[0]?.problem).toContain("operation_timeout");
});

it("tells the app that a modal was closed when it asked for that", async () => {
  const closed: string[] = [];
  const { workspace } = await withModal(modal({ notify_on_close: true }), (app) =>
    app.view({ callback_id: "form", type: "view_closed" }, async ({ ack, body }) => {
      closed.push(body.user.id);
      await ack();
    }),
  );

  expect(await workspace.control.closeModal({ user: "U0RITA" })).toEqual({ ok: true });

  expect(closed).toEqual(["U0RITA"]);
  expect(workspace.control.modals({ user: "U0RITA" })).toEqual([]);
});

function huge() {
  return { type: "section" as const, text: { type: "mrkdwn" as const, text: "x".repeat(260_000) } };
}

function failures(workspace: Awaited<ReturnType<typeof workspaceForTest>>): readonly (string | undefined)[] {
  return workspace.control.transcript().map((record) => record.error);
}
