import { reportAssets } from './assets.ts'
import { Markup, markup } from './markup.ts'

/** A page of text, tables and drawings in the report's style: one file, no script, nothing loaded. */
export function plainPage(title: string, body: Markup, language = 'en'): string {
  const { style } = reportAssets()
  const policy = `default-src 'none'; style-src-elem ${style.source}; img-src data:; base-uri 'none'; form-action 'none'`
  return markup`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${new Markup(style.text)}</style>
</head>
<body>
<div class="page plain">
<main>${body}</main>
</div>
</body>
</html>
`.html
}
