import { mark } from './drawings.ts';

export interface PageHead {
  title: string;
  description: string;
  /** Module that the page runs. */
  script: string;
  /** Keeps the page out of search engines. */
  noindex?: boolean;
}

const NAVIGATION = [
  { href: '/', name: 'Compose', holds: (path: string) => path === '/index.html' },
  { href: '/instruments/', name: 'Instruments', holds: (path: string) => path.startsWith('/instruments/') },
  { href: '/about', name: 'About', holds: (path: string) => path === '/about.html' },
];

export const escape = (text: string) =>
  text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]!);

/** Where the site will be found; previews of links want whole addresses. Without it they are paths. */
const site = (process.env['PARTITA_SITE_URL'] ?? '').replace(/\/$/, '');

/** The address of a page without what the server adds by itself. */
const address = (path: string) => `${site}${path.replace(/(index)?\.html$/, '')}`;

/** The whole page around its body. */
export function layout(head: PageHead, path: string, body: string): string {
  const title = head.title === 'Partita' ? 'Partita: piano music composed while you watch' : `${head.title} · Partita`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${escape(title)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="description" content="${escape(head.description)}">
<meta name="color-scheme" content="light dark">
<meta name="theme-color" media="(prefers-color-scheme: light)" content="#eef2ee">
<meta name="theme-color" media="(prefers-color-scheme: dark)" content="#0f1513">
${head.noindex ? '<meta name="robots" content="noindex">' : ''}
<meta property="og:type" content="website">
<meta property="og:site_name" content="Partita">
<meta property="og:title" content="${escape(title)}">
<meta property="og:description" content="${escape(head.description)}">
${site && !head.noindex ? `<meta property="og:url" content="${escape(address(path))}">\n<link rel="canonical" href="${escape(address(path))}">` : ''}
<meta property="og:image" content="${escape(site)}/og.png">
<meta property="og:image:width" content="1200">
<meta property="og:image:height" content="630">
<meta property="og:image:alt" content="The mark of Partita over the notes of a piano roll">
<meta name="twitter:card" content="summary_large_image">
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="apple-touch-icon" href="/icon-180.png">
<link rel="manifest" href="/site.webmanifest">
<link rel="stylesheet" href="/src/style.css">
<script type="module" src="${head.script}"></script>
</head>
<body>
<a class="skip" href="#main">Skip to content</a>
<header class="site-head">
  <a class="brand" href="/" ${path === '/index.html' ? 'aria-current="page"' : ''}>${mark()}<span>Partita</span></a>
  <nav aria-label="Site">
    <ul>
${NAVIGATION.map(
  ({ href, name, holds }) => `      <li><a href="${href}"${holds(path) ? ' aria-current="page"' : ''}>${name}</a></li>`,
).join('\n')}
    </ul>
  </nav>
</header>
<p id="offline" class="offline" role="status" hidden>You are offline. Pieces you have kept still play; composing needs a connection.</p>
<p id="updated" class="offline" role="alert" hidden>A part of this page could not be loaded; the page may have been updated. Reload it to go on.</p>
${body.trim()}
<footer class="site-foot">
  <p>Partita composes on this server and keeps your list in this browser. No accounts, no trackers, nothing loaded from elsewhere.</p>
  <ul>
    <li><a href="/about#licences">Licences</a></li>
    <li><a href="/v1/openapi.json">API</a></li>
  </ul>
</footer>
</body>
</html>
`;
}
