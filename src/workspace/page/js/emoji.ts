/** Browser module: the :names: that operations bots use. Unknown names stay as they are written. */
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
const TABLE = ${JSON.stringify(TABLE)};
export function emojiFor(name) {
  return Object.hasOwn(TABLE, name) ? TABLE[name] : undefined;
}
`;
