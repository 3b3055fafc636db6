import { z } from "zod";
import {
  anyOption,
  buttonStyle,
  confirm,
  httpUrl,
  idText,
  optionGroup,
  placeholder,
  plainOption,
  plainText,
} from "./text.ts";

const actionable = { action_id: idText.optional() };
const confirmable = { ...actionable, confirm: confirm.optional() };
const focusable = { focus_on_load: z.boolean().optional() };
const choosable = { ...confirmable, ...focusable, placeholder: placeholder.optional() };
const typeable = {
  ...actionable,
  ...focusable,
  placeholder: placeholder.optional(),
  dispatch_action_config: z
    .strictObject({ trigger_actions_on: z.array(z.enum(["on_enter_pressed", "on_character_entered"])).optional() })
    .optional(),
};
const several = { max_selected_items: z.number().int().min(1).optional() };
const options = {
  options: z.array(plainOption).min(1).max(100).optional(),
  option_groups: z.array(optionGroup).min(1).max(100).optional(),
};
const conversationFilter = {
  default_to_current_conversation: z.boolean().optional(),
  filter: z.looseObject({}).optional(),
};
const answering = { response_url_enabled: z.boolean().optional() };

export const image = z.strictObject({
  type: z.literal("image"),
  alt_text: z.string().min(1).max(2000),
  image_url: httpUrl.optional(),
  slack_file: z.looseObject({}).optional(),
});

export const button = z.strictObject({
  type: z.literal("button"),
  ...confirmable,
  text: plainText(75),
  value: z.string().max(2000).optional(),
  url: httpUrl.optional(),
  style: buttonStyle.optional(),
  accessibility_label: z.string().max(75).optional(),
});

const fewOptions = z.array(anyOption).min(1).max(10);
const checkboxes = z.strictObject({
  type: z.literal("checkboxes"),
  ...confirmable,
  ...focusable,
  options: fewOptions,
  initial_options: fewOptions.optional(),
});
const radioButtons = z.strictObject({
  type: z.literal("radio_buttons"),
  ...confirmable,
  ...focusable,
  options: fewOptions,
  initial_option: anyOption.optional(),
});
const overflow = z.strictObject({
  type: z.literal("overflow"),
  ...confirmable,
  options: z.array(plainOption).min(1).max(5),
});

const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "must be a date YYYY-MM-DD");
const time = z.string().regex(/^\d{2}:\d{2}$/, "must be a time HH:mm");
const datepicker = z.strictObject({ type: z.literal("datepicker"), ...choosable, initial_date: date.optional() });
const timepicker = z.strictObject({
  type: z.literal("timepicker"),
  ...choosable,
  initial_time: time.optional(),
  timezone: z.string().optional(),
});
const datetimepicker = z.strictObject({
  type: z.literal("datetimepicker"),
  ...confirmable,
  ...focusable,
  initial_date_time: z.number().int().optional(),
});

const staticSelect = z.strictObject({
  type: z.literal("static_select"),
  ...choosable,
  ...options,
  initial_option: plainOption.optional(),
});
const multiStaticSelect = z.strictObject({
  type: z.literal("multi_static_select"),
  ...choosable,
  ...several,
  ...options,
  initial_options: z.array(plainOption).optional(),
});
const externalSelect = z.strictObject({
  type: z.literal("external_select"),
  ...choosable,
  initial_option: plainOption.optional(),
  min_query_length: z.number().int().optional(),
});
const usersSelect = z.strictObject({
  type: z.literal("users_select"),
  ...choosable,
  initial_user: z.string().optional(),
});
const multiUsersSelect = z.strictObject({
  type: z.literal("multi_users_select"),
  ...choosable,
  ...several,
  initial_users: z.array(z.string()).optional(),
});
const conversationsSelect = z.strictObject({
  type: z.literal("conversations_select"),
  ...choosable,
  ...answering,
  ...conversationFilter,
  initial_conversation: z.string().optional(),
});
const channelsSelect = z.strictObject({
  type: z.literal("channels_select"),
  ...choosable,
  ...answering,
  initial_channel: z.string().optional(),
});

const plainTextInput = z.strictObject({
  type: z.literal("plain_text_input"),
  ...typeable,
  initial_value: z.string().max(3000).optional(),
  multiline: z.boolean().optional(),
  min_length: z.number().int().min(0).max(3000).optional(),
  max_length: z.number().int().min(1).max(3000).optional(),
});
const numberInput = z.strictObject({
  type: z.literal("number_input"),
  ...typeable,
  is_decimal_allowed: z.boolean(),
  initial_value: z.string().optional(),
  min_value: z.string().optional(),
  max_value: z.string().optional(),
});
const lineInput = <T extends string>(type: T) =>
  z.strictObject({ type: z.literal(type), ...typeable, initial_value: z.string().optional() });

const selects = [
  staticSelect,
  externalSelect,
  usersSelect,
  conversationsSelect,
  channelsSelect,
  multiStaticSelect,
  multiUsersSelect,
] as const;
const choices = [...selects, checkboxes, radioButtons, datepicker, timepicker] as const;

export const actionElement = z.discriminatedUnion("type", [button, overflow, datetimepicker, ...choices]);
export const accessory = z.discriminatedUnion("type", [button, overflow, image, ...choices]);
export const inputElement = z.discriminatedUnion("type", [
  plainTextInput,
  numberInput,
  lineInput("email_text_input"),
  lineInput("url_text_input"),
  datetimepicker,
  ...choices,
]);
