import { powerLaw } from '../laws.ts'
import { type BlastCell, lessAllLosses } from '../cell.ts'

/** States of charge and open-circuit voltages between which is interpolated. */
const SOC_FRACTION = [
  0, 0.008637153, 0.026779514, 0.044921875, 0.063064236, 0.081206597, 0.099348958, 0.117491319, 0.135633681,
  0.153776042, 0.171918403, 0.190060764, 0.208203125, 0.226345486, 0.244487847, 0.262630208, 0.280772569,
  0.298914931, 0.317057292, 0.335199653, 0.353342014, 0.371484375, 0.389626736, 0.407769097, 0.425911458,
  0.444053819, 0.462196181, 0.480338542, 0.498480903, 0.516623264, 0.534765625, 0.552907986, 0.571050347,
  0.589192708, 0.607335069, 0.625477431, 0.643619792, 0.661762153, 0.679904514, 0.698046875, 0.716189236,
  0.734331597, 0.752473958, 0.770616319, 0.788758681, 0.806901042, 0.825043403, 0.843185764, 0.861328125,
  0.879470486, 0.897612847, 0.915755208, 0.933897569, 0.952039931, 0.970182292, 0.988324653, 0.998220486, 1,
]
const OPEN_CIRCUIT_VOLT = [
  3.331, 3.345014187, 3.37917149, 3.411603677, 3.440585632, 3.466289865, 3.490268982, 3.511315401,
  3.529946658, 3.547197821, 3.561688798, 3.574972194, 3.586357962, 3.597053683, 3.605506753, 3.613442288,
  3.620342753, 3.626380661, 3.632073544, 3.63690387, 3.642079219, 3.646909545, 3.652084894, 3.657605266,
  3.663470662, 3.670198615, 3.677444104, 3.686759732, 3.696420384, 3.708323686, 3.720572012, 3.734372943,
  3.749553967, 3.765252525, 3.781123596, 3.797857224, 3.814590852, 3.832532062, 3.849783226, 3.866861877,
  3.884458064, 3.900846669, 3.917752809, 3.934831461, 3.953462717, 3.971921462, 3.991415276, 4.011771649,
  4.03195551, 4.05196686, 4.070770628, 4.087849279, 4.104237884, 4.120108955, 4.135980025, 4.152541142,
  4.160649189, 4.162,
]

function openCircuitVolt(socFraction: number): number {
  const last = SOC_FRACTION.length - 1
  if (socFraction <= 0) return OPEN_CIRCUIT_VOLT[0]
  if (socFraction >= 1) return OPEN_CIRCUIT_VOLT[last]
  let low = 0
  let high = last
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (SOC_FRACTION[middle] <= socFraction) low = middle
    else high = middle
  }
  const share = (socFraction - SOC_FRACTION[low]) / (SOC_FRACTION[high] - SOC_FRACTION[low])
  return OPEN_CIRCUIT_VOLT[low] + share * (OPEN_CIRCUIT_VOLT[high] - OPEN_CIRCUIT_VOLT[low])
}

/** NMC111-graphite 18650 cell of Schmalstieg et al.: time loss by voltage, use loss by voltage and depth. */
export const nmc111Sanyo2Ah: BlastCell = {
  id: 'Nmc111_Gr_Sanyo2Ah_Battery',
  chemistry: 'NMC',
  source: 'doi:10.1016/j.jpowsour.2014.02.012, doi:10.1016/j.jpowsour.2013.09.143',
  capacityAh: 2.15,
  testedC: [20, 40],
  parameters: {
    qcal_A_V: 7.543,
    qcal_B_V: -23.75,
    qcal_C_TdegK: -6976,
    qcal_p: 0.75,
    qcyc_A_V: 7.348e-3,
    qcyc_B_V: 3.667,
    qcyc_C: 7.6e-4,
    qcyc_D_DOD: 4.081e-3,
    qcyc_p: 0.5,
    rcal_A_V: 5.27,
    rcal_B_V: -16.32,
    rcal_C_TdegK: -5986,
    rcal_p: 0.75,
    rcyc_A_V: 2.153e-4,
    rcyc_B_V: 3.725,
    rcyc_C: -1.521e-5,
    rcyc_D_DOD: 2.798e-4,
  },
  start: [0, 0],
  advance(p, s, state, scale) {
    const calendar = s.mean(
      (kelvin, soc) =>
        (p.qcal_A_V * openCircuitVolt(soc) + p.qcal_B_V) * 1e6 * Math.exp(p.qcal_C_TdegK / kelvin),
    )
    const rootMeanSquareVolt = Math.sqrt(s.sampleMean((_, soc) => openCircuitVolt(soc) ** 2))
    const cycling =
      p.qcyc_A_V * (rootMeanSquareVolt - p.qcyc_B_V) ** 2 + p.qcyc_C + p.qcyc_D_DOD * s.depthFraction
    const ampereHours = s.efc * 2 * this.capacityAh
    state[0] += scale * powerLaw(state[0], s.days, calendar, p.qcal_p)
    state[1] += scale * powerLaw(state[1], ampereHours, cycling, p.qcyc_p)
  },
  health: lessAllLosses,
}
