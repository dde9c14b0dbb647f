import { type BatteryTokens, type TokenAccount, withTokens } from '../../data/run-files.ts'
import { sankey, type SankeyLink, type SankeyNode } from '../charts/sankey.ts'
import { waterfall } from '../charts/waterfall.ts'
import { isolated, type Markup, markup, named } from '../html/markup.ts'
import { table } from '../html/table.ts'
import { OVER_BURN_MILLI_WH } from '../kpi/over-burned.ts'
import { homesOf } from '../kpi/sums.ts'
import { accountResidual, type Kind, KINDS } from '../kpi/token-residual.ts'
import { keptTokens, tokenTotal } from '../kpi/tokens.ts'
import {
  kwh,
  kwhExact,
  percent,
  plural,
  signed,
  signedPercent,
  threeFigures,
  whole,
} from '../number-format.ts'
import { burnStoryFigure } from '../burn-story.ts'
import type { Section, SectionContext } from './section.ts'
import { CLAIMS, drawWindow } from './week-figures.ts'

const KIND_LABELS: Record<Kind, string> = { tgen: 'Tgen', tstorage: 'Tstorage', shadow: 'Shadow' }

/** One kind's account over all communities. */
function accountOf({ input }: SectionContext, kind: Kind): TokenAccount {
  const sum = (value: (account: TokenAccount) => number) =>
    tokenTotal(input.results, (community) => value(community[kind]))
  return {
    mintedMilliWh: sum(({ mintedMilliWh }) => mintedMilliWh),
    activeMilliWh: sum(({ activeMilliWh }) => activeMilliWh),
    setAsideMilliWh: sum(({ setAsideMilliWh }) => setAsideMilliWh),
    burned: {
      consumedMilliWh: sum(({ burned }) => burned.consumedMilliWh),
      exportedMilliWh: sum(({ burned }) => burned.exportedMilliWh),
      exchangedMilliWh: sum(({ burned }) => burned.exchangedMilliWh),
      conversionLossMilliWh: sum(({ burned }) => burned.conversionLossMilliWh),
      storageLossMilliWh: sum(({ burned }) => burned.storageLossMilliWh),
    },
  }
}

function accountTable(context: SectionContext): Markup {
  return table(
    [
      { label: 'Kind' },
      ...[
        'Minted',
        'Consumed',
        'Exported',
        'Exchanged',
        'Conversion loss',
        'Storage loss',
        'Set aside',
        'Active',
        'Left over',
      ].map((label) => ({ label, unit: 'kWh', number: true })),
    ],
    KINDS.map((kind) => {
      const account = accountOf(context, kind)
      const { burned } = account
      return [
        KIND_LABELS[kind],
        ...[
          account.mintedMilliWh,
          burned.consumedMilliWh,
          burned.exportedMilliWh,
          burned.exchangedMilliWh,
          burned.conversionLossMilliWh,
          burned.storageLossMilliWh,
          account.setAsideMilliWh,
          account.activeMilliWh,
          accountResidual(account),
        ].map(kwhExact),
      ]
    }),
    { caption: 'Token accounts, exact: minted = burned + set aside + active', id: 'token-accounts' },
  )
}

