import type { Markup } from '../html/markup.ts'
import { element, round, svg, text } from './svg.ts'

export interface SankeyNode {
  readonly id: string
  /** Shown beside the node; a node without one only carries a link past its column. */
  readonly label: string
  readonly value: string
  readonly className: string
  /** 0: left, 1: middle, 2: right. */
  readonly column: 0 | 1 | 2
}

export interface SankeyLink {
  readonly from: string
  readonly to: string
  readonly amount: number
  readonly className: string
}

interface Placed extends SankeyNode {
  readonly amount: number
  x: number
  y: number
  height: number
  /** Where the next link leaves and enters. */
  out: number
  in: number
}

const NODE_WIDTH = 12

/**
 * Flows from left to right, heights in proportion to amounts. Nodes keep the order in which they are
 * given, links leave and enter in the order of the nodes at their other end, so whoever orders the
 * nodes well gets no crossings.
 */
export function sankey(
  nodes: readonly SankeyNode[],
  links: readonly SankeyLink[],
  { width, alternative }: { width: number; alternative: string },
): Markup {
  const shown = links.filter(({ amount }) => amount > 0)
  const sum = (id: string, side: 'from' | 'to') =>
    shown.reduce((all, link) => all + (link[side] === id ? link.amount : 0), 0)
  const placed = nodes
    .map((node): Placed => ({
      ...node,
      amount: Math.max(sum(node.id, 'from'), sum(node.id, 'to')),
      x: 0,
      y: 0,
      height: 0,
      out: 0,
      in: 0,
    }))
    .filter(({ amount }) => amount > 0)
  const height = place(placed, width)
  const byId = new Map(placed.map((node) => [node.id, node]))
  const order = new Map(placed.map((node, index) => [node.id, index]))
  const at = (id: string) => order.get(id) ?? 0
  const sorted = shown.toSorted((a, b) => at(a.from) - at(b.from) || at(a.to) - at(b.to))
  const starts = new Map<SankeyLink, number>()
  const scale = placed[0].height / placed[0].amount
  for (const link of sorted) {
    const node = byId.get(link.from)!
    starts.set(link, node.out)
    node.out += link.amount * scale
  }
  const parts: Markup[] = []
  for (const link of sorted.toSorted((a, b) => at(a.to) - at(b.to) || at(a.from) - at(b.from))) {
    const target = byId.get(link.to)!
    parts.push(ribbon(link, byId.get(link.from)!, target, starts.get(link)!, target.in, link.amount * scale))
    target.in += link.amount * scale
  }
  for (const node of placed) if (node.label !== '') parts.push(...nodeParts(node, width))
  return svg(width, height, alternative, parts)
}

/** Sets places and heights; returns the height of the drawing. */
function place(nodes: Placed[], width: number): number {
  const narrow = width < 500
  const [left, right] = narrow ? [86, width - 102] : [130, width - 150]
  const gap = narrow ? 30 : 28
  const columns = [0, 1, 2].map((column) => nodes.filter((node) => node.column === column))
  const total = Math.max(...columns.map((column) => column.reduce((sum, { amount }) => sum + amount, 0)))
  const scale = (narrow ? 240 : 260) / total
  const heightOf = (column: readonly Placed[]) =>
    column.reduce((sum, { amount }) => sum + amount * scale, 0) + gap * (column.length - 1)
  const height = Math.max(...columns.map(heightOf)) + (narrow ? 60 : 36)
  columns.forEach((column, index) => {
    let y = (height - heightOf(column)) / 2 + 4
    for (const node of column) {
      node.x = left + ((right - left - NODE_WIDTH) * index) / 2
      node.y = y
      node.height = node.amount * scale
      node.out = y
      node.in = y
      y += node.height + gap
    }
  })
  return height
}

function ribbon(
  link: SankeyLink,
  from: Placed,
  to: Placed,
  start: number,
  end: number,
  thickness: number,
): Markup {
  const [x0, x1] = [from.x + (from.label === '' ? 0 : NODE_WIDTH), to.x + (to.label === '' ? NODE_WIDTH : 0)]
  const middle = (x0 + x1) / 2
  const size = Math.max(1, thickness)
  const p = (...values: number[]) => values.map(round).join(' ')
  const path =
    `M${p(x0, start)}C${p(middle, start, middle, end, x1, end)}` +
    `L${p(x1, end + size)}C${p(middle, end + size, middle, start + size, x0, start + size)}Z`
  return element('path', { d: path, class: `flow ${link.className}` })
}

function nodeParts(node: Placed, width: number): Markup[] {
  const { x, y, height, label, value, column, className } = node
  const bar = element('rect', {
    x,
    y,
    width: NODE_WIDTH,
    height: Math.max(1, height),
    class: `bar ${className}`,
  })
  if (column === 1) {
    return [
      bar,
      text(`${label} ${value}`, {
        x: x + NODE_WIDTH / 2,
        y: y - 6,
        class: 'label halo',
        'text-anchor': 'middle',
      }),
    ]
  }
  const anchor = column === 0 ? 'end' : 'start'
  const at = column === 0 ? x - 7 : x + NODE_WIDTH + 7
  const middle = y + height / 2
  // On the left there is room for about twenty letters.
  const lines = width < 500 || (column === 0 && label.length > 18) ? wrap(label) : [label]
  const first = middle - (lines.length * 14) / 2 + 4
  return [
    bar,
    ...lines.map((line, index) =>
      text(line, { x: at, y: first + index * 14, class: 'label', 'text-anchor': anchor }),
    ),
    text(value, { x: at, y: first + lines.length * 14, class: 'value strong', 'text-anchor': anchor }),
  ]
}

/** Two lines at the space nearest to the middle. */
function wrap(label: string): string[] {
  if (label.length <= 13) return [label]
  const spaces = [...label.matchAll(/ /g)].map(({ index }) => index)
  if (spaces.length === 0) return [label]
  const middle = label.length / 2
  const at = spaces.reduce((best, index) =>
    Math.abs(index - middle) < Math.abs(best - middle) ? index : best,
  )
  return [label.slice(0, at), label.slice(at + 1)]
}
