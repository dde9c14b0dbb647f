/**
 * Terrestrial less universal time, seconds, for a year between 1961 and 2050.
 *
 * Polynomials of F. Espenak and J. Meeus, "Five Millennium Canon of Solar Eclipses", NASA/TP-2006-214141,
 * section 2.6; after 2005 a forecast (measured 2023: 69.2 s; forecast 73.3 s, which moves the sun by
 * 0.00005°). Years outside are taken as the nearest year inside.
 */
export function deltaTSeconds(year: number): number {
  const y = Math.min(2050, Math.max(1961, year))
  if (y <= 1986) {
    const t = y - 1975
    return 45.45 + t * (1.067 - t * (1 / 260 + t / 718))
  }
  const t = y - 2000
  if (y <= 2005) {
    return 63.86 + t * (0.3345 + t * (-0.060374 + t * (0.0017275 + t * (0.000651814 + t * 0.00002373599))))
  }
  return 62.92 + t * (0.32217 + t * 0.005589)
}