function flowFigure(context: SectionContext): Markup {
  const tgen = accountOf(context, 'tgen')
  const storage = accountOf(context, 'tstorage')
  const held = storage.activeMilliWh + storage.setAsideMilliWh + tgen.activeMilliWh + tgen.setAsideMilliWh
  const consumed = tgen.burned.consumedMilliWh + storage.burned.consumedMilliWh
  const exported = tgen.burned.exportedMilliWh + storage.burned.exportedMilliWh
  const node = (
    id: string,
    label: string,
    amount: number,
    className: string,
    column: 0 | 1 | 2,
  ): SankeyNode => ({
    id,
    label,
    value: kwh(amount),
    className,
    column,
  })
  const pass = (id: string): SankeyNode => ({ id, label: '', value: '', className: 'none', column: 1 })
  const lossOfConversion =
    tgen.burned.conversionLossMilliWh + Math.max(0, tgen.burned.exchangedMilliWh - storage.mintedMilliWh)
  const nodes = [
    node('tgen', 'Tgen minted', tgen.mintedMilliWh, 'solar', 0),
    pass('to-export'),
    pass('to-use'),
    node('tstorage', 'Tstorage minted', storage.mintedMilliWh, 'battery', 1),
    pass('to-loss'),
    node('exported', 'Exported', exported, 'grid', 2),
    node('consumed', 'Consumed', consumed, 'load', 2),
    node('held', 'Still held', held, 'battery', 2),
    node('storage-loss', 'Storage loss', storage.burned.storageLossMilliWh, 'loss', 2),
    node('conversion-loss', 'Conversion loss', lossOfConversion, 'loss', 2),
  ]
  const link = (from: string, to: string, amount: number, className: string): SankeyLink => ({
    from,
    to,
    amount,
    className,
  })
  const links = [
    link('tgen', 'to-export', tgen.burned.exportedMilliWh, 'solar'),
    link('to-export', 'exported', tgen.burned.exportedMilliWh, 'solar'),
    link('tgen', 'to-use', tgen.burned.consumedMilliWh, 'solar'),
    link('to-use', 'consumed', tgen.burned.consumedMilliWh, 'solar'),
    link('tgen', 'tstorage', storage.mintedMilliWh, 'solar'),
    link('tgen', 'to-loss', lossOfConversion, 'loss'),
    link('to-loss', 'conversion-loss', lossOfConversion, 'loss'),
    link('tstorage', 'exported', storage.burned.exportedMilliWh, 'battery'),
    link('tstorage', 'consumed', storage.burned.consumedMilliWh, 'battery'),
    link('tstorage', 'held', storage.activeMilliWh + storage.setAsideMilliWh, 'battery'),
    link('tstorage', 'storage-loss', storage.burned.storageLossMilliWh, 'loss'),
  ]
  const left = accountResidual(tgen) + accountResidual(storage)
  return context.figure({
    id: 'fig-tokens',
    title: `Of ${kwh(tgen.mintedMilliWh)} kWh minted, every token is accounted for: ${kwh(left)} kWh are left over`,
    draw: (width) =>
      sankey(nodes, links, {
        width,
        alternative: `Tokens from mint to burn: ${kwh(consumed)} kWh consumed, ${kwh(exported)} exported, ${kwh(storage.mintedMilliWh)} exchanged into Tstorage, ${kwh(lossOfConversion)} conversion loss, ${kwh(storage.burned.storageLossMilliWh)} storage loss, ${kwh(held)} still held.`,
      }),
    note: '1 token is 1 kWh, divisible to the milliwatt-hour. Tgen lives for one interval: consumed, sold, exported, or exchanged into Tstorage, a claim on energy deliverable by one battery. kWh, whole run.',
    data: accountTable(context),
  })
}

/** A month without an anchor cannot be verified yet. */
const NOT_VERIFIABLE_MINUTES = 30 * 24 * 60

const age = ({ lastAnchorAgeMinutes }: BatteryTokens): string => {
  if (lastAnchorAgeMinutes === null || lastAnchorAgeMinutes > NOT_VERIFIABLE_MINUTES)
    return 'not verifiable yet'
  if (lastAnchorAgeMinutes < 120) return `${whole(lastAnchorAgeMinutes)} min`
  return lastAnchorAgeMinutes < 2880
    ? `${threeFigures(lastAnchorAgeMinutes / 60)} h`
    : `${threeFigures(lastAnchorAgeMinutes / 1440)} d`
}

