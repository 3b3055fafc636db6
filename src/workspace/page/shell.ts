/** The page itself: fixed places that the browser modules fill. */
export const shellHtml = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Local workspace</title>
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/style.css">
</head>
<body>
<aside id="sidebar" aria-label="Workspace"></aside>
<div id="scrim"></div>
<div id="top"><span class="not-slack">Local workspace <b>not Slack</b></span><div id="acting"></div></div>
<main id="main"><header id="header"></header><div id="messages" class="scroller"></div></main>
<section id="thread" aria-label="Thread" hidden><header id="thread-head"></header><div id="replies" class="scroller"></div></section>
<section id="log" aria-label="Traffic" hidden></section>
<noscript>This page needs JavaScript.</noscript>
<script type="module" src="/assets/main.js"></script>
</body>
</html>
`;

export const iconSvg =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#2f5d62"/>' +
  '<path d="M9 17.5 14 22 23.5 10.5" fill="none" stroke="#fff" stroke-width="3.2" stroke-linecap="round" stroke-linejoin="round"/></svg>';
