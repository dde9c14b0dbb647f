"""
The project's own solar references: made-up weather at made-up sites, computed by pvlib and PySAM in the layout of
the shared golden-solar and golden-pvwatts. `pip install pvlib==0.16.1 NREL-PySAM==7.1.1.post1`, then

    python make_solar.py            writes the references of this folder again, a few days a site
    python make_solar.py OUT        writes whole years into the folder OUT
"""

import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import PySAM.Pvwattsv8
import pvlib
from pvlib import atmosphere, clearsky, iam, inverter, irradiance, pvsystem, solarposition, temperature

# name, latitude, longitude, altitude, hours from UTC, year, Linke turbidity, days of the year, planes (tilt, azimuth)
SITES = [
    ("desert", 33.4, -112.0, 340.0, -7.0, 2023, 3.5, [80, 172, 355], [(25, 180), (90, 0)]),
    ("south", -33.9, 151.2, 40.0, 10.0, 2021, 3.0, [15, 196], [(30, 0), (0, 180)]),
    ("arctic", 69.65, 18.96, 10.0, 1.0, 2019, 2.2, [10, 80, 172], [(45, 135)]),
    ("mountain", 39.2, -106.8, 2500.0, -7.0, 2024, 2.0, [60, 200], [(40, 225)]),
    ("tropic", 3.1, 101.7, 60.0, 8.0, 2022, 4.5, [79, 265], [(10.5, 90)]),
    ("dateline", -17.7, 178.1, 5.0, 12.0, 2020, 3.2, [1, 183], [(20, 315)]),
]
# site, kW, module type, array type, DC/AC ratio, tilt, azimuth, losses, inverter efficiency, albedo, soiling
SYSTEMS = [
    ("desert", 7.2, 0, 1, 1.2, 25, 180, 14.0757, 96.0, 0.2, None),
    ("desert", 600.0, 2, 0, 1.45, 20, 200, 10.0, 97.5, 0.25, None),
    ("south", 4.0, 1, 1, 1.8, 30, 0, 14.0757, 96.0, 0.2, None),
    ("south", 50.0, 2, 0, 1.1, 90, 300, 14.0757, 96.0, 0.3, None),
    ("arctic", 12.0, 0, 1, 1.1, 45, 135, 5.0, 95.0, 0.6, [30, 30, 25, 15, 5, 2, 2, 2, 2, 2, 10, 20]),
    ("mountain", 0.9, 0, 0, 1.0, 40, 225, 14.0757, 96.0, 0.2, None),
    ("tropic", 25.0, 1, 0, 1.3, 10.5, 90, 12.0, 98.0, 0.15, None),
    ("dateline", 3.0, 0, 1, 1.2, 20, 315, 14.0757, 96.0, 0.2, None),
]
INPUTS = {
    "solar_position": {"method": "nrel_numpy (SPA)", "pressure_pa": 101325, "temperature_c": 12, "delta_t_s": 67.0},
    "transposition": {"albedo": 0.2, "models": ["isotropic", "haydavies", "perez (allsitescomposite1990)"]},
    "iam": ["ashrae b=0.05", "physical n=1.526,K=4,L=0.002", "martin_ruiz a_r=0.16"],
    "cell_temperature_poa": "haydavies",
    "sapm": {"a": -3.56, "b": -0.075, "deltaT": 3},
    "faiman": {"u0": 25.0, "u1": 6.84},
    "noct_sam": {
        "noct": 45,
        "module_efficiency": 0.18,
        "transmittance_absorptance": 0.9,
        "array_height": 1,
        "mount_standoff": 4,
    },
    "fuentes": {"noct_installed": 49},
    "pvwatts_dc": {
        "pdc0_w": 1000,
        "gamma_per_c": -0.004,
        "temp_ref": 25,
        "irradiance": "poa_haydavies without IAM",
    },
    "pvwatts_ac": {"pdc0_inverter_input_w": 868.0555555555557, "eta_nom": 0.96, "eta_ref": 0.9637},
}


def position(times, site):
    _, lat, lon, alt, *_ = site
    given = INPUTS["solar_position"]
    return solarposition.get_solarposition(
        times,
        lat,
        lon,
        altitude=alt,
        pressure=given["pressure_pa"],
        temperature=given["temperature_c"],
        delta_t=given["delta_t_s"],
        method="nrel_numpy",
    )


