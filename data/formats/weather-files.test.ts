import { describe, expect, test } from 'vitest'
import { VppError } from '../errors.ts'
import { parsePsm } from './psm.ts'
import { parsePvgis } from './pvgis.ts'
import { parseTmy3 } from './tmy3.ts'
import { needColumns } from './weather.ts'

const problem = (run: () => unknown): string => {
  try {
    run()
  } catch (error) {
    if (error instanceof VppError) return error.message
    throw error
  }
  return 'nothing was thrown'
}
const two = (value: number) => String(value).padStart(2, '0')
const at = (hour: number, year = 2019) => new Date(Date.UTC(year, 0, 1, hour))

/** Months of a typical year, in the order of the calendar, each from a year of its own. */
const YEARS = [1988, 1995, 1976, 2001, 2003, 1999, 1991, 1984, 2004, 1977, 1992, 2005]

describe('TMY3 CSV', () => {
  const made = (hours = 8760): string[] => [
    '725090,"BOSTON LOGAN",MA,-5.0,42.367,-71.017,6',
    'Date (MM/DD/YYYY),Time (HH:MM),ETR (W/m^2),GHI (W/m^2),GHI source,DNI (W/m^2),DHI (W/m^2),Dry-bulb (C),Dew-point (C),RHum (%),Pressure (mbar),Wdir (degrees),Wspd (m/s),Pwat (cm),Alb (unitless)',
    ...Array.from({ length: hours }, (_, hour) => {
      const date = at(hour)
      const label = `${two(date.getUTCMonth() + 1)}/${two(date.getUTCDate())}/${YEARS[date.getUTCMonth()]},${two(date.getUTCHours() + 1)}:00`
      return `${label},1000,${hour % 700},1,2,3,-1.5,-5,70,1013,180,4.1,1.2,0.2`
    }),
  ]
  const parse = (lines: string[], year?: number) =>
    parseTmy3(`${lines.join('\n')}\n`, { name: 'x.csv', year })

  test('hours end at their label, in local standard time, on the year that is said', () => {
    const { frame, site, clock, sourceYears } = parse(made(), 2023)
    expect(frame.axis).toEqual({
      startSeconds: Date.UTC(2023, 0, 1, 5) / 1000,
      stepSeconds: 3600,
      count: 8760,
    })
    expect(frame.columns.ghiWM2[701]).toBe(1)
    expect(frame.columns.pressurePa[0]).toBe(101_300)
    expect(frame.columns.precipitableWaterMm[0]).toBe(12)
    expect(site).toMatchObject({ label: 'BOSTON LOGAN, MA', utcOffsetHours: -5, elevationM: 6 })
    expect(clock.labels).toBe('end')
    expect(sourceYears).toEqual(YEARS)
  })
  test('traps are asked about', () => {
    const lines = made()
    expect(problem(() => parse(lines))).toMatch(/12 different years.*`year`/)
    expect(problem(() => parse(lines, 2024))).toMatch(/29 February of 2024 is left out.*`year`/)
    expect(problem(() => parse(lines.toSpliced(50, 1), 2023))).toMatch(/x\.csv:51 .*is due/)
    expect(problem(() => parse(lines.toSpliced(50, 0, lines[50]), 2023))).toMatch(/x\.csv:52 .*is due/)
    expect(problem(() => parse(lines.with(60, lines[60].replace(/,\d\d:00/, ',00:00')), 2023))).toMatch(
      /x\.csv:61 .*seems to name its start/,
    )
    expect(problem(() => parse(lines.slice(0, 5000), 2023))).toMatch(/x\.csv:5000 .*no whole year/)
    expect(problem(() => parse([...lines.slice(0, 90), '01/04/1988,16:'], 2023))).toMatch(/x\.csv:91 .*cells/)
  })
})

describe('NSRDB PSM CSV', () => {
  const made = ({ zone = -5, minute = 30, step = 60, hours = 8760, local = -5 } = {}): string[] => [
    'Source,Location ID,City,State,Country,Latitude,Longitude,Time Zone,Elevation,Local Time Zone',
    `NSRDB,1,-,-,-,42.37,-71.02,${zone},6,${local}`,
    'Year,Month,Day,Hour,Minute,DHI,DNI,GHI,Temperature,Wind Speed,Pressure,Surface Albedo',
    ...Array.from({ length: (hours * 60) / step }, (_, row) => {
      const date = new Date(Date.UTC(2021, 0, 1, 0, minute + row * step))
      return `2021,${date.getUTCMonth() + 1},${date.getUTCDate()},${date.getUTCHours()},${date.getUTCMinutes()},10,20,${row % 99},-3,2.5,1010,0.15`
    }),
  ]
  const parse = (lines: string[], options = {}) =>
    parsePsm(`${lines.join('\n')}\n`, { name: 'p.csv', ...options })

  test('minute 30 is the middle of its hour', () => {
    const { frame, clock } = parse(made())
    expect(frame.axis.startSeconds).toBe(Date.UTC(2021, 0, 1, 5) / 1000)
    expect(clock.labels).toBe('middle')
    expect(needColumns(parse(made()), 'p.csv', ['ghiWM2']).columns.ghiWM2[100]).toBe(1)
  })
  test('a file in UTC follows its own Time Zone, not the local one', () => {
    expect(parse(made({ zone: 0 })).frame.axis.startSeconds).toBe(Date.UTC(2021, 0, 1) / 1000)
    expect(parse(made({ zone: 0 })).notes).toEqual([expect.stringContaining('UTC-05:00')])
  })
  test('half hours are snapshots around their label', () => {
    const { axis } = parse(made({ step: 30, minute: 0 })).frame
    expect(axis).toEqual({
      startSeconds: Date.UTC(2021, 0, 1, 4, 45) / 1000,
      stepSeconds: 1800,
      count: 17_520,
    })
  })
  test('an hourly file at minute 0, and zones that contradict, are asked about', () => {
    expect(problem(() => parse(made({ minute: 0 })))).toMatch(/minute 0.*`labels`/)
    const { axis } = parse(made({ minute: 0 }), { labels: 'start' }).frame
    expect(axis.startSeconds).toBe(Date.UTC(2021, 0, 1, 5) / 1000)
    expect(problem(() => parse(made({ hours: 4000 })))).toMatch(/p\.csv:4003 .*no whole year/)
    expect(problem(() => parse(made({ zone: -4 })))).toMatch(/neither UTC nor local.*`timeZone`/)
    expect(problem(() => needColumns(parse(made()), 'p.csv', ['dewPointC']))).toMatch(/has no dewPointC/)
  })
})

