import type { KernelHomes } from './homes.ts'
import type { KernelBlock, KernelPrices, KernelProfiles, KernelState } from './kernel.ts'

/**
 * First pass: every home through the block, its battery's state in locals. Sets the net of each home and step, and adds it to
 * one of the two sides. Order of the operations as in `stepBattery`: charge or discharge, self-discharge, standby, fade.
 * The C loop of the bench does the same operations in the same order, so that both agree to the last bit.
 */
export function stepHomes(
  homes: KernelHomes,
  profiles: KernelProfiles,
  prices: KernelPrices,
  state: KernelState,
  block: KernelBlock,
): void {
  const { first, count, stride, netKwh, supplyKwh, demandKwh } = block
  const { importUsdPerKwh, exportUsdPerKwh } = prices
  const { profile } = homes
  const { sums } = state
  supplyKwh.fill(0)
  demandKwh.fill(0)
  // The two sides by their rows in the same column: a column of their own each would cost the compiler a tenth more.
  const supplyRow = profile.length * stride
  const demandRow = supplyRow + stride
  for (let home = 0; home < profile.length; home++) {
    const load = profiles.loadKwh[profile[home]]
    const solar = profiles.solarKwh[profile[home]]
    const loadScale = homes.loadScale[home]
    const solarScale = homes.solarScale[home]
    const capacityKwh = homes.capacityKwh[home]
    const limitKwh = homes.limitKwh[home]
    const chargeEfficiency = homes.chargeEfficiency[home]
    const perCharge = homes.perChargeEfficiency[home]
    const dischargeEfficiency = homes.dischargeEfficiency[home]
    const perDischarge = homes.perDischargeEfficiency[home]
    const minSoc = homes.minSocFraction[home]
    const maxSoc = homes.maxSocFraction[home]
    const standby = homes.standbyKwh[home]
    const kept = homes.keptFraction[home]
    const calendarFade = homes.calendarFade[home]
    const fadePerKwh = homes.fadePerKwh[home]
    const row = home * stride
    let energy = state.energyKwh[home]
    let soh = state.sohFraction[home]
    let loadUsd = 0
    let lackKwh = 0
    let lackUsd = 0
    let spareKwh = 0
    let spareUsd = 0
    let charged = 0
    let discharged = 0
    let standbyKwh = 0
    let importKwh = 0
    let importUsd = 0
    let exportKwh = 0
    let exportUsd = 0
    for (let step = 0; step < count; step++) {
      const used = load[first + step] * loadScale
      const price = importUsdPerKwh[first + step]
      const paid = exportUsdPerKwh[first + step]
      let net = solar[first + step] * solarScale - used
      loadUsd += used * price
      const usable = capacityKwh * soh
      const bottom = usable * minSoc
      if (net > 0) {
        spareKwh += net
        spareUsd += net * paid
        let room = usable * maxSoc - energy
        if (room < 0) room = 0
        let taken = room * perCharge
        if (net < taken) taken = net
        if (limitKwh < taken) taken = limitKwh
        energy += taken * chargeEfficiency
        charged += taken
        net -= taken
      } else {
        lackKwh -= net
        lackUsd -= net * price
        let there = energy - bottom
        if (there < 0) there = 0
        let given = there * dischargeEfficiency
        if (-net < given) given = -net
        if (limitKwh < given) given = limitKwh
        const drawn = given * perDischarge
        energy -= drawn
        if (energy < 0) energy = 0
        soh -= fadePerKwh * drawn
        discharged += given
        net += given
      }
      energy *= kept
      let own = energy - bottom
      if (own < 0) own = 0
      if (standby < own) own = standby
      energy -= own
      const lacking = standby - own
      standbyKwh += lacking
      net -= lacking
      soh -= calendarFade
      if (soh < 0) soh = 0
      const most = capacityKwh * soh
      if (most < energy) energy = most
      netKwh[row + step] = net
      if (net > 0) {
        exportKwh += net
        exportUsd += net * paid
        netKwh[supplyRow + step] += net
      } else {
        importKwh -= net
        importUsd -= net * price
        netKwh[demandRow + step] -= net
      }
    }
    state.energyKwh[home] = energy
    state.sohFraction[home] = soh
    sums.loadUsd[home] += loadUsd
    sums.lackKwh[home] += lackKwh
    sums.lackUsd[home] += lackUsd
    sums.spareKwh[home] += spareKwh
    sums.spareUsd[home] += spareUsd
    sums.chargedKwh[home] += charged
    sums.dischargedKwh[home] += discharged
    sums.standbyKwh[home] += standbyKwh
    sums.importKwh[home] += importKwh
    sums.importUsd[home] += importUsd
    sums.exportKwh[home] += exportKwh
    sums.exportUsd[home] += exportUsd
  }
}