def clear_sky(times, sun, site):
    alt, linke = site[3], site[6]
    airmass = atmosphere.get_relative_airmass(sun.apparent_zenith)
    extra = irradiance.get_extra_radiation(times)
    absolute = atmosphere.get_absolute_airmass(airmass, atmosphere.alt2pres(alt))
    return airmass, extra, clearsky.ineichen(sun.apparent_zenith, absolute, linke, alt, extra)


def write(frame, path, decimals):
    path.parent.mkdir(parents=True, exist_ok=True)
    frame.round(decimals).to_csv(path, index=False, lineterminator="\n")


def hours(site, days, zone):
    """Middles of the hours of some days of the site's year, in a fixed zone."""
    year = site[5]
    starts = [pd.Timestamp(year, 1, 1) + pd.Timedelta(days=day - 1) for day in days]
    stamps = [start + pd.Timedelta(minutes=60 * hour + 30) for start in starts for hour in range(24)]
    return pd.DatetimeIndex(stamps).tz_localize(zone)


def weather(site, days):
    """Clear sky under passing clouds, whole numbers as in an EPW file."""
    name, lat, _, _, offset = site[:5]
    zone = pd.Timestamp(0, tz="UTC").tz_convert(f"Etc/GMT{-int(offset):+d}").tz
    times = hours(site, days, zone)
    sun = position(times, site)
    _, _, clear = clear_sky(times, sun, site)
    random = np.random.RandomState(sum(map(ord, name)))
    sky = np.clip(random.uniform(-0.3, 1.4, len(times)), 0, 1)
    cos_zenith = np.maximum(0, np.cos(np.radians(sun.zenith)))
    dni = (clear.dni * sky).round()
    dhi = (clear.dhi + (clear.ghi - clear.dhi) * (1 - sky) * 0.4).round()
    ghi = (dni * cos_zenith + dhi).round()
    season = np.cos(2 * np.pi * (times.day_of_year - 200) / 365) * np.sign(lat)
    air = (12 + 12 * season + 6 * np.sin(2 * np.pi * (times.hour - 9) / 24)).round(1)
    wind = random.uniform(0, 9, len(times)).round(1)
    frame = pd.DataFrame({"ghi": ghi, "dni": dni, "dhi": dhi, "temp_air": air, "wind_speed": wind}, index=times)
    return frame, sun


def write_sun(out, site, days):
    name, lat, lon, _, _, year, linke = site[:7]
    times = hours(site, days, "UTC")
    sun = position(times, site)
    airmass, extra, clear = clear_sky(times, sun, site)
    columns = {
        "utc": times.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "zenith_deg": sun.zenith,
        "apparent_zenith_deg": sun.apparent_zenith,
        "elevation_deg": sun.elevation,
        "azimuth_deg": sun.azimuth,
        "eot_min": sun.equation_of_time,
        "dni_extra_w_m2": extra,
        "airmass_rel_ky": airmass,
        f"ineichen_tl{linke:g}_ghi": clear.ghi,
        f"ineichen_tl{linke:g}_dni": clear.dni,
        f"ineichen_tl{linke:g}_dhi": clear.dhi,
        "haurwitz_ghi": clearsky.haurwitz(sun.apparent_zenith).ghi,
    }
    write(pd.DataFrame(columns).reset_index(drop=True), out / f"golden-solar/{name}_solpos_clearsky_{year}.csv", 5)
    dates = times[::24].normalize()
    events = solarposition.sun_rise_set_transit_spa(dates, lat, lon, delta_t=67.0)
    rows = {"date": dates.strftime("%Y-%m-%d")}
    for event in ("sunrise", "transit", "sunset"):
        column = pd.to_datetime(events[event], utc=True).dt.round("s")
        rows[f"{event}_utc"] = column.dt.strftime("%Y-%m-%dT%H:%M:%SZ").to_numpy()
    write(pd.DataFrame(rows), out / f"golden-solar/{name}_sunrise_sunset_{year}.csv", 5)


