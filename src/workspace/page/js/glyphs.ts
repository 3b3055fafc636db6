/**
 * Browser module: small drawings for the emoji that operations bots use most, so that the page looks the
 * same on a machine without an emoji font. One drawing is a list of shapes on a 20 × 20 field:
 * `o x y r colour` (disc), `r x y w h corner colour` (box), `f colour path` (filled), `s colour width path` (stroked).
 */
const BLUE = "r 1 1 18 18 4 #3b7dd8";
const SHEET = "r 3 1.5 14 17 1.8 #e4e9ec";
const CLOCK = "o 10 10 8.8 #8b95a1;o 10 10 7.3 #f4f6f7;s #2b3238 1.7 M10 5V10H13.8";
const TURN = `${BLUE};s #fff 2 M5 9a5.2 5.2 0 0 1 9.2-2.2M14.6 3.8V7.2H11.2M15 11a5.2 5.2 0 0 1-9.2 2.2M5.4 16.2V12.8H8.8`;
const HOURGLASS =
  "f #8a6d3b M4 1.5h12v2H4zM4 16.5h12v2H4z;f #cfdde6 M5.5 3.5h9c0 4-3.2 4.8-3.2 6.5s3.2 2.5 3.2 6.5h-9c0-4 3.2-4.8 3.2-6.5s-3.2-2.5-3.2-6.5z;" +
  "f #e3a73b M7.2 16.5c.3-2 1.6-2.8 2.8-3.6 1.2.8 2.5 1.6 2.8 3.6zM7 5.5h6c-.6 1.7-2 2.5-3 3.6-1-1.1-2.4-1.9-3-3.6z";
const LOCKED = "s #8b95a1 2 M6 9V6.2a4 4 0 0 1 8 0V9;r 3.5 8.8 13 9.4 2 #e3a73b;o 10 13.4 1.5 #6b4a00";
const CALENDAR =
  "r 2 3 16 15.5 2 #e4e9ec;r 2 3 16 4.6 2 #d8392f;s #5b6b78 1.6 M6 1.4V4.4M14 1.4V4.4;s #8b95a1 1.9 M5.5 11h2M9 11h2M12.5 11h2M5.5 14.6h2M9 14.6h2";
const SCREEN = "r 1.5 3 17 11 1.6 #5b6b78;r 3 4.5 14 8 .6 #bfe0f5;r 6 15.5 8 2 .8 #8b95a1";
const MAG = "o 8.2 8.2 6.6 #5b6b78;o 8.2 8.2 4.6 #d5eaf8;s #8a5a2b 3 M13.2 13.2 17.6 17.6";
const MEMO = `${SHEET};s #8b95a1 1.3 M6 6h8M6 9h6M6 12h4;s #f2992e 2.6 M17.6 9.4 12.4 16.2`;
const GEAR =
  "s #7b8794 3 M10 5.4a4.6 4.6 0 1 0 .01 0Z;s #7b8794 2.6 M10 1.2v2M10 16.8v2M1.2 10h2M16.8 10h2M3.8 3.8l1.4 1.4M14.8 14.8l1.4 1.4M16.2 3.8l-1.4 1.4M5.2 14.8l-1.4 1.4";
const WRENCH =
  "f #7b8794 M13.5 1.2a5.3 5.3 0 0 0-4.6 7L2.2 14.9a2 2 0 0 0 2.9 2.9l6.7-6.7a5.3 5.3 0 0 0 7-4.6c0-.5-.1-1-.2-1.4l-3.3 3.2-3.5-.4-.4-3.5 3.2-3.3c-.4 0-.8 0-1.1.1z";
const STOP = "f #d8392f M6.3 1h7.4L19 6.3v7.4L13.7 19H6.3L1 13.7V6.3z;r 4.8 8.6 10.4 2.8 .5 #fff";
const PAUSE = `${BLUE};r 6 5.5 2.8 9 .6 #fff;r 11.2 5.5 2.8 9 .6 #fff`;
const CHECKED = "r 1 1 18 18 4 #2fa866;s #fff 2.4 M5.5 10.5 8.8 13.6 14.6 6.8";
const PERSON = "o 10 6.2 3.9 #6b7d8c;f #6b7d8c M2.6 18.6a7.4 7.4 0 0 1 14.8 0z";
const THUMB_UP =
  "f #eeb53f M7 9 10 2.2c1.8 0 2.4 1.2 2 2.8L11.4 8H16a1.8 1.8 0 0 1 1.7 2.3l-1.6 6A1.8 1.8 0 0 1 14.4 17.6H7zM2.4 9h3.2v8.6H2.4z";
