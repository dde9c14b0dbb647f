import { flexibleSetpoint } from './preferences.ts'

/** A tank of well-mixed hot water with an electric element (`cop` 1) or a heat pump. */
export interface WaterHeaterParameters {
  readonly litres: number
  /** Greatest electric power, kW. */
  readonly powerKw: number
  readonly cop: number
  /** Heat lost for each kelvin between the tank and the room, W/K. */
  readonly lossWPerK: number
  readonly roomC: number
  readonly coldC: number
  readonly setpointC: number
  /** Comfort limits: set point ± this, K. */
  readonly bandK: number
}

export interface WaterHeaterStep {
  readonly tankC: number
  readonly electricKwh: number
  readonly heatKwh: number
  readonly lossKwh: number
  /** Heat that the drawn water took along (above cold), kWh. */
  readonly drawnKwh: number
}

/** Heat of a litre of water for each kelvin, kWh. */
export const KWH_PER_LITRE_K = 4.186 / 3600

/**
 * One interval: water is drawn at the tank's temperature and replaced by cold; then the tank loses heat
 * to the room and is heated towards its set point, within its power. Losses are those of the
 * temperature after the draw. capacity · ΔT = heat − loss − drawn, exactly.
 */
export function stepWaterHeater(
  tank: WaterHeaterParameters,
  tankC: number,
  drawnLitres: number,
  stepHours: number,
  comfort: number,
  want: number,
  event: boolean,
): WaterHeaterStep {
  const capacity = tank.litres * KWH_PER_LITRE_K
  const drawn = Math.min(drawnLitres, tank.litres)
  const mixedC = tankC - (drawn / tank.litres) * (tankC - tank.coldC)
  const lossKwh = (tank.lossWPerK / 1000) * (mixedC - tank.roomC) * stepHours
  const target = event
    ? tank.setpointC - tank.bandK
    : flexibleSetpoint(tank.setpointC, tank.bandK, comfort, want)
  const wanted = capacity * (target - mixedC) + lossKwh
  const heatKwh = Math.min(Math.max(wanted, 0), tank.powerKw * tank.cop * stepHours)
  return {
    tankC: mixedC + (heatKwh - lossKwh) / capacity,
    electricKwh: heatKwh / tank.cop,
    heatKwh,
    lossKwh,
    drawnKwh: capacity * (tankC - mixedC),
  }
}

/** Parts of a day's hot water by the hour from midnight, sum 1: morning and evening peaks; an assumption. */
export const DRAW_SHAPE: readonly number[] = (() => {
  const weights = [1, 0, 0, 0, 1, 4, 10, 12, 10, 7, 5, 4, 4, 3, 3, 3, 4, 6, 9, 10, 8, 6, 4, 2]
  const sum = weights.reduce((all, weight) => all + weight, 0)
  return weights.map((weight) => weight / sum)
})()
