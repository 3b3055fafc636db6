/** Colours, type and the controls used everywhere. */
export const baseCss = `
:root {
  color-scheme: light dark;
  --bg: #ffffff; --bg-soft: #f7f8f8; --bg-hover: #f6f7f8; --line: #e3e6e8; --line-strong: #cdd3d6;
  --text: #1b2326; --muted: #647077; --faint: #8b969c;
  --accent: #26656b; --accent-strong: #1d5257; --accent-soft: #e4f0f0; --on-accent: #ffffff;
  --link: #1264a3; --mention: #e3eff9; --mention-text: #12588f; --mine: #fdf0c8; --mine-text: #6b4e00;
  --green: #1f7a4d; --green-soft: #e3f4ea; --red: #b3261e; --red-strong: #96201a; --red-soft: #fdecea;
  --amber: #9a6200; --amber-soft: #fff5de; --blue: #2463b4; --blue-soft: #e8f1fc;
  --side: #1f3236; --side-text: #c8d5d6; --side-bright: #ffffff; --side-muted: #8ea5a8; --side-line: #2e474b; --side-current: #37727a;
  --code: #f3f5f5; --code-text: #a3342d; --shadow: 0 1px 2px rgba(20, 35, 40, .06), 0 8px 28px rgba(20, 35, 40, .12);
  --radius: 10px; --radius-small: 6px;
  --font: "Inter", "Segoe UI", system-ui, -apple-system, "Noto Sans", Roboto, "Liberation Sans", "DejaVu Sans", Arial, sans-serif, "Noto Color Emoji";
  --mono: ui-monospace, "SF Mono", "JetBrains Mono", "Cascadia Mono", Menlo, Consolas, "Liberation Mono", "DejaVu Sans Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --bg: #15191b; --bg-soft: #1b2022; --bg-hover: #1d2325; --line: #2b3235; --line-strong: #3c464a;
    --text: #e2e7e8; --muted: #98a4a9; --faint: #75828a;
    --accent: #3d8e95; --accent-strong: #4ba3ab; --accent-soft: #1d3538; --on-accent: #ffffff;
    --link: #74b6ec; --mention: #1b3143; --mention-text: #8cc4f2; --mine: #463a13; --mine-text: #f3d67f;
    --green: #55bd86; --green-soft: #173224; --red: #f0776d; --red-strong: #d4483e; --red-soft: #3a1d1b;
    --amber: #e7b355; --amber-soft: #352a14; --blue: #76aef0; --blue-soft: #17293f;
    --side: #101618; --side-text: #b4c2c4; --side-muted: #73878a; --side-line: #20292c; --side-current: #2b5d64;
    --code: #22292b; --code-text: #f0a29b; --shadow: 0 1px 2px rgba(0, 0, 0, .4), 0 10px 34px rgba(0, 0, 0, .5);
  }
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
html, body { height: 100%; margin: 0; }
body { font: 15px/1.467 var(--font); color: var(--text); background: var(--bg); -webkit-font-smoothing: antialiased; text-rendering: optimizeLegibility; }
button, input, select, textarea { font: inherit; color: inherit; }
h1, h2, h3, h4, h5, h6, p, figure { margin: 0; }
a { color: var(--link); text-decoration: none; }
a:hover { text-decoration: underline; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.muted { color: var(--muted); }
.sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.icon { width: 16px; height: 16px; fill: none; stroke: currentColor; stroke-width: 1.6; stroke-linecap: round; stroke-linejoin: round; flex: none; }
.emoji { white-space: nowrap; }
.glyph { width: 1.22em; height: 1.22em; vertical-align: -.26em; }
.emoji { font-family: "Apple Color Emoji", "Segoe UI Emoji", "Noto Color Emoji", sans-serif; font-style: normal; font-weight: 400; }
kbd { font: 11px/1 var(--mono); padding: 2px 4px; border: 1px solid var(--line); border-radius: 4px; background: var(--bg-soft); }
code { font: .86em/1.4 var(--mono); padding: 1px 4px; border: 1px solid var(--line); border-radius: 4px; background: var(--code); color: var(--code-text); white-space: pre-wrap; overflow-wrap: anywhere; }
pre { font: 12.5px/1.5 var(--mono); margin: 4px 0; padding: 8px 10px; border: 1px solid var(--line); border-radius: var(--radius-small); background: var(--code); white-space: pre-wrap; overflow-wrap: anywhere; }
blockquote { margin: 4px 0; padding: 0 0 0 12px; border-left: 4px solid var(--line-strong); }
hr { border: 0; border-top: 1px solid var(--line); margin: 10px 0; }
.mention { padding: 0 3px; border-radius: 4px; background: var(--mention); color: var(--mention-text); font-weight: 500; -webkit-box-decoration-break: clone; box-decoration-break: clone; }
.mention.mine { background: var(--mine); color: var(--mine-text); }
.ghost { display: inline-flex; align-items: center; gap: 6px; padding: 6px; border: 0; border-radius: var(--radius-small); background: none; color: var(--muted); cursor: pointer; }
.ghost:hover { background: var(--bg-hover); color: var(--text); }
.ghost[aria-pressed="true"] { background: var(--accent-soft); color: var(--accent-strong); }
.button { display: inline-flex; align-items: center; justify-content: center; gap: 7px; min-height: 32px; padding: 4px 13px; border: 1px solid var(--line-strong); border-radius: 8px; background: var(--bg); font-size: 14px; font-weight: 600; cursor: pointer; transition: background .12s, border-color .12s, box-shadow .12s; }
.button:hover { background: var(--bg-hover); box-shadow: 0 1px 2px rgba(0, 0, 0, .08); }
.button.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
.button.primary:hover { background: var(--accent-strong); }
.button.danger { background: #b9322a; border-color: #b9322a; color: #fff; }
.button.danger:hover { background: #9e2a23; }
.button.busy { opacity: .75; cursor: progress; }
.spinner { width: 13px; height: 13px; border: 2px solid currentColor; border-right-color: transparent; border-radius: 50%; animation: turn .9s linear infinite; }
@keyframes turn { to { transform: rotate(360deg); } }
@media (prefers-reduced-motion: reduce) { .spinner, .sign-in_progress { animation-duration: 3s !important; } }
.avatar { display: inline-flex; align-items: center; justify-content: center; width: 36px; height: 36px; flex: none; border-radius: 9px; background: var(--colour); color: #fff; font-size: 13px; font-weight: 650; letter-spacing: .02em; user-select: none; }
.avatar.bot { font-size: 18px; font-weight: 750; background: linear-gradient(145deg, color-mix(in srgb, var(--colour) 72%, white), var(--colour)); }
.avatar.small { width: 26px; height: 26px; border-radius: 7px; font-size: 10.5px; }
.avatar.small.bot { font-size: 14px; }
.avatar.tiny { width: 20px; height: 20px; border-radius: 5px; font-size: 8.5px; }
.avatar.tiny.bot { font-size: 11px; }
`;