def write_weather(out, site, sky, sun):
    name = site[0]
    index = sky.index
    erbs = irradiance.erbs(sky.ghi, sun.zenith, index)
    disc = irradiance.disc(sky.ghi, sun.zenith, index)
    frame = pd.DataFrame(
        {
            "hour_index": range(len(index)),
            "lst_mid": index.strftime("%m-%d %H:%M"),
            **sky,
            "apparent_zenith": sun.apparent_zenith,
            "azimuth": sun.azimuth,
            "erbs_dni": erbs["dni"],
            "erbs_dhi": erbs["dhi"],
            "erbs_kt": erbs["kt"],
            "disc_dni": disc["dni"],
        }
    )
    write(frame, out / f"golden-solar/{name}_weather_decomposition.csv", 4)


def write_plane(out, site, sky, sun, tilt, azimuth):
    index = sky.index
    aoi = irradiance.aoi(tilt, azimuth, sun.apparent_zenith, sun.azimuth)
    airmass = atmosphere.get_relative_airmass(sun.apparent_zenith)
    poa = {}
    for model in ("isotropic", "haydavies", "perez"):
        poa[model] = irradiance.get_total_irradiance(
            tilt,
            azimuth,
            sun.apparent_zenith,
            sun.azimuth,
            sky.dni,
            sky.ghi,
            sky.dhi,
            dni_extra=irradiance.get_extra_radiation(index),
            airmass=airmass,
            albedo=INPUTS["transposition"]["albedo"],
            model=model,
        ).poa_global.fillna(0)
    light, air, wind = poa["haydavies"], sky.temp_air, sky.wind_speed
    sapm = temperature.sapm_cell(light, air, wind, **INPUTS["sapm"])
    consecutive = pd.date_range("2023-01-01", periods=len(index), freq="h")
    series = [pd.Series(column.to_numpy(), consecutive) for column in (light, air, wind)]
    dc = pvsystem.pvwatts_dc(light, sapm, 1000, -0.004)
    given = INPUTS["pvwatts_ac"]
    frame = pd.DataFrame(
        {
            "hour_index": range(len(index)),
            "aoi_deg": aoi.to_numpy(),
            **{f"poa_{model}": column.to_numpy() for model, column in poa.items()},
            "iam_ashrae_b005": np.asarray(iam.ashrae(aoi, 0.05)),
            "iam_physical": np.asarray(iam.physical(aoi, 1.526, 4, 0.002)),
            "iam_martin_ruiz_016": np.asarray(iam.martin_ruiz(aoi, 0.16)),
            "tcell_sapm": sapm.to_numpy(),
            "tcell_faiman": temperature.faiman(light, air, wind, **INPUTS["faiman"]).to_numpy(),
            "tcell_noct_sam": temperature.noct_sam(light, air, wind, 45, 0.18).to_numpy(),
            "tcell_fuentes": temperature.fuentes(*series, INPUTS["fuentes"]["noct_installed"], module_width=0.5, module_length=0.5).to_numpy(),
            "pvwatts_dc_1kw_w": dc.to_numpy(),
            "pvwatts_ac_w": np.asarray(
                inverter.pvwatts(dc, given["pdc0_inverter_input_w"], given["eta_nom"], given["eta_ref"])
            ),
        }
    )
    write(frame, out / f"golden-solar/{site[0]}_tilt{tilt:g}_az{azimuth:g}.csv", 4)


def write_json(path, value):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, indent=2) + "\n")


def write_inputs(out, site):
    name, lat, lon, alt, offset, year, linke, _, planes = site
    inputs = {
        "tool": f"pvlib {pvlib.__version__}, make_solar.py",
        "site": {"lat": lat, "lon": lon, "alt_m": alt},
        "year_solpos": year,
        "ineichen": {"linke_turbidity": linke, "perez_enhancement": False},
        "weather_site": {"latitude": lat, "longitude": lon, "altitude": alt, "TZ": offset},
        "weather_time": f"middle of the hour, local standard time; calendar year coerced to {year}",
        "orientations_tilt_az": [list(plane) for plane in planes],
        **INPUTS,
    }
    write_json(out / f"golden-solar/{name}_inputs.json", inputs)


