"""Battery lives computed by BLAST-Lite 1.1.1, NREL-PySAM 7.1.1 and rainflow 3.2.0, and the schedules they ran on.

Run: python -m venv V; V/bin/pip install numpy pandas scipy matplotlib NREL-PySAM==7.1.1.post1 rainflow==3.2.0;
V/bin/pip install --no-deps BLAST-Lite==1.1.1; V/bin/python cli/references/own/battery_life.py
The profiles are made up (a restless battery, ten days that repeat); the outputs are the packages'.
"""

import json
import pathlib
import re
import sys
import types

import numpy as np

np.trapz = getattr(np, "trapezoid", getattr(np, "trapz", None))
for name in ("h5pyd", "geopy", "geopy.geocoders"):
    sys.modules[name] = types.ModuleType(name)
sys.modules["geopy.geocoders"].Nominatim = None

import blast.models as cells  # noqa: E402
import PySAM.BatteryStateful as stateful  # noqa: E402
import rainflow  # noqa: E402
from blast.models._available_models import available_models  # noqa: E402

HERE = pathlib.Path(__file__).parent
LIFE = HERE / "golden-battery-life"
COUNT = HERE / "golden-rainflow"


def write_json(path, value):
    text = json.dumps(value, indent=2)
    flat = lambda m: "[" + ", ".join(m.group(1).split()).replace(",,", ",") + "]"
    path.write_text(re.sub(r"\[\s*([-\d.eE+,\s]+?)\s*\]", flat, text) + "\n")


def profile():
    seconds = np.arange(0, 241) * 3600
    days = seconds / 86400
    soc = 0.5 + 0.35 * np.sin(2 * np.pi * days) + 0.08 * np.sin(2 * np.pi * days * 3.1)
    soc = np.clip(soc - 0.05 * np.sin(2 * np.pi * days / 10), 0.03, 0.97)
    celsius = 18 + 9 * np.sin(2 * np.pi * (days - 0.3)) + 4 * np.sin(2 * np.pi * days / 10)
    rows = [f"{s},{q:.6f},{t:.4f}" for s, q, t in zip(seconds, soc, celsius)]
    (LIFE / "profile_ten.csv").write_text("Time_s,SOC,Temperature_C\n" + "\n".join(rows) + "\n")
    data = np.genfromtxt(LIFE / "profile_ten.csv", delimiter=",", names=True)
    return {name: data[name].copy() for name in data.dtype.names}


def blast():
    inputs = profile()
    for model in available_models():
        cell = getattr(cells, model)()
        cell.simulate_battery_life(inputs, threshold_time=3)
        days, efc, q = (np.asarray(x) for x in (cell.stressors["t_days"], cell.stressors["efc"], cell.outputs["q"]))
        kept = [0]
        for at in range(1, len(days)):
            if days[at] - days[kept[-1]] >= 90 or at == len(days) - 1:
                kept.append(at)
        rows = [f"{days[at]:.8f},{efc[at]:.8f},{q[at]:.8f}" for at in kept]
        (LIFE / f"blast_{model}_ten.csv").write_text("t_days,efc,q\n" + "\n".join(rows) + "\n")
        write_json(
            LIFE / f"blast_{model}_ten.json",
            {
                "tool": "blast-lite 1.1.1",
                "model": model,
                "threshold_time_years": 3,
                "input_profile": "profile_ten.csv",
                "temperature": "column Temperature_C of the profile",
                "defaults": "is_conserve_energy_throughput=True, breakpoints 86400 s / 1 EFC",
                "params_life": cell._params_life,
            },
        )


