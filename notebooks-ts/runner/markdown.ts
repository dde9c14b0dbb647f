import { escape, Markup, markup } from '../../reports/html/markup.ts'

/** Code, strong, emphasis and links of one line; everything else is text. */
function inline(text: string): Markup {
  const pattern = /`([^`]+)`|\*\*([^*]+)\*\*|\*([^*]+)\*|\[([^\]]+)\]\((https?:[^)\s]+|[\w./#-]+)\)/g
  let html = ''
  let at = 0
  for (const found of text.matchAll(pattern)) {
    const [all, code, strong, emphasis, label, address] = found
    html += escape(text.slice(at, found.index))
    if (code !== undefined) html += `<code>${escape(code)}</code>`
    else if (strong !== undefined) html += `<strong>${escape(strong)}</strong>`
    else if (emphasis !== undefined) html += `<em>${escape(emphasis)}</em>`
    else html += `<a href="${escape(address)}">${escape(label)}</a>`
    at = found.index + all.length
  }
  return new Markup(html + escape(text.slice(at)))
}

/** As much of Markdown as notebooks write: headings, paragraphs, lists, inline marks. */
export function markdown(text: string): Markup {
  const blocks = text.split(/\n\s*\n/).filter((block) => block.trim() !== '')
  return markup`${blocks.map((block) => {
    const lines = block.trim().split('\n')
    const heading = /^(#{1,3}) (.*)$/.exec(lines[0])
    if (heading !== null && lines.length === 1) {
      const tag = new Markup(`h${heading[1].length}`)
      return markup`<${tag}>${inline(heading[2])}</${tag}>\n`
    }
    if (lines.every((line) => /^(?:[-*] |  )/.test(line)))
      return markup`<ul>${block
        .trim()
        .split(/\n(?=[-*] )/)
        .map(
          (item) => markup`<li>${inline(item.replace(/^[-*] /, '').replaceAll(/\n\s+/g, ' '))}</li>`,
        )}</ul>\n`
    return markup`<p>${inline(lines.join(' '))}</p>\n`
  })}`
}
