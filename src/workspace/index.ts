/** The local Slack workspace: a Slack-compatible server of our own, for the try-out and for tests. */
export type { WorkspaceMessage } from "./api/api-message.ts";
export type { Control, ModalView } from "./control/control.ts";
export type { Match } from "./control/waits.ts";
export { defaultSeed } from "./default-seed.ts";
export type { Fault, FaultKind, SocketFaultKind } from "./faults.ts";
export type { JsonObject } from "./json.ts";
export { messageText } from "./message-text.ts";
export { WorkspaceSeed } from "./seed.ts";
export { startWorkspace, type Workspace, type WorkspaceOptions } from "./start.ts";
export type { TranscriptRecord } from "./transcript.ts";
