import * as form from '../journal/form.ts'
import { minuteText } from '../reading/names.ts'
import { ROLES } from '../tables/accounts.ts'
import { ASSET_KINDS } from '../tables/assets.ts'
import { REASONS } from '../totals.ts'

const { i64, textAt, nextText } = form
const text = (w: Int32Array, at: number): string =>
  JSON.stringify(Buffer.from(textAt(w, at)).toString('utf8'))

/** The lot that an operation names, by numbers. */
function lot(w: Int32Array, at: number): string {
  const name = `lot #${w[at + 2]}/${minuteText(w[at + 3])}`
  return w[at + 4] === 0 ? name : `${name}/#${w[at + 4]}/${i64(w, at + 5)}`
}

const SENTENCES: Record<number, (w: Int32Array, at: number) => string> = {
  [form.REGISTER]: (w, at) =>
    `registers account #${w[at + 2]} as ${ROLES[w[at + 3]]} ${text(w, at + 9)}, agent #${w[at + 4]}, opening ${i64(w, at + 5)} µ$, ` +
    `credit limit ${i64(w, at + 7)} µ$, credential ${text(w, nextText(w, at + 9))}`,
  [form.CREATE_ASSET]: (w, at) =>
    `creates asset #${w[at + 2]} (${ASSET_KINDS[w[at + 3]]} ${text(w, nextText(w, at + 14))} at ${text(w, at + 14)}) of account #${w[at + 4]} ` +
    `at site #${w[at + 5]}: ${w[at + 6]} min, ${w[at + 7]} W, ${i64(w, at + 8)} mWh, deliverable ${i64(w, at + 10)} mWh, ` +
    `standby ${w[at + 12]} W, factor ${w[at + 13]} ppm`,
  [form.MINT]: (w, at) =>
    `mints ${i64(w, at + 5)} mWh for asset #${w[at + 2]} in ${minuteText(w[at + 3])} at ${w[at + 4]} mg CO2/kWh`,
  [form.EXCHANGE]: (w, at) => `exchanges ${i64(w, at + 8)} mWh of ${lot(w, at)} into battery #${w[at + 7]}`,
  [form.OFFER]: (w, at) =>
    `offers ${i64(w, at + 9)} mWh of ${lot(w, at)} for ${minuteText(w[at + 7])} at ${w[at + 8]} µ$/kWh`,
  [form.CANCEL]: (w, at) => `cancels the offer of ${lot(w, at)}`,
  [form.TRADE]: (w, at) =>
    `buys ${i64(w, at + 10)} mWh of ${lot(w, at)} at ${w[at + 9]} µ$/kWh, ` +
    `${w[at + 7] === 1 ? 'to be used by load' : 'to be exchanged into battery'} #${w[at + 8]}`,
  [form.BURN]: (w, at) =>
    `burns ${i64(w, at + 9)} mWh of ${lot(w, at)} as ${REASONS[w[at + 7]]} in ${minuteText(w[at + 8])}`,
  [form.SET_ASIDE]: (w, at) => `sets ${i64(w, at + 7)} mWh of ${lot(w, at)} aside`,
  [form.RELEASE]: (w, at) => `releases ${i64(w, at + 7)} mWh of ${lot(w, at)}`,
  [form.SETTLE]: (w, at) =>
    `settles account #${w[at + 2]} at site #${w[at + 3]} up to ${minuteText(w[at + 4])}: ${i64(w, at + 5)} mWh exported, ` +
    `${i64(w, at + 7)} µ$ to pay`,
  [form.SET_TARIFF]: (w, at) => `sets the platform fee to ${w[at + 2]} µ$/kWh`,
  [form.READING]: (w, at) =>
    `reads battery #${w[at + 2]} in ${minuteText(w[at + 3])}: ${i64(w, at + 4)} mWh charged, ${i64(w, at + 6)} mWh discharged so far`,
  [form.ANCHOR]: (w, at) =>
    `anchors battery #${w[at + 2]} at ${minuteText(w[at + 3])}: ${w[at + 4] === 1 ? 'it refused to discharge' : 'it is full'}`,
  [form.SET_FACTOR]: (w, at) => `sets the factor of battery #${w[at + 2]} to ${w[at + 3]} ppm`,
  [form.CLOSE_INTERVAL]: (w, at) => `closes ${minuteText(w[at + 3])} at site #${w[at + 2]}`,
}

/** What an operation of the right form says, in one sentence, by numbers alone. */
export const sentenceOf = (words: Int32Array, at: number): string =>
  `account #${words[at + 1]} ${SENTENCES[words[at] & 255](words, at)}`
