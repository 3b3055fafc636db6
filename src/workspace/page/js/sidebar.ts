/** Browser module: channels, conversations and people at the left; who one is acting as at the top. */
export const sidebarJs = String.raw`
import { h, fill } from './dom.js';
import { act } from './net.js';
import { avatar } from './message.js';
import { store, changed, channelTitle, hasNews, me, person, visibleChannels } from './store.js';

export function openChannel(id) {
  store.channel = id;
  store.thread = null;
  store.unread.delete(id);
  localStorage.setItem('channel', id);
  document.body.classList.remove('menu-open');
  changed('all');
  document.querySelector('#message-field').focus();
}

async function openDirect(id) {
  const found = await act('direct', { user: store.me, with: id });
  if (found.ok) { if (!store.channels.some((one) => one.id === found.channel.id)) store.channels.push(found.channel); openChannel(found.channel.id); }
}

function channelRow(one) {
  const unread = store.unread.get(one.id) || 0;
  const cls = 'side-row' + (one.id === store.channel ? ' current' : '') + (unread ? ' unread' : '');
  return h('button', { type: 'button', class: cls, 'aria-current': one.id === store.channel ? 'page' : null, onclick: () => openChannel(one.id) },
    h('span', { class: 'hash' }, '#'), h('span', { class: 'side-name' }, channelTitle(one)), unread ? h('span', { class: 'count' }, unread) : null);
}

function personRow(id, extra) {
  const direct = store.channels.find((one) => one.isDirect && one.members.includes(store.me) && one.members.includes(id));
  const unread = direct ? store.unread.get(direct.id) || 0 : 0;
  const cls = 'side-row' + (direct && direct.id === store.channel ? ' current' : '') + (unread ? ' unread' : '');
  return h('button', { type: 'button', class: cls, onclick: () => openDirect(id) }, avatar(id, 'tiny'), h('span', { class: 'side-name' }, person(id).name), unread ? h('span', { class: 'count' }, unread) : extra);
}

function appRow(app) {
  const on = app.mode === 'http' || app.connections > 0;
  return personRow(app.botUser, h('span', { class: 'presence ' + (on ? 'on' : 'off'), title: on ? 'connected' : 'not connected' }));
}

export function drawSidebar(root) {
  const channels = visibleChannels().filter((one) => !one.isDirect);
  fill(root,
    h('div', { class: 'team' }, h('span', { class: 'team-mark' }, store.team.name.slice(0, 1)), h('div', {}, h('strong', {}, store.team.name), h('small', {}, store.online ? 'Local workspace' : 'Reconnecting\u2026'))),
    h('nav', { 'aria-label': 'Channels' },
      h('h2', {}, 'Channels'), channels.map(channelRow),
      h('h2', {}, 'People'), store.users.filter((user) => user.id !== store.me).map((user) => personRow(user.id, h('small', { class: 'side-title' }, user.title))),
      h('h2', {}, 'Apps'), store.apps.map(appRow)),
    h('div', { class: 'side-note' }, h('strong', {}, 'This is not Slack.'), ' A local stand-in, running on this computer only.'));
}

function actAs(id) {
  store.me = id;
  store.calling.delete(id);
  localStorage.setItem('acting-as', id);
  if (!visibleChannels().some((one) => one.id === store.channel)) store.channel = visibleChannels()[0].id;
  changed('all');
}

export function drawActing(root) {
  const face = (user) => h('button', { type: 'button', role: 'radio', class: 'face' + (user.id === store.me ? ' current' : ''), 'aria-checked': String(user.id === store.me), 'aria-label': 'Act as ' + user.realName, title: user.realName + (user.title ? ' \u2013 ' + user.title : ''), 'data-user': user.id, onclick: () => actAs(user.id) }, avatar(user.id, 'small'), hasNews(user.id) ? h('span', { class: 'dot', title: 'has something new' }) : null);
  fill(root, h('span', { class: 'acting-label' }, 'Acting as'), h('div', { class: 'faces', role: 'radiogroup', 'aria-label': 'Acting as' }, store.users.map(face)),
    h('span', { class: 'acting-name' }, h('strong', {}, me() ? me().realName : ''), h('small', {}, me() ? me().title : '')));
}
`;
