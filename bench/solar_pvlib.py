"""pvlib's side of bench/solar.ts: reads its columns, writes AC power, prints seconds as JSON."""

import json
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pvlib
from pvlib import atmosphere, iam, inverter, irradiance, pvsystem, solarposition, temperature

folder, repeats = Path(sys.argv[1]), int(sys.argv[2])
column = {name: np.fromfile(folder / name) for name in ("times", "ghi", "airC", "windMps")}
times = pd.DatetimeIndex(pd.to_datetime(column["times"], unit="s", utc=True))
ghi, air, wind = (pd.Series(column[name], times) for name in ("ghi", "airC", "windMps"))


def position():
    return solarposition.get_solarposition(
        times, 42.37, -71.02, altitude=6, pressure=101325, temperature=12, delta_t=69.0, method="nrel_numpy"
    )


def chain():
    sun = position()
    extra = irradiance.get_extra_radiation(times)
    split = irradiance.erbs(ghi, sun.zenith, times)
    aoi = irradiance.aoi(30, 200, sun.apparent_zenith, sun.azimuth)
    poa = irradiance.get_total_irradiance(
        30,
        200,
        sun.apparent_zenith,
        sun.azimuth,
        split["dni"],
        ghi,
        split["dhi"],
        dni_extra=extra,
        airmass=atmosphere.get_relative_airmass(sun.apparent_zenith),
        albedo=0.2,
        model="perez",
    ).fillna(0)
    absorbed = poa.poa_direct * iam.physical(aoi) + poa.poa_diffuse
    cell = temperature.sapm_cell(poa.poa_global, air, wind, -3.56, -0.075, 3)
    dc = pvsystem.pvwatts_dc(absorbed, cell, 5000, -0.0037)
    return np.asarray(inverter.pvwatts(dc, 4340, 0.96, 0.9637))


def measured(run):
    run()
    seconds = []
    for _ in range(repeats):
        start = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - start)
    return float(np.median(seconds))


chain().tofile(folder / "ac")
print(json.dumps({"version": pvlib.__version__, "position": measured(position), "chain": measured(chain)}))