describe('PVGIS', () => {
  const legend = ['', 'G(i): Global irradiance', '', 'PVGIS (c) European Union, 2001-2026']
  const series = (minute = '10', hours = 48): string[] => [
    'Latitude (decimal degrees):\t45.000',
    'Longitude (decimal degrees):\t8.000',
    'Elevation (m):\t250',
    'Radiation database:\tPVGIS-SARAH3',
    '',
    'time,P,G(i),H_sun,T2m,WS10m,Int',
    ...Array.from({ length: hours }, (_, hour) => {
      const date = at(hour, 2020)
      return `2020${two(date.getUTCMonth() + 1)}${two(date.getUTCDate())}:${two(date.getUTCHours())}${minute},${hour},5.5,3,1.25,2,0`
    }),
    ...legend,
  ]
  const parse = (lines: string[], year?: number) => parsePvgis(lines.join('\r\n'), { name: 'v.csv', year })

  test('an hourly series in UTC; the minute of the satellite is kept', () => {
    const { frame, clock, site, source } = parse(series())
    expect(frame.axis).toEqual({ startSeconds: Date.UTC(2020, 0, 1) / 1000, stepSeconds: 3600, count: 48 })
    expect(clock).toMatchObject({ labels: 'start', sunSeconds: 600 })
    expect(frame.columns.acW[47]).toBe(47)
    expect(site.elevationM).toBe(250)
    expect(source).toBe('PVGIS PVGIS-SARAH3')
  })
  test('the same from JSON', () => {
    const hourly = Array.from({ length: 48 }, (_, hour) => ({
      time: `202001${two(1 + Math.floor(hour / 24))}:${two(hour % 24)}10`,
      P: hour,
      'G(i)': 5.5,
      H_sun: 3,
      T2m: 1.25,
      WS10m: 2,
      Int: 0,
    }))
    const json = JSON.stringify({
      inputs: {
        location: { latitude: 45, longitude: 8, elevation: 250 },
        meteo_data: { radiation_db: 'PVGIS-SARAH3' },
      },
      outputs: { hourly },
    })
    const { format, frame, clock, site, source } = parse(series())
    expect(parsePvgis(json, { name: 'v.json' })).toMatchObject({ format, frame, clock, site, source })
    expect(problem(() => parsePvgis(json.slice(0, -9), { name: 'v.json' }))).toMatch(/no valid JSON/)
  })
  test('a typical year needs the year that it stands for', () => {
    const rows = Array.from({ length: 8760 }, (_, hour) => {
      const date = at(hour)
      const day = `${two(date.getUTCMonth() + 1)}${two(date.getUTCDate())}:${two(date.getUTCHours())}00`
      return `${2005 + (date.getUTCMonth() % 5)}${day},1,80,${hour % 90},2,3,300,2,200,99000`
    })
    const lines = [
      'Latitude (decimal degrees): 45.000',
      'Longitude (decimal degrees): 8.000',
      'Elevation (m): 250.0',
      'Irradiance Time Offset (h): 0.25',
      'month,year',
      'time(UTC),T2m,RH,G(h),Gb(n),Gd(h),IR(h),WS10m,WD10m,SP',
      ...rows,
      ...legend,
    ]
    expect(problem(() => parse(lines))).toMatch(/5 different years.*`year`/)
    expect(parse(lines, 2023)).toMatchObject({
      frame: { axis: { startSeconds: Date.UTC(2023, 0, 1) / 1000, count: 8760 } },
      clock: { sunSeconds: 900 },
    })
  })
  test('cut off, joined, an unknown column', () => {
    expect(problem(() => parse(series().slice(0, 30)))).toMatch(/closing lines/)
    expect(problem(() => parse(series().with(9, series()[9].replace('10,', '11,'))))).toMatch(
      /mix the minutes/,
    )
    expect(problem(() => parse(series().with(5, 'time,P,G(i),H_sun,T2m,WS10m,X')))).toMatch(
      /unknown columns X/,
    )
    expect(problem(() => parse(series().toSpliced(9, 1)))).toMatch(/v\.csv:10 .*is due/)
  })
})