const THUMB_DOWN =
  "f #eeb53f M7 11 10 17.8c1.8 0 2.4-1.2 2-2.8L11.4 12H16a1.8 1.8 0 0 0 1.7-2.3l-1.6-6A1.8 1.8 0 0 0 14.4 2.4H7zM2.4 11h3.2V2.4H2.4z";
const disc = (colour: string): string => `o 10 10 8.6 ${colour}`;
const square = (colour: string): string => `r 1.5 1.5 17 17 3 ${colour}`;
const arrow = (path: string): string => `${BLUE};s #fff 2.3 ${path}`;

const GLYPHS: Readonly<Record<string, string>> = {
  white_check_mark: CHECKED,
  ballot_box_with_check: CHECKED,
  heavy_check_mark: "s #2fa866 3 M3 11 8 15.5 17 4.5",
  x: "s #d8392f 3.2 M4 4 16 16M16 4 4 16",
  negative_squared_cross_mark: "r 1 1 18 18 4 #2fa866;s #fff 2.4 M6 6 14 14M14 6 6 14",
  warning: "f #f2b21b M10 1.6 19.2 17.8H.8Z;s #4b3a00 2 M10 7.4V12;o 10 14.9 1.15 #4b3a00",
  rotating_light:
    "f #d8392f M5 14V9a5 5 0 0 1 10 0v5Z;r 3 14.5 14 3.6 1 #7b8794;s #f2a01b 1.7 M10 .9V2.4M3.4 3.8 4.5 4.9M16.6 3.8 15.5 4.9M1 9.2H2.6M17.4 9.2H19",
  hourglass: HOURGLASS,
  hourglass_flowing_sand: HOURGLASS,
  no_entry: "o 10 10 9 #d8392f;r 4.5 8.4 11 3.2 .6 #fff",
  no_entry_sign: "s #d8392f 2.6 M10 2.2a7.8 7.8 0 1 0 .01 0ZM4.6 4.6 15.4 15.4",
  arrows_counterclockwise: TURN,
  arrows_clockwise: TURN,
  repeat: TURN,
  lock: LOCKED,
  closed_lock_with_key: LOCKED,
  unlock: "s #8b95a1 2 M6 9V6.2a4 4 0 0 1 7.6-1.7;r 3.5 8.8 13 9.4 2 #e3a73b;o 10 13.4 1.5 #6b4a00",
  key: "s #e3a73b 2.3 M13 3a4 4 0 1 0 .01 0ZM10 10 3 17M5.2 14.8l2 2",
  rocket:
    "f #c9d1d9 M10 1c3.5 2.4 4.6 6 4.2 10.5l-1.6 2.5H7.4l-1.6-2.5C5.4 7 6.5 3.4 10 1z;o 10 7.4 1.9 #3b7dd8;f #d8392f M5.7 9.6 3 13.2l.4 3 2.9-2.4zM14.3 9.6l2.7 3.6-.4 3-2.9-2.4z;f #f2992e M8.2 14.6h3.6L10 19z",
  pause_button: PAUSE,
  double_vertical_bar: PAUSE,
  arrow_forward: `${BLUE};f #fff M7 5.2 14.8 10 7 14.8Z`,
  rewind: `${BLUE};f #fff M10 5.4v9.2L4.2 10zM16 5.4v9.2L10.2 10z`,
  fast_forward: `${BLUE};f #fff M10 5.4v9.2L15.8 10zM4 5.4v9.2L9.8 10z`,
  black_square_for_stop: `${BLUE};r 6 6 8 8 1 #fff`,
  octagonal_sign: STOP,
  stop_sign: STOP,
  large_green_circle: disc("#35a862"),
  large_yellow_circle: disc("#f0b429"),
  large_orange_circle: disc("#ee8434"),
  large_blue_circle: disc("#3b7dd8"),
  red_circle: disc("#d8392f"),
  white_circle: `${disc("#9aa5ad")};o 10 10 7.3 #f1f4f5`,
  black_circle: disc("#3a434a"),
  large_green_square: square("#35a862"),
  large_yellow_square: square("#f0b429"),
  large_red_square: square("#d8392f"),
  white_large_square: `${square("#9aa5ad")};r 3 3 14 14 2 #f1f4f5`,
  memo: MEMO,
  pencil: MEMO,
  pencil2: "s #f2992e 3.2 M15.5 3.5 5.5 15.5;f #4b3a00 M3 18.4 4 14.4 6.6 16.6z",
  mag: MAG,
  mag_right: MAG,
  wrench: WRENCH,
  hammer: WRENCH,
  hammer_and_wrench: WRENCH,
  gear: GEAR,
  shield:
    "f #3b7dd8 M10 1.2 17.5 4v5.2c0 4.6-3.2 8-7.5 9.6-4.3-1.6-7.5-5-7.5-9.6V4z;f #6ba3ea M10 1.2V18.8c-4.3-1.6-7.5-5-7.5-9.6V4z",
  calendar: CALENDAR,
  date: CALENDAR,
  spiral_calendar_pad: CALENDAR,
  ...Object.fromEntries(
    [
      "clock1",
      "clock2",
      "clock3",
      "clock4",
      "clock5",
      "clock6",
      "clock9",
      "clock12",
      "alarm_clock",
      "stopwatch",
      "timer_clock",
    ].map((name) => [name, CLOCK]),
  ),
  test_tube: "f #c5dcea M7 1.8h6v12a3 3 0 0 1-6 0z;f #35a862 M7 9h6v4.8a3 3 0 0 1-6 0z;s #5b6b78 1.4 M5.8 1.8h8.4",
  information_source: `${BLUE};s #fff 2.2 M8.6 9H10V14.6M8.2 14.6h3.6;o 10 5.8 1.4 #fff`,
  tada: "f #f0b429 M2 18 6.5 6.5 13.5 13.5z;s #d8392f 1.6 M10 6.5c.5-2 2-2.5 1.6-4.5;s #3b7dd8 1.6 M13.5 9.8c2-.6 2.6-2 4.6-1.6;o 15.5 4.3 1.2 #35a862;o 7.2 2.6 1 #3b7dd8;o 17.4 12.8 1 #d8392f",
  computer: SCREEN,
  desktop_computer: SCREEN,
  package:
    "f #c68b4f M1.8 6 10 2l8.2 4v8.6L10 18.6l-8.2-4z;s #8a5a2b 1.2 M1.8 6 10 10l8.2-4M10 10v8.6;s #e6c397 2 M6 4 14 8v3",
  eyes: "o 5.6 10 4.6 #8b95a1;o 14.4 10 4.6 #8b95a1;o 5.6 10 3.6 #fff;o 14.4 10 3.6 #fff;o 6.8 10.6 2 #2b3238;o 15.6 10.6 2 #2b3238",
  thread:
    "r 4 2 12 3 1 #a9774a;r 4 15 12 3 1 #a9774a;r 5.5 5 9 10 1 #7a5bd6;s #b9a5f2 1.2 M5.5 7.5h9M5.5 10h9M5.5 12.5h9",
  speech_balloon: "f #a9c9e4 M2 3.5h16v10.5H9l-4 4v-4H2z",
  bulb: "o 10 7.6 6 #f7c948;r 7.3 13.2 5.4 4.8 1.4 #8b95a1",
  bell: "f #f0b429 M10 2a5.5 5.5 0 0 1 5.5 5.5V12l2 2.6h-15l2-2.6V7.5A5.5 5.5 0 0 1 10 2z;o 10 16.6 1.9 #c98f12",
  fire: "f #f2792e M10 1c1 3.5 5.5 5 5.5 10.5A5.5 5.5 0 0 1 10 18.5a5.5 5.5 0 0 1-5.5-7c0-2.5 1.7-3.6 2-5.8C8.5 6 9.6 4 10 1z;f #ffd35c M10 9.5c.6 1.8 2.6 2.6 2.6 5a2.6 2.6 0 0 1-5.2 0c0-2.2 1.9-2.8 2.6-5z",
  zap: "f #f0b429 M11.5 1 3.5 11.5h5L7.5 19l9-11h-5.4z",
  thumbsup: THUMB_UP,
  "+1": THUMB_UP,
  thumbsdown: THUMB_DOWN,
  "-1": THUMB_DOWN,
  arrow_right: arrow("M5 10h9.4M10.5 6 14.5 10 10.5 14"),
  arrow_left: arrow("M15 10H5.6M9.5 6 5.5 10 9.5 14"),
  arrow_up: arrow("M10 15V5.6M6 9.5 10 5.5 14 9.5"),
  arrow_down: arrow("M10 5v9.4M6 10.5 10 14.5 14 10.5"),
  leftwards_arrow_with_hook: arrow("M8 5 4.8 8.2 8 11.4M4.8 8.2H12a3.2 3.2 0 0 1 0 6.4H8"),
  question: "s #d8392f 2.6 M6.4 6.2a3.6 3.6 0 1 1 5 3.4c-1 .5-1.4 1.2-1.4 2.6;o 10 16.2 1.7 #d8392f",
  exclamation: "s #d8392f 3.2 M10 2.8V11.6;o 10 16.4 1.9 #d8392f",
  heavy_exclamation_mark: "s #d8392f 3.2 M10 2.8V11.6;o 10 16.4 1.9 #d8392f",
  floppy_disk: "r 2 2 16 16 2 #3b5fa8;r 6 2 8 5.6 .6 #dfe5ec;r 5 10.6 10 7.4 .8 #eef1f3",
  camera: "r 1.5 5 17 12 2 #4a5660;r 7 3 6 3 1 #4a5660;o 10 11 4 #8b95a1;o 10 11 2.6 #d5eaf8",
  clipboard: "r 3 2.5 14 16 2 #b97f45;r 5 5 10 11.6 .8 #f4f6f7;r 7 1.4 6 3 1 #8b95a1",
  bar_chart: "r 1 1 18 18 3 #e4e9ec;r 4 10 3 6 .4 #35a862;r 8.5 6 3 10 .4 #d8392f;r 13 4 3 12 .4 #3b7dd8",
  bust_in_silhouette: PERSON,
  busts_in_silhouette: PERSON,
  heart: "f #d8392f M10 17.5C4 13 1.8 10 1.8 6.8A4.2 4.2 0 0 1 10 5.2a4.2 4.2 0 0 1 8.2 1.6C18.2 10 16 13 10 17.5z",
  star: "f #f0b429 M10 1.5 12.6 7l6 .7-4.4 4.1 1.2 6L10 14.8 4.6 17.8l1.2-6L1.4 7.7l6-.7z",
};

const GLYPH_TABLE = JSON.stringify(GLYPHS);

export const glyphsJs = `
const TABLE = ${GLYPH_TABLE};
const SVG = 'http://www.w3.org/2000/svg';
const KINDS = {
  o: ([x, y, r, fill]) => ['circle', { cx: x, cy: y, r, fill }],
  r: ([x, y, width, height, rx, fill]) => ['rect', { x, y, width, height, rx, fill }],
  f: ([fill, ...d]) => ['path', { fill, d: d.join(' ') }],
  s: ([stroke, width, ...d]) => ['path', { stroke, 'stroke-width': width, fill: 'none', 'stroke-linecap': 'round', 'stroke-linejoin': 'round', d: d.join(' ') }],
};

function make(tag, attributes) {
  const node = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
}

export const hasGlyph = (name) => Object.hasOwn(TABLE, name);

export function glyph(name) {
  const svg = make('svg', { viewBox: '0 0 20 20', class: 'glyph', role: 'img', 'aria-label': name.replaceAll('_', ' ') });
  for (const shape of TABLE[name].split(';')) {
    const [kind, ...rest] = shape.split(' ');
    svg.append(make(...KINDS[kind](rest)));
  }
  return svg;
}
`;
