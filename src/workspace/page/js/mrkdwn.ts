/**
 * Browser module: Slack's mrkdwn as a tree of plain nodes. It knows no DOM, so tests can run it in Node.
 * Nodes: {t:'text',v} {t:'bold'|'italic'|'strike'|'quote',c:[…]} {t:'code'|'pre',v} {t:'link',url,c}
 * {t:'user'|'channel'|'group'|'broadcast',id,label} {t:'date',at,format,url,fallback} {t:'emoji',name}.
 */
export const mrkdwnJs = String.raw`
const MARKS = { '*': 'bold', '_': 'italic', '~': 'strike' };
const FENCE = '\u0060\u0060\u0060';
const TICK = '\u0060';

export function unescapeText(text) {
  return text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
}

export function parseMrkdwn(source) {
  const nodes = [];
  source.split(FENCE).forEach((part, index, parts) => {
    const closed = index % 2 === 1 && index < parts.length - 1;
    if (closed) nodes.push({ t: 'pre', v: unescapeText(part.replace(/^\n|\n$/g, '')) });
    else nodes.push(...parseLines(index % 2 === 1 ? FENCE + part : trimAroundFence(part, index, parts.length)));
  });
  return nodes;
}

function trimAroundFence(part, index, count) {
  let text = part;
  if (index > 0) text = text.replace(/^\n/, '');
  if (index < count - 1) text = text.replace(/\n$/, '');
  return text;
}

function parseLines(text) {
  const nodes = [];
  let plain = [];
  let quoted = [];
  const flushPlain = () => { if (plain.length) nodes.push(...parseInline(plain.join('\n'))); plain = []; };
  const flushQuote = () => { if (quoted.length) nodes.push({ t: 'quote', c: parseInline(quoted.join('\n')) }); quoted = []; };
  for (const line of text.split('\n')) {
    const quote = /^(?:&gt;|>)\s?(.*)$/.exec(line);
    if (quote) { flushPlain(); quoted.push(quote[1]); }
    else { flushQuote(); plain.push(line); }
  }
  flushPlain();
  flushQuote();
  return nodes;
}

export function parseInline(text) {
  const nodes = [];
  let plain = '';
  let at = 0;
  const flush = () => { if (plain) nodes.push({ t: 'text', v: unescapeText(plain) }); plain = ''; };
  while (at < text.length) {
    const token = tokenAt(text, at);
    if (token) { flush(); nodes.push(token.node); at = token.end; }
    else { plain += text[at]; at += 1; }
  }
  flush();
  return nodes;
}

function tokenAt(text, at) {
  const char = text[at];
  if (char === '<') return angle(text, at);
  if (char === TICK) return code(text, at);
  if (char === ':') return emoji(text, at);
  return MARKS[char] ? marked(text, at, char) : undefined;
}

function code(text, at) {
  const end = text.indexOf(TICK, at + 1);
  if (end < 0 || end === at + 1 || text.slice(at, end).includes('\n')) return undefined;
  return { node: { t: 'code', v: unescapeText(text.slice(at + 1, end)) }, end: end + 1 };
}

function emoji(text, at) {
  const found = /^:([a-z0-9_+'-]+):(?::skin-tone-\d:)?/.exec(text.slice(at, at + 80));
  return found ? { node: { t: 'emoji', name: found[1] }, end: at + found[0].length } : undefined;
}

function isWord(char) {
  return char !== undefined && /[\p{L}\p{N}]/u.test(char);
}

function marked(text, at, mark) {
  if (isWord(text[at - 1]) || text[at - 1] === mark || text[at + 1] === undefined || /\s/.test(text[at + 1])) return undefined;
  for (let end = text.indexOf(mark, at + 1); end > 0; end = text.indexOf(mark, end + 1)) {
    const inner = text.slice(at + 1, end);
    if (inner.includes('\n')) return undefined;
    if (inner === '' || /\s$/.test(inner) || isWord(text[end + 1]) || insideAngle(inner) || insideCode(inner)) continue;
    return { node: { t: MARKS[mark], c: parseInline(inner) }, end: end + 1 };
  }
  return undefined;
}

function insideAngle(inner) {
  return inner.lastIndexOf('<') > inner.lastIndexOf('>');
}

function insideCode(inner) {
  return inner.split(TICK).length % 2 === 0;
}

function angle(text, at) {
  const end = text.indexOf('>', at);
  if (end < 0) return undefined;
  const body = text.slice(at + 1, end);
  const bar = body.indexOf('|');
  const target = bar < 0 ? body : body.slice(0, bar);
  const label = bar < 0 ? undefined : unescapeText(body.slice(bar + 1));
  const node = angleNode(target, label);
  return node ? { node, end: end + 1 } : undefined;
}

function angleNode(target, label) {
  if (/^@[UWB]/.test(target)) return { t: 'user', id: target.slice(1), label };
  if (/^#[CDG]/.test(target)) return { t: 'channel', id: target.slice(1), label };
  if (target.startsWith('!subteam^')) return { t: 'group', id: target.slice(9), label };
  if (target.startsWith('!date^')) {
    const [, at, format, url] = target.split('^');
    return { t: 'date', at: Number(at), format: unescapeText(format || ''), url, fallback: label || '' };
  }
  if (/^!(here|channel|everyone)$/.test(target)) return { t: 'broadcast', id: target.slice(1), label };
  if (/^(https?:|mailto:|tel:)/i.test(target)) {
    const url = unescapeText(target);
    return { t: 'link', url, c: label === undefined ? [{ t: 'text', v: url }] : parseInline(label) };
  }
  return undefined;
}
`;
