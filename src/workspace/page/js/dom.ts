/** Browser module: makes elements. Text only ever becomes text nodes, so nothing can inject markup. */
export const domJs = `
export function h(tag, props, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(props || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (key === 'class') element.className = value;
    else if (key === 'style') for (const [name, part] of Object.entries(value)) element.style.setProperty(name, part);
    else if (key === 'value' || key === 'checked' || key === 'selected' || key === 'open') element[key] = value;
    else element.setAttribute(key, value === true ? '' : String(value));
  }
  add(element, children);
  return element;
}

export function add(element, children) {
  for (const child of children.flat(9)) {
    if (child === undefined || child === null || child === false || child === '') continue;
    element.append(child instanceof Node ? child : String(child));
  }
  return element;
}

export function fill(element, ...children) {
  element.replaceChildren();
  return add(element, children);
}

const SVG = 'http://www.w3.org/2000/svg';
const PATHS = {
  check: 'M4 8.5 7 11.5 12.5 5',
  cross: 'M5 5 11 11M11 5 5 11',
  close: 'M4 4 12 12M12 4 4 12',
  chevron: 'M6 4 10 8 6 12',
  down: 'M4 6 8 10 12 6',
  send: 'M2.5 8 13.5 3 9.5 13.5 7.6 9.1Z',
  lines: 'M3 4.5H13M3 8H13M3 11.5H9',
  pulse: 'M1.5 8.5H4.5L6.5 3.5 9.5 12.5 11.5 8.5H14.5',
  reply: 'M3 4.5H13V11H8L5 13.5V11H3Z',
  lock: 'M5 7.5V5.5A3 3 0 0 1 11 5.5V7.5M4 7.5H12V13H4Z',
  eye: 'M1.5 8S4 3.8 8 3.8 14.5 8 14.5 8 12 12.2 8 12.2 1.5 8 1.5 8ZM8 6.3A1.7 1.7 0 1 0 8 9.7 1.7 1.7 0 0 0 8 6.3',
};

export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', PATHS[name]);
  svg.append(path);
  return svg;
}
`;