function batteryTable(context: SectionContext): Markup {
  const labels = new Map(homesOf(context.input.results).map(({ id, label }) => [id, label]))
  const batteries = withTokens(context.input.results.communities).flatMap((community) => community.batteries)
  return table(
    [
      { label: 'Battery of' },
      { label: 'Minted M', unit: 'kWh', number: true },
      { label: 'Delivered W', unit: 'kWh', number: true },
      { label: 'Burned loss B', unit: 'kWh', number: true },
      { label: 'True loss L', unit: 'kWh', number: true },
      { label: 'B / L − 1', number: true },
      { label: 'Worst B − L', unit: 'kWh', number: true },
      { label: 'Unbacked', unit: 'kWh·h', number: true },
      { label: 'Unclaimed', unit: 'kWh', number: true },
      { label: 'Released', unit: 'kWh', number: true },
      { label: 'Factor', number: true },
      { label: 'Learnt conversion', unit: '95 %', number: true },
      { label: 'Learnt full charge', unit: 'kWh', number: true },
      { label: 'Anchors', unit: 'accepted, refused', number: true },
      { label: 'Last anchor', number: true },
    ],
    batteries.map((battery) => {
      const over = battery.worstOverBurnMilliWh > OVER_BURN_MILLI_WH
      const worst = kwh(battery.worstOverBurnMilliWh)
      return [
        named(labels.get(battery.homeId) ?? battery.homeId),
        kwh(battery.mintedMilliWh),
        kwh(battery.deliveredMilliWh),
        kwh(battery.storageLossMilliWh),
        kwh(battery.trueLossMilliWh),
        battery.trueLossMilliWh === 0
          ? 'none'
          : `${signed((battery.storageLossMilliWh / battery.trueLossMilliWh - 1) * 100)} %`,
        over ? markup`<span class="lose mark">▲ over-burned ${worst}</span>` : worst,
        threeFigures(battery.unbackedKwhHours),
        kwh(battery.unclaimedMilliWh),
        kwh(battery.releasedMilliWh),
        threeFigures(battery.factorPpm / 1e6),
        `${threeFigures(battery.learntFactorPpm / 1e6)} (${threeFigures(battery.learntFactorLowPpm / 1e6)} to ${threeFigures(battery.learntFactorHighPpm / 1e6)})`,
        `${kwh(battery.learntFullMilliWh)} ± ${kwh(battery.learntFullHalfMilliWh)}`,
        `${whole(battery.anchors)}, ${whole(battery.refusedAnchors)}`,
        age(battery),
      ]
    }),
    { caption: 'Each battery’s tokens against the truth of the simulation', id: 'battery-tokens' },
  )
}

/** One battery from what was minted to what is left: the one that lost most. */
function storyFigure(context: SectionContext): Markup | null {
  const batteries = withTokens(context.input.results.communities).flatMap((community) => community.batteries)
  if (batteries.length === 0) return null
  const battery = batteries.reduce((most, one) =>
    one.storageLossMilliWh > most.storageLossMilliWh ? one : most,
  )
  const label =
    homesOf(context.input.results).find(({ id }) => id === battery.homeId)?.label ?? battery.homeId
  const held = battery.activeMilliWh + battery.setAsideMilliWh
  const k = (milliWh: number) => milliWh / 1e6
  const verdictWords =
    battery.trueLossMilliWh === 0
      ? 'nothing was lost'
      : `the algorithm burned ${kwh(battery.storageLossMilliWh)} kWh, the truth was ${kwh(battery.trueLossMilliWh)} kWh`
  const rest = battery.mintedMilliWh - battery.deliveredMilliWh - battery.storageLossMilliWh - held
  const steps = [
    { label: 'Delivered (W)', change: -k(battery.deliveredMilliWh), className: 'load' },
    { label: 'Burned: verified loss (B)', change: -k(battery.storageLossMilliWh), className: 'loss' },
    ...(rest === 0 ? [] : [{ label: 'Other burns', change: -k(rest), className: 'loss' }]),
  ]
  return context.figure({
    id: 'fig-story',
    title: markup`${named(label)}: of ${kwh(battery.mintedMilliWh)} kWh claimed at charging, ${verdictWords}`,
    draw: (width) =>
      waterfall(
        { label: 'Minted at charging (M)', value: k(battery.mintedMilliWh) },
        steps,
        'Still claimed',
        threeFigures,
        signed,
        {
          width,
          alternative: `Waterfall of ${isolated(label)}: ${kwh(battery.mintedMilliWh)} kWh minted, ${kwh(battery.deliveredMilliWh)} delivered, ${kwh(battery.storageLossMilliWh)} burned as loss, ${kwh(held)} still claimed.`,
          unit: 'kWh of Tstorage, whole run',
        },
      ),
    note: `The battery with the greatest storage loss. Tokens are set aside by prediction (${kwh(battery.releasedMilliWh)} kWh of them were released again) and burned only after an anchor has verified the loss: ${plural(battery.anchors, 'anchor')} accepted, ${battery.refusedAnchors} refused; last one: ${age(battery)}.`,
    data: table(
      [{ label: 'Step' }, { label: 'Tstorage', unit: 'kWh', number: true }],
      [
        ['Minted (M)', kwhExact(battery.mintedMilliWh)],
        ['of it shadow (grid charge)', kwhExact(battery.shadowMilliWh)],
        ['Delivered (W)', kwhExact(battery.deliveredMilliWh)],
        ['Burned as storage loss (B)', kwhExact(battery.storageLossMilliWh)],
        ['True loss (L)', kwhExact(battery.trueLossMilliWh)],
        ['Set aside', kwhExact(battery.setAsideMilliWh)],
        ['Active', kwhExact(battery.activeMilliWh)],
      ],
      { caption: 'One battery’s tokens' },
    ),
  })
}

