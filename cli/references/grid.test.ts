import { describe, expect, test } from 'vitest'
import { copyOfReferences } from './testing-copy.ts'

/** One cell of a CSV file, changed by a factor. */
const scaled = (row: number, column: string, factor: number) => (text: string) => {
  const lines = text.split('\n')
  const at = lines[0].split(',').indexOf(column)
  const cells = lines[row].split(',')
  cells[at] = String(Number(cells[at]) * factor)
  lines[row] = cells.join(',')
  return lines.join('\n')
}

describe('a copy of the references of wires and transformers', () => {
  const { edit, failed, problems } = copyOfReferences(['feeder-village', 'golden-transformer'])
  const golden = 'feeder-village/golden_day1'

  test('agrees as it is', () => expect(failed()).toEqual([]))

  test.each([
    ['vm_pu', 'bus9', 1.0001, 'voltages of all buses'],
    ['line_loading_pct', 'line2', 1.02, 'line loadings'],
    ['line_loading_pct', 'total_line_loss_kw', 1.01, 'losses of all lines'],
    ['trafo', 'loss_kw', 1.01, 'transformer losses'],
    ['trafo', 'q_hv_kvar', 1.001, 'transformer Q, high voltage'],
    ['trafo', 'load_kw', 1.001, 'load'],
  ])('a changed cell of %s fails its check alone: %s', (file, column, factor, quantity) => {
    edit(`${golden}_${file}.csv`, scaled(30, column, factor))
    expect(failed()).toEqual([`${golden}: ${quantity}`])
  })

  test.each(['"tap_pos": -1', '"shift_degree": 150.0', '"parallel": 2'])(
    '%s of the network counts',
    (field) => {
      const [name, value] = field.split(': ')
      edit('feeder-village/network.json', (text) => text.replace(field, `${name}: ${Number(value) + 1}`))
      // The shift of the vector group turns every voltage alike and changes no amount.
      if (name === '"shift_degree"') expect(failed()).toEqual([])
      else expect(failed()).toContain(`${golden}: voltages of all buses`)
    },
  )

  test('a closed switch that was open counts', () => {
    edit('feeder-village/network.json', (text) => text.replace('"closed": false', '"closed": true'))
    expect(failed()).toContain(`${golden}: voltages of all buses`)
  })

  test.each([
    ['hot_spot_fac', 'hot spot'],
    ['time_const_oil', 'top oil'],
    ['winding_exp_y', 'hot spot'],
    ['amb_temp_surcharge', 'top oil'],
    ['oil_const_k11', 'top oil'],
    ['winding_const_k22', 'hot spot'],
  ])('the constant %s counts', (key, quantity) => {
    edit('golden-transformer/power_onaf.json', (text) =>
      text.replace(
        new RegExp(`("${key}": )([\\d.]+)`),
        (_, head: string, value: string) => head + Number(value) * 1.2,
      ),
    )
    expect(failed()).toContain(`golden-transformer/power_onaf: ${quantity}`)
  })

  test('a profile that the network needs and a column that is missing are told', () => {
    edit('feeder-village/profiles_15min.csv', (text) => text.replace('H_qload', 'G_qload'))
    edit('golden-transformer/power_onaf.csv', (text) => text.replace('hot_spot_c', 'hot'))
    expect(problems()).toEqual([
      expect.stringMatching(
        /^feeder-village\/profiles_15min\.csv has no profile H_qload, which Load 1 needs/,
      ),
      expect.stringMatching(/^golden-transformer\/power_onaf\.csv:1 has no column hot_spot_c/),
    ])
  })
})
