import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'

/** Style and scripts that are embedded in every report, each with the hash that the page's policy allows. */
export interface Asset {
  readonly text: string
  /** Content-Security-Policy source: `'sha256-…'`. */
  readonly source: string
}

const asset = (text: string): Asset => ({ text, source: `'sha256-${hash('sha256', text, 'base64')}'` })

/** A script or style must not be able to end its element, nor to start a comment in it. */
function embeddable(text: string): string {
  if (/<\/(script|style)|<!--/i.test(text)) throw new Error('internal: an asset would end its own element')
  return text
}

const read = (url: string): string => embeddable(readFileSync(new URL(url), 'utf8'))

let assets: { style: Asset; explore: Asset; plotly: Asset } | undefined

export function reportAssets(): { style: Asset; explore: Asset; plotly: Asset } {
  assets ??= {
    style: asset(read(import.meta.resolve('./style.css'))),
    explore: asset(read(import.meta.resolve('./explore.js'))),
    plotly: asset(read(import.meta.resolve('plotly.js-cartesian-dist-min'))),
  }
  return assets
}

/** Plotly makes one empty style element and fills it by script: allowed by the hash of nothing. */
export const EMPTY_SOURCE = asset('').source
