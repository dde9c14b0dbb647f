import { type Markup, markup, type Part } from './markup.ts'

/** Widths of the two drawings of a figure: beside each other on paper and wide screens, and for a phone. */
export const WIDE = 760
export const NARROW = 360

export interface FigureSpec {
  /** Anchor, without `#`. */
  readonly id: string
  /** The finding, as a sentence. */
  readonly title: Part
  /** Draws it for a width; called for both. */
  readonly draw: (width: number) => Markup
  /** What is drawn, from what, and how. */
  readonly note: Part
  /** The same as a table, folded. */
  readonly data: Markup
  /** Name of an interactive picture that scripts may put in its place. */
  readonly explore?: string
}

/** A numbered figure: finding, drawing, note, and its data as a folded table. */
export function figure(number: number, { id, title, draw, note, data, explore }: FigureSpec): Markup {
  const place = explore === undefined ? '' : markup` data-explore="${explore}"`
  return markup`<figure id="${id}"${place}>
<figcaption><span class="finding"><a class="anchor" href="#${id}">Figure ${number}.</a> ${title}</span></figcaption>
<div class="drawing wide">${draw(WIDE)}</div><div class="drawing narrow">${draw(NARROW)}</div>
<p class="note">${note}</p>
<details><summary>Data of figure ${number}</summary>${data}</details>
</figure>
`
}
