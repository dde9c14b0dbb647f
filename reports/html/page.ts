import { EMPTY_SOURCE, reportAssets } from './assets.ts'
import { head } from './head.ts'
import { Markup, markup } from './markup.ts'

export interface PageSection {
  readonly id: string
  readonly title: string
  readonly body: Markup
}

export interface PageInput {
  /** Plain text: the browser's title. */
  readonly title: string
  /** First screen. */
  readonly header: Markup
  readonly sections: readonly PageSection[]
  /** Machine-readable results and the data of interactive pictures, by element id. */
  readonly data: Readonly<Record<string, unknown>>
}

/** JSON that cannot end its script element. */
export const jsonScript = (id: string, value: unknown): Markup =>
  new Markup(
    `<script type="application/json" id="${id}">${JSON.stringify(value).replaceAll('<', String.raw`\u003c`)}</script>\n`,
  )

/**
 * One file with everything in it. The policy lets nothing load and only the embedded scripts and style
 * run; `style-src-attr` is for the interactive pictures, which set styles on their own elements.
 */
export function page({ title, header, sections, data }: PageInput): string {
  const { style, explore, plotly } = reportAssets()
  const policy = [
    `default-src 'none'`,
    `script-src ${plotly.source} ${explore.source}`,
    `style-src-elem ${style.source} ${EMPTY_SOURCE}`,
    `style-src-attr 'unsafe-inline'`,
    `img-src data:`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ')
  const contents = sections.map(
    ({ id, title: name }, index) =>
      markup`<li><a href="#${id}"><span class="no">${index + 1}</span>${name}</a></li>`,
  )
  const body = sections.map(
    ({ id, title: name, body: content }, index) =>
      markup`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title"><a class="anchor" href="#${id}"><span class="no">${index + 1}</span>${name}</a></h2>\n${content}</section>\n`,
  )
  return markup`${head({ title, policy, style: style.text })}<body>
<a class="skip" href="#${sections[0].id}">Skip to the evidence</a>
<div class="page">
<header id="top">${header}</header>
<nav aria-label="Contents"><p class="nav-title">Contents</p><ol>${contents}</ol></nav>
<main>${body}</main>
</div>
${Object.entries(data).map(([id, value]) => jsonScript(id, value))}<script>${new Markup(plotly.text)}</script>
<script>${new Markup(explore.text)}</script>
</body>
</html>
`.html
}
