import { markup } from '../../../html/markup.ts'
import { table } from '../../../html/table.ts'
import { whole } from '../../../number-format.ts'
import type { ViabilitySection } from '../../section.ts'
import { evidence } from './evidence.ts'

/** Licences that ask for the source of what is built on them. */
const COPYLEFT = /\b(?:A?GPL|LGPL|MPL|EPL|SSPL|CDDL)/

export const ipSection: ViabilitySection = {
  id: 'ip',
  title: 'Intellectual property and licence',
  render: ({ business, input }) => {
    const { licences } = business
    const copyleft = licences.byLicence.filter(({ licence }) => COPYLEFT.test(licence))
    const unstated = licences.byLicence.filter(({ licence }) => licence === 'none stated')
    return markup`<p>The software is under ${licences.own} (<code>LICENSE</code>, with a patent grant), data and models of others under their own (<code>NOTICE</code>). Of ${whole(licences.packages)} packages that are installed with it, ${copyleft.length === 0 ? 'none asks for the source of what is built on it' : `${copyleft.map(({ licence, packages }) => `${whole(packages)} under ${licence}`).join(', ')} ask for source`}${unstated.length === 0 ? '' : `; ${whole(unstated[0].packages)} state no licence`}.</p>
${table(
  [{ label: 'Licence' }, { label: 'Packages', number: true }],
  licences.byLicence.map(({ licence, packages }) => [licence, whole(packages)]),
  {
    caption: 'Licences of what is installed, by the lock file',
    id: 'licences',
    total: ['All', whole(licences.packages)],
  },
)}
<details><summary>Packages used directly</summary>${table(
      [{ label: 'Package' }, { label: 'Version' }, { label: 'Licence' }],
      licences.direct.map(({ name, version, licence }) => [name, version, licence]),
      { caption: 'Direct packages', id: 'direct-packages' },
    )}</details>
<p>What is new is the way in which stored energy’s tokens are set aside and burned (${evidence(input, 'burn-trial', 'on trial')}). No patent was applied for and no search for prior claims was made; both are work of the preparation. What a company would sell is operation and service, which an open licence does not hinder. Data of this run: ${input.manifest.inputs.map(({ licence }, at, all) => (all.findIndex((one) => one.licence === licence) === at ? `${at === 0 ? '' : '; '}${licence}` : ''))}.</p>`
  },
}