def sam(name, default, life_model, room, schedule, hours=1.0, cell=None):
    battery = stateful.default(default)
    battery.Controls.control_mode = 0
    battery.Controls.dt_hr = hours
    battery.Controls.input_current = 0
    settings = {"life_model": life_model, "initial_SOC": 50, "minimum_SOC": 5, "maximum_SOC": 95, **(cell or {})}
    battery.ParamsCell.assign(settings)
    battery.ParamsPack.assign({"nominal_energy": 13.5, "nominal_voltage": 500, "T_room_init": room})
    for key in ("monthly_charge_loss", "monthly_discharge_loss", "monthly_idle_loss", "schedule_loss", "availabilty_loss"):
        setattr(battery.ParamsPack, key, [0])
    battery.ParamsPack.loss_choice = 0
    battery.ParamsPack.replacement_option = 0
    battery.setup()
    blocks = re.findall(r"(charge|discharge) ([\d.]+) C (\d+):(\d+)-(\d+):(\d+)", schedule)
    rows = []
    for step in range(int(400 * 24 / hours)):
        hour = (step * hours) % 24
        current = 0.0
        for way, rate, h1, m1, h2, m2 in blocks:
            if int(h1) + int(m1) / 60 <= hour < int(h2) + int(m2) / 60:
                current = (-1 if way == "charge" else 1) * float(rate) * 27
        battery.Controls.input_current = current
        battery.execute(0)
        day = (step + 1) * hours / 24
        if abs(day - round(day)) < 1e-9 and (round(day) - 1) % 30 == 0:
            rows.append(f"{round(day)},{battery.StateCell.q_relative:.8f},{battery.StatePack.SOC:.6f}")
    (LIFE / f"{name}.csv").write_text("day,q_relative_pct,soc\n" + "\n".join(rows) + "\n")
    exported = battery.ParamsCell.export()
    if life_model != 0:
        exported.pop("cycling_matrix", None)
    write_json(
        LIFE / f"{name}.json",
        {
            "tool": "NREL-PySAM 7.1.1 BatteryStateful",
            "life_model": life_model,
            "nominal_kwh": 13.5,
            "nominal_v": 500,
            "room_c": room,
            "schedule": schedule,
            "dt_h": hours,
            "cell_params": {**exported, **settings},
            "pack": battery.ParamsPack.export(),
        },
    )


def counting():
    draw = np.random.default_rng(5)
    series = [round(x, 3) for x in np.cumsum(draw.normal(0, 1, 60)).tolist()]
    plateau = [0, 0, 1, 1, 1, 0.4, 0.4, 0.7, -1, -1, 2, 2]
    cases = [
        {
            "name": name,
            "series": values,
            "cycles": [
                dict(zip(("range", "mean", "count", "i_start", "i_end"), cycle)) for cycle in rainflow.extract_cycles(values)
            ],
        }
        for name, values in (("sixty", series), ("plateaus", plateau))
    ]
    write_json(COUNT / "own.json", {"tool": "rainflow 3.2.0", "cases": cases})


if __name__ == "__main__":
    LIFE.mkdir(exist_ok=True)
    COUNT.mkdir(exist_ok=True)
    blast()
    table = [[20, 0, 100], [20, 650, 96], [20, 1500, 87], [80, 0, 100], [80, 150, 96], [80, 300, 87]]
    daily = "each day: charge 0.2 C 10:00-14:00, discharge 0.2 C 18:00-22:00"
    twice = "each day: charge 0.1 C 01:00-04:00, discharge 0.15 C 06:00-08:00, charge 0.2 C 11:00-14:00, discharge 0.2 C 18:00-21:00"
    sam("sam_lfp_own_table_25c", "LFPGraphite", 0, 25, twice, 0.5, {"cycling_matrix": table, "calendar_choice": 1})
    days = [[0, 100], [100, 97.5], [365, 92.2], [3650, 60]]
    sam("sam_lfp_own_calendar_table", "LFPGraphite", 0, 20, daily, 1.0, {"cycling_matrix": table, "calendar_choice": 2, "calendar_matrix": days})
    sam("sam_nmc_own_33c", "NMCGraphite", 1, 33, twice)
    sam("sam_lmo_own_15c", "LFPGraphite", 2, 15, daily)
    counting()
