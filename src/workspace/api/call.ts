import type { JsonObject } from "../json.ts";
import type { App } from "../seed.ts";
import type { TokenKind } from "../state/tokens.ts";
import type { World } from "../world.ts";
import type { Answer } from "./answer.ts";

/** One authenticated call of a Web API method. */
export interface Call {
  readonly world: World;
  readonly app: App;
  readonly tokenKind: TokenKind;
  readonly args: JsonObject;
}

export type Method = (call: Call) => Answer;
export type Methods = Readonly<Record<string, Method>>;