def write_epw(out, site, sky):
    name, lat, lon, alt, offset, year, *_ = site
    lines = [f"LOCATION,{name},-,made up,own,0,{lat},{lon},{offset},{alt}"]
    lines += ["DESIGN CONDITIONS,0", "TYPICAL/EXTREME PERIODS,0", "GROUND TEMPERATURES,0"]
    lines += ["HOLIDAYS/DAYLIGHT SAVINGS,No,0,0,0", "COMMENTS 1,made up", "COMMENTS 2,", "DATA PERIODS,1,1,Data,Sunday,1/1,12/31"]
    for time, row in sky.iterrows():
        before = [year, time.month, time.day, time.hour + 1, 0, "?", row.temp_air, 5, 60, 101325, 0, 0, 300]
        after = [0, 0, 0, 0, 180, row.wind_speed, 5, 5, 20, 9999, 9, 999999999, 10, 0.1, 0, 88, 0.2, 0, 1]
        light = [int(row.ghi), int(row.dni), int(row.dhi)]
        lines.append(",".join(map(str, before + light + after)))
    path = out / f"weather-own/{name}.epw"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n")


def write_pvwatts(out, site, sky, system):
    name, lat, lon, alt, offset, year, *_ = site
    _, kw, module, array, ratio, tilt, azimuth, losses, efficiency, albedo, soiling = system
    index = sky.index
    given = {
        "system_capacity": kw,
        "module_type": module,
        "dc_ac_ratio": ratio,
        "array_type": array,
        "tilt": tilt,
        "azimuth": azimuth,
        "gcr": 0.4,
        "losses": losses,
        "inv_eff": efficiency,
        "bifaciality": 0.0,
    }
    if soiling is not None:
        given["soiling"] = soiling
    model = PySAM.Pvwattsv8.new()
    model.SolarResource.solar_resource_data = {
        "lat": lat,
        "lon": lon,
        "tz": offset,
        "elev": alt,
        "year": [year] * len(index),
        "month": index.month.tolist(),
        "day": index.day.tolist(),
        "hour": index.hour.tolist(),
        "minute": [30] * len(index),
        "gh": sky.ghi.tolist(),
        "dn": sky.dni.tolist(),
        "df": sky.dhi.tolist(),
        "tdry": sky.temp_air.tolist(),
        "wspd": sky.wind_speed.tolist(),
        "pres": [atmosphere.alt2pres(alt) / 100] * len(index),
    }
    model.SolarResource.albedo = [albedo]
    model.SolarResource.use_wf_albedo = 0
    for key, value in given.items():
        setattr(model.SystemDesign, key, value)
    model.AdjustmentFactors.adjust_constant = 0
    model.execute()
    found = model.Outputs
    frame = pd.DataFrame(
        {
            "hour_index": range(len(index)),
            "ghi": sky.ghi.to_numpy(),
            "dni": sky.dni.to_numpy(),
            "dhi": sky.dhi.to_numpy(),
            "tamb_c": sky.temp_air.to_numpy(),
            "wspd": sky.wind_speed.to_numpy(),
            "sunup": found.sunup,
            "aoi_deg": found.aoi,
            "poa_w_m2": found.poa,
            "tpoa_w_m2": found.tpoa,
            "tcell_c": found.tcell,
            "dc_w": found.dc,
            "ac_w": found.ac,
        }
    )
    label = f"{name}_{kw:g}kw_tilt{tilt:g}_az{azimuth:g}"
    write(frame, out / f"golden-pvwatts/{label}.csv", 3)
    by_month = lambda column: [float(sum(np.array(column)[index.month == month]) / 1000) for month in range(1, 13)]
    write_json(
        out / f"golden-pvwatts/{label}.json",
        {
            "tool": f"NREL-PySAM {PySAM.__version__} Pvwattsv8, make_solar.py",
            "weather": f"{name}.epw",
            "system": given,
            "albedo": albedo,
            "weather_feed": f"columns passed as solar_resource_data with year {year}, hour h-1, minute 30",
            "annual_ac_kwh": float(sum(found.ac) / 1000),
            "monthly_ac_kwh": by_month(found.ac),
            "monthly_poa_kwh_m2": by_month(found.poa),
        },
    )


def main():
    whole_years = len(sys.argv) > 1
    out = Path(sys.argv[1]) if whole_years else Path(__file__).parent
    for site in SITES:
        # SAM's years have 365 days.
        days = [day for day in range(1, 366)] if whole_years else site[7]
        sky, sun = weather(site, days)
        write_inputs(out, site)
        write_sun(out, site, days)
        write_weather(out, site, sky, sun)
        for tilt, azimuth in site[8]:
            write_plane(out, site, sky, sun, tilt, azimuth)
        write_epw(out, site, sky)
        for system in SYSTEMS:
            if system[0] == site[0]:
                write_pvwatts(out, site, sky, system)


if __name__ == "__main__":
    main()
