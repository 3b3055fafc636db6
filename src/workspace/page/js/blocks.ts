/** Browser module: one function per block type. `place` says where the block stands (message or modal). */
export const blocksJs = `
import { h, icon } from './dom.js';
import { markdown } from './markdown.js';
import { mrkdwn, plain, textObject } from './text.js';
import { richText } from './rich-text.js';
import { element } from './elements.js';
import { inputBlock } from './inputs.js';
import { planBlock, taskCard } from './plan.js';
import { tableBlock } from './table.js';

export function blocks(list, place) {
  return (list || []).map((block) => one(block, place));
}

function one(block, place) {
  const render = RENDER[block.type];
  const content = render ? render(block, place) : h('div', { class: 'unknown' }, 'Block of type ' + block.type);
  return h('div', { class: 'block block-' + block.type }, content);
}

const RENDER = {
  section, context, actions, card, container, image, alert,
  header: (block) => h('h3', { class: 'header' }, plain(block.text.text)),
  divider: () => h('hr'),
  markdown: (block) => markdown(block.text),
  rich_text: richText,
  input: inputBlock,
  plan: planBlock,
  task_card: taskCard,
  table: tableBlock,
  carousel: (block, place) => h('div', { class: 'carousel' }, block.elements.map((child) => card(child, place))),
};

function section(block, place) {
  const fields = block.fields ? h('div', { class: 'fields' }, block.fields.map((field) => h('div', { class: 'field' }, textObject(field)))) : null;
  const body = h('div', { class: 'section-body' }, block.text ? h('div', { class: 'section-text' }, textObject(block.text)) : null, fields);
  const side = block.accessory ? h('div', { class: 'accessory' }, element(block.accessory, block, place)) : null;
  return h('div', { class: 'section' }, body, side);
}

function context(block) {
  return h('div', { class: 'context' }, block.elements.map((part) => h('span', { class: 'context-part' }, part.type === 'image' ? picture(part, 'context-image') : textObject(part))));
}

function actions(block, place) {
  return h('div', { class: 'actions' }, block.elements.map((part) => element(part, block, place)));
}

function picture(part, cls) {
  return part.image_url ? h('img', { class: cls, src: part.image_url, alt: part.alt_text }) : h('span', { class: 'muted' }, part.alt_text);
}

function image(block) {
  return h('figure', {}, block.title ? h('figcaption', {}, plain(block.title.text)) : null, picture(block, 'image'));
}

function alert(block) {
  return h('div', { class: 'alert alert-' + (block.level || 'default'), role: 'status' }, textObject(block.text));
}

function card(block, place) {
  return h('div', { class: 'card' },
    block.hero_image ? picture(block.hero_image, 'hero') : null,
    block.title ? h('div', { class: 'card-title' }, mrkdwn(block.title.text)) : null,
    block.subtitle ? h('div', { class: 'muted' }, mrkdwn(block.subtitle.text)) : null,
    block.body ? h('div', {}, mrkdwn(block.body.text)) : null,
    block.actions ? h('div', { class: 'actions' }, block.actions.map((part) => element(part, block, place))) : null);
}

function container(block, place) {
  const title = block.rich_text_title ? richText(block.rich_text_title) : h('strong', {}, plain(block.title ? block.title.text : ''));
  const subtitle = block.subtitle ? h('div', { class: 'muted' }, textObject(block.subtitle)) : null;
  const children = blocks(block.child_blocks, place);
  if (!block.is_collapsible) return h('div', { class: 'container' }, h('div', { class: 'container-head' }, title, subtitle), children);
  const summary = h('summary', {}, icon('chevron'), h('div', {}, title, subtitle));
  return h('details', { class: 'container', open: !block.default_collapsed }, summary, children);
}
`;
