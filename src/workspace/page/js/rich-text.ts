/** Browser module: rich_text blocks. */
export const richTextJs = `
import { h } from './dom.js';
import { emojiElement, groupMention, link, userMention } from './text.js';
import { withEmoji } from './emoji.js';
import { slackDate } from './dates.js';
import { channel } from './store.js';

export function richText(block) {
  return h('div', { class: 'rich' }, (block.elements || []).map(part));
}

function part(element) {
  if (element.type === 'rich_text_list') {
    const tag = element.style === 'ordered' ? 'ol' : 'ul';
    const start = element.offset ? element.offset + 1 : undefined;
    return h(tag, { class: 'indent-' + (element.indent || 0), start }, (element.elements || []).map((item) => h('li', {}, leaves(item))));
  }
  if (element.type === 'rich_text_quote') return h('blockquote', {}, leaves(element));
  if (element.type === 'rich_text_preformatted') return h('pre', {}, (element.elements || []).map((leaf) => leaf.text || leaf.url || ''));
  return h('div', { class: 'rich-line' }, leaves(element));
}

const leaves = (element) => (element.elements || []).map((one) => styled(leaf(one), one.style || {}));

function styled(content, style) {
  let result = content;
  if (style.code) result = h('code', {}, result);
  if (style.bold) result = h('strong', {}, result);
  if (style.italic) result = h('em', {}, result);
  if (style.strike) result = h('s', {}, result);
  if (style.underline) result = h('u', {}, result);
  return result;
}

function leaf(one) {
  switch (one.type) {
    case 'text': return withEmoji(one.text);
    case 'link': return link(one.url, [one.text || one.url]);
    case 'emoji': return emojiElement(one.name);
    case 'user': return userMention(one.user_id);
    case 'usergroup': return groupMention(one.usergroup_id);
    case 'channel': return h('span', { class: 'mention' }, '#' + (channel(one.channel_id) ? channel(one.channel_id).name : one.channel_id));
    case 'broadcast': return h('span', { class: 'mention mine' }, '@' + one.range);
    case 'date': return h('time', {}, slackDate(one.timestamp, one.format, one.fallback || ''));
    case 'color': return h('code', {}, one.value);
    default: return '';
  }
}
`;
