import { type Markup, markup } from '../../../html/markup.ts'
import { table } from '../../../html/table.ts'
import { NOTHING, percent, threeFigures, usd } from '../../../number-format.ts'
import type { PackageCost, PackageName } from '../../../../models/pilot/packages.ts'
import type { ViabilitySection } from '../../section.ts'
import { PACKAGE_LABELS } from './pilot-economics.ts'

/** Who does what, and what the package can and cannot tell. */
const ABOUT: Readonly<Record<PackageName, { installs: string; services: string; knows: string }>> = {
  metered: {
    installs: 'licensed electrician, one visit, panel open',
    services: 'installer under contract; remote updates by the operator',
    knows: 'home, solar and battery by the minute, revenue grade',
  },
  gateway: {
    installs: 'electrician or trained installer, no work in the panel',
    services: 'operator remotely; a failed gateway is posted',
    knows: 'what the inverter says (SunSpec); not revenue grade, load only where the inverter measures it',
  },
  'utility-meter': {
    installs: 'nobody: the customer consents in the utility’s portal',
    services: 'the utility',
    knows: 'import and export of the home, a day late; neither solar nor battery',
  },
}

const price = (value: number): string => (value === 0 ? NOTHING : usd(value))

export const hardwareSection: ViabilitySection = {
  id: 'hardware',
  title: 'Hardware package',
  render: ({ business, input }) => {
    const { hardware } = input.scenario.pilot
    const all = business.pilot.packages
    const row = (label: string, cell: (cost: PackageCost) => Markup | string) => [
      label,
      ...all.map(({ cost }) => cell(cost)),
    ]
    return markup`<p>Three ways to know what a home makes and uses. The pilot takes the first, because a claim on energy must rest on a meter that nobody doubts; the other two are what a low-cost product would use, and what the pilot must show to be good enough.</p>
${table(
  [{ label: 'For a home' }, ...all.map(({ cost }) => ({ label: PACKAGE_LABELS[cost.name] }))],
  [
    row('Meter', ({ meterUsd }) => price(meterUsd)),
    row('Gateway', ({ gatewayUsd }) => price(gatewayUsd)),
    row('Parts', ({ partsUsd }) => price(partsUsd)),
    row('Installation', ({ installUsd }) => price(installUsd)),
    row('All, once', ({ totalUsd }) => markup`<strong>${price(totalUsd)}</strong>`),
    row('Repairs, a month', ({ replacementUsdPerMonth }) => price(replacementUsdPerMonth)),
    row('Who installs', ({ name }) => ABOUT[name].installs),
    row('Who services', ({ name }) => ABOUT[name].services),
    row('What it knows', ({ name }) => ABOUT[name].knows),
  ],
  { caption: 'Packages, USD', id: 'hardware-packages' },
)}
<p>${percent(hardware.replacedFractionPerYear)} of the devices are replaced in a year; they live ${threeFigures(hardware.lifeYears)} years. Prices are assumptions of the scenario (<a href="#pilot-inputs">sources</a>): no offer was asked for, and no public price for a bare revenue meter was found. A battery and its inverter are not part of the package: homes that take part have them.</p>`
  },
}
