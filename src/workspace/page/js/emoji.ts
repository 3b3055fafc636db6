/**
 * Browser module: the :names: that operations bots use. Common ones are drawn (see glyphs), others come
 * from the machine's emoji font when it has one, and unknown names stay as they are written.
 */
const NAMES =
  "white_check_mark ✅|heavy_check_mark ✔️|ballot_box_with_check ☑️|x ❌|negative_squared_cross_mark ❎|warning ⚠️|rotating_light 🚨|" +
  "hourglass ⌛|hourglass_flowing_sand ⏳|no_entry ⛔|no_entry_sign 🚫|arrows_counterclockwise 🔄|arrows_clockwise 🔃|lock 🔒|unlock 🔓|" +
  "closed_lock_with_key 🔐|key 🔑|rocket 🚀|double_vertical_bar ⏸️|pause_button ⏸️|arrow_forward ▶️|octagonal_sign 🛑|stop_sign 🛑|" +
  "large_green_circle 🟢|large_yellow_circle 🟡|large_orange_circle 🟠|large_blue_circle 🔵|red_circle 🔴|white_circle ⚪|black_circle ⚫|" +
  "large_green_square 🟩|large_yellow_square 🟨|large_red_square 🟥|white_large_square ⬜|memo 📝|pencil 📝|pencil2 ✏️|mag 🔍|mag_right 🔎|" +
  "wrench 🔧|hammer 🔨|hammer_and_wrench 🛠️|gear ⚙️|shield 🛡️|calendar 📆|date 📅|spiral_calendar_pad 🗓️|clock1 🕐|clock2 🕑|clock3 🕒|" +
  "clock4 🕓|clock5 🕔|clock6 🕕|clock9 🕘|clock12 🕛|alarm_clock ⏰|stopwatch ⏱️|timer_clock ⏲️|test_tube 🧪|information_source ℹ️|" +
  "rewind ⏪|fast_forward ⏩|leftwards_arrow_with_hook ↩️|arrow_right_hook ↪️|back 🔙|tada 🎉|computer 💻|desktop_computer 🖥️|package 📦|" +
  "eyes 👀|thread 🧵|speech_balloon 💬|bulb 💡|bell 🔔|no_bell 🔕|fire 🔥|fire_extinguisher 🧯|boom 💥|zap ⚡|bug 🐛|robot_face 🤖|" +
  "point_right 👉|point_left 👈|point_up 👆|point_down 👇|thumbsup 👍|+1 👍|thumbsdown 👎|-1 👎|wave 👋|clap 👏|raised_hand ✋|hand ✋|" +
  "raised_hands 🙌|pray 🙏|muscle 💪|ok_hand 👌|thinking_face 🤔|slightly_smiling_face 🙂|smile 😄|sweat_smile 😅|cry 😢|skull 💀|ghost 👻|" +
  "construction 🚧|construction_worker 👷|traffic_light 🚦|vertical_traffic_light 🚦|checkered_flag 🏁|triangular_flag_on_post 🚩|" +
  "file_cabinet 🗄️|card_file_box 🗃️|floppy_disk 💾|cd 💿|electric_plug 🔌|satellite 🛰️|satellite_antenna 📡|globe_with_meridians 🌐|" +
  "cloud ☁️|snowflake ❄️|sunny ☀️|crescent_moon 🌙|star ⭐|sparkles ✨|chart_with_upwards_trend 📈|chart_with_downwards_trend 📉|bar_chart 📊|" +
  "clipboard 📋|pushpin 📌|round_pushpin 📍|paperclip 📎|link 🔗|scroll 📜|page_facing_up 📄|books 📚|bookmark 🔖|label 🏷️|scales ⚖️|" +
  "ship 🚢|anchor ⚓|whale 🐳|penguin 🐧|elephant 🐘|window 🪟|house 🏠|office 🏢|busts_in_silhouette 👥|bust_in_silhouette 👤|" +
  "question ❓|grey_question ❔|exclamation ❗|heavy_exclamation_mark ❗|grey_exclamation ❕|heavy_plus_sign ➕|heavy_minus_sign ➖|" +
  "arrow_up ⬆️|arrow_down ⬇️|arrow_right ➡️|arrow_left ⬅️|arrow_up_small 🔼|arrow_down_small 🔽|repeat 🔁|twisted_rightwards_arrows 🔀|" +
  "black_square_for_stop ⏹️|black_right_pointing_triangle_with_double_vertical_bar ⏯️|black_right_pointing_double_triangle_with_vertical_bar ⏭️|" +
  "one 1️⃣|two 2️⃣|three 3️⃣|four 4️⃣|five 5️⃣|six 6️⃣|seven 7️⃣|eight 8️⃣|nine 9️⃣|zero 0️⃣|100 💯|sos 🆘|new 🆕|free 🆓|up 🆙|cool 🆒|ok 🆗|" +
  "heart ❤️|green_heart 💚|yellow_heart 💛|blue_heart 💙|broken_heart 💔|coffee ☕|pizza 🍕|beer 🍺|moneybag 💰|gem 💎|trophy 🏆|medal 🏅|" +
  "ambulance 🚑|fire_engine 🚒|hospital 🏥|syringe 💉|pill 💊|adhesive_bandage 🩹|stethoscope 🩺|bricks 🧱|ladder 🪜|magnet 🧲|broom 🧹|" +
  "wastebasket 🗑️|inbox_tray 📥|outbox_tray 📤|email 📧|envelope ✉️|telephone_receiver 📞|loud_sound 🔊|mute 🔇|soon 🔜|end 🔚|on 🔛|top 🔝";

const TABLE = Object.fromEntries(
  NAMES.split("|").map((entry) => {
    const space = entry.indexOf(" ");
    return [entry.slice(0, space), entry.slice(space + 1)];
  }),
);

export const emojiJs = `
import { h } from './dom.js';
import { glyph, hasGlyph } from './glyphs.js';
const TABLE = ${JSON.stringify(TABLE)};
const bare = (character) => character.replace(/\\uFE0F/g, '');
const NAMES = new Map(Object.entries(TABLE).filter(([name]) => hasGlyph(name)).map(([name, character]) => [bare(character), name]));
// Signs that are also ordinary characters are left alone unless they come as emoji.
const PATTERN = new RegExp('(' + [...NAMES.keys()].filter((character) => character.codePointAt(0) > 0x2300).sort((a, b) => b.length - a.length).join('|') + ')\\\\uFE0F?', 'u');
let font;

/** A machine without an emoji font paints nothing coloured. */
function hasFont() {
  if (font !== undefined) return font;
  const canvas = h('canvas', { width: 20, height: 20 });
  const paint = canvas.getContext('2d', { willReadFrequently: true });
  paint.font = '16px sans-serif';
  paint.fillText('\\u{1F600}', 0, 16);
  const dots = paint.getImageData(0, 0, 20, 20).data;
  font = false;
  for (let at = 0; at < dots.length; at += 4) if (dots[at + 3] > 0 && Math.abs(dots[at] - dots[at + 2]) > 30) font = true;
  return font;
}

/** The picture for a name, or undefined when there is none. */
export function emoji(name) {
  if (hasGlyph(name)) return h('span', { class: 'emoji', title: ':' + name + ':' }, glyph(name));
  if (!Object.hasOwn(TABLE, name) || !hasFont()) return undefined;
  return h('span', { class: 'emoji', title: ':' + name + ':' }, TABLE[name]);
}

/** Text whose emoji characters are drawn. */
export function withEmoji(text) {
  return text.split(PATTERN).map((part, index) => (index % 2 === 1 ? emoji(NAMES.get(part)) : part));
}
`;
