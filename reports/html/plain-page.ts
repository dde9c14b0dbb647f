import { reportAssets } from './assets.ts'
import { head } from './head.ts'
import { type Markup, markup } from './markup.ts'

/** A page of text, tables and drawings in the report's style: one file, no script, nothing loaded. */
export function plainPage(title: string, body: Markup, language = 'en'): string {
  const { style } = reportAssets()
  const policy = `default-src 'none'; style-src-elem ${style.source}; img-src data:; base-uri 'none'; form-action 'none'`
  return markup`${head({ title, policy, style: style.text, language })}<body>
<div class="page plain">
<main>${body}</main>
</div>
</body>
</html>
`.html
}
