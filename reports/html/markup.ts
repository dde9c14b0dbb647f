/** Text that is HTML already. Everything else that enters a template is escaped. */
export class Markup {
  readonly html: string

  constructor(html: string) {
    this.html = html
  }
}

export type Part = Markup | string | number | null | false | readonly Part[]

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text as it may stand between tags and in quoted attributes; control characters become visible. */
export const escape = (text: string): string =>
  text
    .replaceAll(/[&<>"']/g, (character) => ENTITIES[character])
    // Control characters and lone surrogates are no text.
    // oxlint-disable-next-line no-control-regex
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '\ufffd')
    .toWellFormed()

function htmlOf(part: Part): string {
  if (part instanceof Markup) return part.html
  if (part === null || part === false) return ''
  if (typeof part === 'object') return part.map(htmlOf).join('')
  return escape(String(part))
}

/** A template of HTML: strings and numbers are escaped, markup and lists of it are taken as they are. */
export function markup(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  let text = strings[0]
  for (const [index, part] of parts.entries()) text += htmlOf(part) + strings[index + 1]
  return new Markup(text)
}

export const NO_MARKUP = new Markup('')

/** A name that somebody typed: isolated, so that right-to-left text cannot reorder what is around it. */
export const named = (label: string): Markup => markup`<bdi>${label}</bdi>`

/** The same for places that hold text only (SVG, attributes): Unicode isolates. */
export const isolated = (label: string): string => `\u2068${label}\u2069`

/** Links parts with a separator, the last with another: `a, b and c`. */
export function listed(parts: readonly Part[], last = ' and '): Part[] {
  return parts.flatMap((part, index) => {
    if (index === 0) return [part]
    return [index === parts.length - 1 ? last : ', ', part]
  })
}
