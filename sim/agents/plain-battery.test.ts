import fc from 'fast-check'
import { expect, test } from 'vitest'
import { streamFor } from '../../data/random.ts'
import { selfConsumption } from '../../models/dispatch/strategies/self-consumption.ts'
import { battery as batterySchema } from '../../scenarios/schema-home.ts'
import { FlowBlock } from '../flow-block.ts'
import { FLOW_COLUMNS } from '../interval-flows.ts'
import { batteryParameters, newAgent } from './battery-agent.ts'
import { stepHome } from './home.ts'
import { stepPlainBattery } from './plain-battery.ts'

const STEP_HOURS = 1 / 12
const ROWS = 24
const HOMES = 3
const HOME = 1

const batteries = fc.record({
  capacityKwh: fc.constantFrom(0.5, 6.4, 13.5),
  powerKw: fc.constantFrom(0.7, 5),
  chargeEfficiency: fc.constantFrom(0.9, 0.95, 1),
  dischargeEfficiency: fc.constantFrom(0.9, 0.95, 1),
  standbyW: fc.constantFrom(0, 10, 80),
  selfDischargePercentPerMonth: fc.constantFrom(0, 2),
  minSocFraction: fc.constantFrom(0, 0.1, 0.2),
  cycleFadePercentPerThousandEfc: fc.constantFrom(0, 5, 100),
  registerStepWh: fc.constantFrom(0, 1, 10),
})
const powers = fc.array(fc.integer({ min: 0, max: 900_000 }), { minLength: ROWS * 4, maxLength: ROWS * 4 })
const nights = fc.array(fc.constantFrom(0, 0, 1), { minLength: ROWS * 4, maxLength: ROWS * 4 })

test('a plain battery in blocks is bit for bit the battery interval by interval', () => {
  let refusals = 0
  fc.assert(
    fc.property(batteries, powers, powers, nights, ({ registerStepWh, ...given }, suns, loads, shines) => {
      const battery = batterySchema.parse(given)
      const parameters = batteryParameters(battery, 5)
      const series = { stepHours: STEP_HOURS } as Parameters<typeof selfConsumption>[0]['series']
      const quality = { meterClassPercent: 1, registerStepWh, falseRefusalsPerYear: 0 }
      const agent = () => {
        const strategy = selfConsumption({ battery: parameters, series })
        return newAgent(battery, parameters, strategy, quality, streamFor(1, 'meter'), 0)
      }
      const [one, many] = [agent(), agent()]
      const [singly, block] = [new FlowBlock(HOMES, ROWS), new FlowBlock(HOMES, ROWS)]
      for (let from = 0; from < suns.length; from += ROWS) {
        for (let row = 0; row < ROWS; row++) {
          for (const { energy } of [singly, block]) {
            energy.solar[row * HOMES + HOME] = suns[from + row] * shines[from + row]
            energy.load[row * HOMES + HOME] = loads[from + row]
          }
          stepHome(singly.intervals[row], HOME, one, from + row, STEP_HOURS, 25)
        }
        stepPlainBattery(block, HOME, many, ROWS, STEP_HOURS)
        for (let row = 0; row < ROWS; row++) block.intervals[row].meter(HOME)
        for (const name of FLOW_COLUMNS) expect(block.energy[name]).toEqual(singly.energy[name])
        for (const name of [
          'chargeRegister',
          'dischargeRegister',
          'flags',
          'deliverable',
          'meteredDeliverable',
        ] as const)
          expect(block[name]).toEqual(singly[name])
        const { strategy: _, meter, ...rest } = many
        const { strategy: __, meter: meterOne, ...restOne } = one
        expect(rest).toEqual(restOne)
        expect({ ...meter, stream: null }).toEqual({ ...meterOne, stream: null })
        refusals += block.flags.reduce((sum, flag) => sum + flag, 0)
      }
    }),
    { seed: 3, numRuns: 150 },
  )
  expect(refusals).toBeGreaterThan(100)
})
