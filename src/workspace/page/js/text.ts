/** Browser module: mrkdwn trees and rich_text as elements. */
export const textJs = `
import { h } from './dom.js';
import { emoji, withEmoji } from './emoji.js';
import { parseMrkdwn } from './mrkdwn.js';
import { slackDate } from './dates.js';
import { person, group, channel, store } from './store.js';

export function mrkdwn(source) {
  return parseMrkdwn(source || '').map(nodeElement);
}

export function plain(source) {
  return (source || '').split(/(:[a-z0-9_+'-]+:)/).map((part) => (/^:.+:$/.test(part) && emoji(part.slice(1, -1))) || withEmoji(part));
}

export function textObject(object) {
  if (!object) return [];
  if (typeof object === 'string') return plain(object);
  return object.type === 'mrkdwn' ? mrkdwn(object.text) : plain(object.text);
}

export function plainWords(object) {
  return typeof object === 'string' ? object : object ? object.text : '';
}

const many = (nodes) => nodes.map(nodeElement);

function nodeElement(node) {
  switch (node.t) {
    case 'bold': return h('strong', {}, many(node.c));
    case 'italic': return h('em', {}, many(node.c));
    case 'strike': return h('s', {}, many(node.c));
    case 'code': return h('code', {}, node.v);
    case 'pre': return h('pre', {}, node.v);
    case 'quote': return h('blockquote', {}, many(node.c));
    case 'link': return link(node.url, many(node.c));
    case 'user': return userMention(node.id, node.label);
    case 'group': return groupMention(node.id, node.label);
    case 'channel': return h('span', { class: 'mention' }, '#' + (channel(node.id) ? channel(node.id).name : node.label || node.id));
    case 'broadcast': return h('span', { class: 'mention mine' }, '@' + node.id);
    case 'date': return dateElement(node);
    case 'emoji': return emojiElement(node.name);
    default: return withEmoji(node.v);
  }
}

export function link(url, children) {
  const safe = /^(https?:|mailto:|tel:)/i.test(url);
  return safe ? h('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, children) : h('span', {}, children);
}

export function userMention(id, label) {
  const known = person(id);
  return h('span', { class: 'mention' + (id === store.me ? ' mine' : ''), title: known.title }, '@' + (known.name === id ? label || id : known.name));
}

export function groupMention(id, label) {
  const known = group(id);
  const mine = known && known.users.includes(store.me);
  return h('span', { class: 'mention' + (mine ? ' mine' : '') }, known ? '@' + known.handle : label || id);
}

function dateElement({ at, format, url, fallback }) {
  const text = slackDate(at, format, fallback);
  const title = Number.isFinite(at) ? new Date(at * 1000).toString() : fallback;
  return url ? link(url, [text]) : h('time', { title }, text);
}

export function emojiElement(name) {
  return emoji(name) || ':' + name + ':';
}
`;