/** Claims against energy, over a week. */
function claimsFigure(context: SectionContext): Markup | null {
  const { windows, results } = context.input
  const [window] = windows
  if (window === undefined || !window.columns.deliverableKwh.some((value) => value > 0)) return null
  const { activeKwh, deliverableKwh, setAsideKwh } = window.columns
  const count = activeKwh.length
  const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / count
  const over = activeKwh.map((active, at) => Math.max(0, active - deliverableKwh[at]))
  const most = over.reduce((a, b) => Math.max(a, b), 0)
  const finding =
    most < 1e-6
      ? 'Over a week, active tokens never claim more than the batteries could deliver together'
      : `Over a week, active tokens claim at most ${threeFigures(most)} kWh more than the batteries could deliver together, ${threeFigures(mean(over))} kWh on average`
  return context.figure({
    id: 'fig-claims',
    title: finding,
    draw: (width) =>
      drawWindow(
        window,
        [CLAIMS],
        results.timeZone,
        width,
        `${finding}. Stored deliverable energy, active tokens and tokens set aside over time.`,
      ),
    note: `All batteries of ${results.communities.length > 1 ? 'the first community' : 'the neighborhood'} together; each battery alone is in the table below. The truth is known only to the simulation, not to the algorithm.`,
    data: table(
      [{ label: 'Mean over the week' }, { label: 'Energy', unit: 'kWh', number: true }],
      [
        ['Truly deliverable', threeFigures(mean(deliverableKwh))],
        ['Active Tstorage', threeFigures(mean(activeKwh))],
        ['Claimed beyond what is there', threeFigures(mean(over))],
        ['Set aside', threeFigures(mean(setAsideKwh))],
      ],
      { caption: 'Claims and energy' },
    ),
  })
}

/** Two weeks of the first battery that there is. */
function weeksFigure(context: SectionContext): Markup | null {
  const story = context.input.results.communities.find((community) => community.story !== undefined)?.story
  return story === undefined || story.energyKwh.length === 0
    ? null
    : context.figure(burnStoryFigure(story, 'fig-battery-weeks'))
}

/** What a reader of a run without tokens must know. */
function withoutTokens({ input }: SectionContext): Markup {
  const sells = homesOf(input.results).some(
    ({ strategy }) => strategy !== '' && strategy !== 'self-consumption',
  )
  return markup`<p>Tokens were off in this run (<code>ledger.tokens: false</code>): nothing was minted or burned, there is no ledger, and what a ledger proves is not proved here. Energy, market and bills are computed as in a run with tokens${sells ? ', with one difference: batteries sell all that their strategy gives, where tokens let them sell no more than what is verified as their own solar' : ' and are the same to the micro-dollar'}. For tokens, ledger and the burn algorithm: <code>vpp run ${input.scenario.name} --tokens on</code>.</p>`
}

export const tokens: Section = {
  id: 'tokens',
  title: 'Tokens',
  render: (context) => {
    const { value, input } = context
    if (!keptTokens(input)) return withoutTokens(context)
    const count = withTokens(input.results.communities).reduce(
      (sum, { batteries }) => sum + batteries.length,
      0,
    )
    const error = value('burn-error')
    const summary =
      count === 0
        ? markup`<p>There is no battery, so no Tstorage was minted and nothing can outlive its energy.</p>`
        : markup`<p>Tstorage is minted when a battery charges, before anyone knows what it will lose. Over the run the algorithm burned ${threeFigures(value('storage-loss-burned') ?? 0)} kWh as verified loss${error === null ? '' : `, ${signedPercent(error)} against the truth`}; ${whole(value('over-burned') ?? 0)} of ${plural(count, 'battery', 'batteries')} ever lost more tokens than energy; ${value('unclaimed-share') === null ? 'no discharge' : percent(value('unclaimed-share') ?? 0)} of the discharge had no token.</p>`
    return markup`${summary}
${flowFigure(context)}
${claimsFigure(context)}
${storyFigure(context)}
${weeksFigure(context)}
${count === 0 ? '' : batteryTable(context)}`
  },
}
