import { markup, named } from '../html/markup.ts'
import { table } from '../html/table.ts'
import { keptTokens } from '../kpi/tokens.ts'
import { threeFigures } from '../number-format.ts'
import { inputsHash, longDate } from './first-screen.ts'
import type { Section } from './section.ts'

export const made: Section = {
  id: 'made',
  title: 'How this was made',
  render: ({ input }) => {
    const { manifest, results } = input
    const { machine } = manifest
    return markup`<p>The same scenario, data and version give the same bytes in <code>results.json</code>, <code>kpi.json</code>${keptTokens(input) ? ', the series and the journals' : ' and the series'}. To reproduce this run, at version ${manifest.version}:</p>
<pre tabindex="0"><code>${manifest.command}</code></pre>
<p>It makes a folder with the same name, <code>${results.runId}</code>, and verifies it if it is there already. To make this page again from its files: <code>vpp report runs/${results.runId}</code>.</p>
${table(
  [{ label: 'What' }, { label: 'Value' }],
  [
    ['Run', markup`<code>${results.runId}</code>`],
    ['Complete', results.complete ? 'yes' : markup`<span class="lose">no, partial</span>`],
    ['Version', manifest.version],
    ['Seed', String(manifest.seed)],
    ['Inputs, SHA-256 over all', markup`<code>${inputsHash(manifest)}</code>`],
    ['Date', longDate(manifest.createdAt)],
    [
      'Duration',
      `${threeFigures(manifest.durationSeconds)} s with ${manifest.workers} worker${manifest.workers === 1 ? '' : 's'}`,
    ],
    [
      'Machine',
      `${machine.platform}, ${machine.cores} cores, ${machine.memoryGiB} GiB; Node ${manifest.node}`,
    ],
  ],
  { caption: 'The run', id: 'manifest' },
)}
<details><summary>Hashes of inputs and files</summary>
${table(
  [{ label: 'File' }, { label: 'SHA-256' }],
  [
    ...manifest.inputs.map(({ name, sha256 }) => [named(`input ${name}`), markup`<code>${sha256}</code>`]),
    ...Object.entries(manifest.files).map(([name, sha256]) => [named(name), markup`<code>${sha256}</code>`]),
  ],
  { caption: 'Hashes', id: 'hashes' },
)}</details>`
  },
}
