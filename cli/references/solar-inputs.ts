import { z } from 'zod'
import { VppError } from '../../data/errors.ts'
import type { SunSite } from '../../models/solar/sun-position.ts'
import { filesMatching, readJson } from './files.ts'

export const SOLAR_FOLDER = 'golden-solar'

const number = z.number()
const shape = z.object({
  tool: z.string().default('unnamed'),
  site: z.object({ lat: number, lon: number, alt_m: number }),
  year_solpos: z.int().optional(),
  solar_position: z.object({ pressure_pa: number, temperature_c: number, delta_t_s: number }),
  ineichen: z.object({ linke_turbidity: number, perez_enhancement: z.boolean().default(false) }).optional(),
  weather_site: z.object({ latitude: number, longitude: number, altitude: number, TZ: number }).optional(),
  weather_time: z.string().default(''),
  transposition: z.object({ albedo: number }).optional(),
  iam: z.array(z.string()).default([]),
  cell_temperature_poa: z.enum(['isotropic', 'haydavies', 'perez']).default('haydavies'),
  sapm: z.object({ a: number, b: number, deltaT: number }).optional(),
  faiman: z.object({ u0: number, u1: number }).optional(),
  noct_sam: z
    .object({
      noct: number,
      module_efficiency: number,
      transmittance_absorptance: number,
      array_height: z.literal([1, 2]),
      mount_standoff: number,
    })
    .optional(),
  /** Hours are the rows' length. */
  fuentes: z.object({ noct_installed: number }).optional(),
  pvwatts_dc: z
    .object({ pdc0_w: number, gamma_per_c: number, temp_ref: number, irradiance: z.string() })
    .optional(),
  pvwatts_ac: z.object({ pdc0_inverter_input_w: number, eta_nom: number, eta_ref: number }).optional(),
})
export type SolarInputs = z.output<typeof shape>

/** Everything that the files of a site were computed from. */
export const readSolarInputs = (dir: string, site: string): SolarInputs =>
  readJson(dir, inputsFile(site), shape)

export const inputsFile = (site: string): string => `${SOLAR_FOLDER}/${site}_inputs.json`

/** What the references give the sun position, at one of the two places that the inputs name. */
export function sunSite(inputs: SolarInputs, place: 'site' | 'weather'): SunSite {
  const weather = place === 'weather' ? inputs.weather_site : undefined
  return {
    latitudeDeg: weather?.latitude ?? inputs.site.lat,
    longitudeDeg: weather?.longitude ?? inputs.site.lon,
    altitudeM: weather?.altitude ?? inputs.site.alt_m,
    pressureHpa: inputs.solar_position.pressure_pa / 100,
    temperatureC: inputs.solar_position.temperature_c,
    deltaTSeconds: inputs.solar_position.delta_t_s,
  }
}

/** A part of the inputs that a file needs, which not every site has. */
export function needed<Part>(part: Part | undefined, key: string, site: string, file: string): Part {
  if (part !== undefined) return part
  throw new VppError('invalid', {
    place: `${inputsFile(site)}  ${key}`,
    problem: `is missing, ${file} was computed with it`,
    fix: 'write the inputs that the reference was computed from',
  })
}

/** Names of a folder's files that match, each taken apart by the pattern's first group: the site. */
export const solarFiles = (dir: string, pattern: RegExp): string[] =>
  filesMatching(`${dir}/${SOLAR_FOLDER}`, pattern)
