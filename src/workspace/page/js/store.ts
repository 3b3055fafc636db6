/** Browser module: what the page knows, and who it is acting as. */
export const storeJs = `
export const store = {
  team: { name: '' }, users: [], groups: [], apps: [], channels: [],
  me: localStorage.getItem('acting-as') || '',
  channel: localStorage.getItem('channel') || '',
  thread: null,
  messages: new Map(),
  ephemerals: new Map(),
  views: {},
  unread: new Map(),
  calling: new Set(),
  problems: new Map(),
  busy: new Set(),
  records: [],
  online: true,
};

const listeners = [];
export const onChange = (listener) => listeners.push(listener);
let queued = false;
const kinds = new Set();

/** Gathers changes of one tick; each listener gets the set of kinds. */
export function changed(...what) {
  for (const kind of what) kinds.add(kind);
  if (queued) return;
  queued = true;
  queueMicrotask(() => {
    queued = false;
    const now = new Set(kinds);
    kinds.clear();
    for (const listener of listeners) listener(now);
  });
}

export function loadState(state) {
  Object.assign(store, { team: state.team, users: state.users, groups: state.userGroups, apps: state.apps, channels: state.channels, views: state.views });
  store.messages = new Map(state.messages.map((message) => [keyOf(message), message]));
  if (!store.users.some((user) => user.id === store.me)) store.me = store.users[0] ? store.users[0].id : '';
  if (!visibleChannels().some((channel) => channel.id === store.channel)) store.channel = visibleChannels()[0] ? visibleChannels()[0].id : '';
}

export const keyOf = (message) => message.channel + '/' + message.ts;
export const user = (id) => store.users.find((one) => one.id === id);
export const group = (id) => store.groups.find((one) => one.id === id);
export const channel = (id) => store.channels.find((one) => one.id === id);
export const botApp = (id) => store.apps.find((app) => app.botUser === id);
export const me = () => user(store.me);

export function visibleChannels() {
  return store.channels.filter((one) => one.members.includes(store.me) || (!one.isPrivate && !one.isDirect));
}

export function person(id) {
  const human = user(id);
  if (human) return { name: human.realName, short: human.name, colour: human.colour, emoji: human.emoji, title: human.title, bot: false };
  const app = botApp(id);
  if (app) return { name: app.name, short: app.name.toLowerCase(), colour: app.colour, emoji: app.emoji, title: 'App', bot: true };
  return { name: id === 'USLACKBOT' ? 'Workspace' : id, short: id, colour: '#6b7280', emoji: '', title: '', bot: id === 'USLACKBOT' };
}

export function channelTitle(one) {
  if (!one) return '';
  return one.isDirect ? person(one.members.find((id) => id !== store.me) || one.members[0]).name : one.name;
}

/** Somebody else has got something private that nobody has looked at: shown at their face. */
export function hasNews(userId) {
  if (userId === store.me) return false;
  return store.calling.has(userId) || store.channels.some((one) => one.isDirect && one.members.includes(userId) && store.unread.has(one.id));
}

const byTs = (a, b) => (a.ts < b.ts ? -1 : 1);

/** What the acting person sees in a channel, or in one of its threads. */
export function messagesIn(channelId, threadTs) {
  const shared = [...store.messages.values()].filter((message) => message.channel === channelId);
  const mine = [...store.ephemerals.values()].filter((message) => message.channel === channelId && message.ephemeral_to === store.me);
  const isReply = (message) => message.thread_ts && message.thread_ts !== message.ts;
  const wanted = threadTs
    ? [...shared, ...mine].filter((message) => message.ts === threadTs || message.thread_ts === threadTs)
    : [...shared.filter((message) => !isReply(message) || message.subtype === 'thread_broadcast'), ...mine.filter((message) => !isReply(message))];
  return wanted.sort(byTs);
}

export function repliesTo(message) {
  return messagesIn(message.channel, message.ts).filter((reply) => reply.ts !== message.ts && !reply.ephemeral_to);
}
`;
