"""
Small references of the power flow and of the transformer's temperature, computed by pandapower and
transformer-thermal-model on networks and loads made up here (no third-party data). Run outside the project:

    python3.12 -m venv VENV && VENV/bin/pip install pandapower==3.5.6 transformer-thermal-model==0.6.0
    VENV/bin/python cli/references/own/make-grid.py
"""

import csv
import json
import math
import random
from datetime import datetime, timedelta
from pathlib import Path

import pandapower as pp

OWN = Path(__file__).parent
STEPS = 48


def network():
    """A village feeder with what real ones have: a tap off neutral, open ends, a coupler, twin cables, a dead bus."""
    buses = [(0, "MV", 10.0)] + [(n, f"LV {n}", 0.4) for n in range(1, 13)]
    cable = dict(r_ohm_per_km=0.32, x_ohm_per_km=0.083, c_nf_per_km=280.0, max_i_ka=0.179)
    thin = dict(r_ohm_per_km=0.868, x_ohm_per_km=0.086, c_nf_per_km=210.0, max_i_ka=0.115)
    ends = [
        (1, 2, 0.12, cable, 2, 0.9),
        (2, 3, 0.08, cable, 1, 1.0),
        (3, 4, 0.21, thin, 1, 1.0),
        (1, 5, 0.15, cable, 1, 1.0),
        (5, 6, 0.09, cable, 1, 1.0),
        (7, 8, 0.11, thin, 1, 1.0),
        (8, 9, 0.07, thin, 1, 1.0),
        (4, 9, 0.05, thin, 1, 1.0),
        (9, 10, 0.04, thin, 1, 1.0),
        (6, 11, 0.06, thin, 1, 1.0),
        (10, 12, 0.03, thin, 1, 1.0),
    ]
    lines = [
        dict(id=i, name=f"Line {i}", from_bus=a, to_bus=b, length_km=km, **kind, parallel=n, df=df, in_service=i != 10)
        for i, (a, b, km, kind, n, df) in enumerate(ends)
    ]
    return {
        "name": "made up: village feeder",
        "buses": [dict(index=i, name=n, vn_kv=v) for i, n, v in buses],
        "lines": lines,
        "switches": [
            dict(id=0, bus=4, element=7, et="l", closed=False),
            dict(id=1, bus=6, element=7, et="b", closed=True),
            dict(id=2, bus=3, element=2, et="l", closed=True),
            dict(id=3, bus=0, element=0, et="t", closed=True),
        ],
        "trafo": [
            dict(name="T", hv_bus=0, lv_bus=1, sn_mva=0.16, vn_hv_kv=10.5, vn_lv_kv=0.4, vk_percent=4.0,
                 vkr_percent=1.47, pfe_kw=0.46, i0_percent=0.9, shift_degree=150.0, tap_side="hv", tap_neutral=0,
                 tap_pos=-1, tap_changer_type="Ratio", tap_step_percent=2.5, tap_min=-2, tap_max=2)
        ],
        "ext_grid": [dict(bus=0, vm_pu=1.02, va_degree=0.0)],
        "loads": [
            dict(id=i, name=f"Load {i}", bus=b, p_kw=kw, q_kvar=round(0.3 * kw, 3), profile="H" if i % 2 else "C")
            for i, (b, kw) in enumerate([(2, 9), (3, 7.5), (4, 12), (5, 4), (6, 11), (8, 6), (9, 8), (10, 3), (11, 5)])
        ],
        "pv": [
            dict(id=i, name=f"PV {i}", bus=b, p_kw=kw, q_kvar=0.0, profile="S")
            for i, (b, kw) in enumerate([(4, 30.0), (6, 18.0), (10, 9.0)])
        ],
        "storage": [],
    }


def profiles():
    draw = random.Random(7)
    rows = []
    for step in range(STEPS):
        hour = step / 2
        sun = max(0.0, math.sin((hour % 24 - 6) / 12 * math.pi)) if 6 <= hour % 24 <= 18 else 0.0
        load = 0.35 + 0.4 * math.exp(-(((hour % 24) - 19) ** 2) / 8)
        one = lambda base: round(base * draw.uniform(0.6, 1.4), 5)
        rows.append(dict(step=step, time_raw="", H_pload=one(load), H_qload=one(load), C_pload=one(0.3 + sun / 2),
                         C_qload=one(0.3), S=round(sun * draw.uniform(0.5, 1), 5)))
    return rows


def solve(net_json, rows, first, last, golden):
    net = pp.create_empty_network(f_hz=50)
    for bus in net_json["buses"]:
        pp.create_bus(net, bus["vn_kv"], index=bus["index"], name=bus["name"])
    for line in net_json["lines"]:
        pp.create_line_from_parameters(
            net, line["from_bus"], line["to_bus"], line["length_km"], line["r_ohm_per_km"], line["x_ohm_per_km"],
            line["c_nf_per_km"], line["max_i_ka"], index=line["id"], parallel=line["parallel"], df=line["df"],
            in_service=line["in_service"])
    for t in net_json["trafo"]:
        pp.create_transformer_from_parameters(
            net, t["hv_bus"], t["lv_bus"], t["sn_mva"], t["vn_hv_kv"], t["vn_lv_kv"], t["vkr_percent"],
            t["vk_percent"], t["pfe_kw"], t["i0_percent"], shift_degree=t["shift_degree"], tap_side=t["tap_side"],
            tap_neutral=t["tap_neutral"], tap_pos=t["tap_pos"], tap_step_percent=t["tap_step_percent"],
            tap_min=t["tap_min"], tap_max=t["tap_max"], tap_changer_type=t["tap_changer_type"])
    for s in net_json["switches"]:
        pp.create_switch(net, s["bus"], s["element"], s["et"], closed=s["closed"])
    for g in net_json["ext_grid"]:
        pp.create_ext_grid(net, g["bus"], g["vm_pu"], g["va_degree"])
    for l in net_json["loads"]:
        pp.create_load(net, l["bus"], 0, index=l["id"])
    for g in net_json["pv"]:
        pp.create_sgen(net, g["bus"], 0, index=g["id"])
    kept = lambda value, digits: "" if value is None or math.isnan(value) else round(float(value), digits)
    tables = {"vm_pu": [], "line_loading_pct": [], "trafo": []}
    for row in rows[first:last]:
        for l in net_json["loads"]:
            net.load.loc[l["id"], "p_mw"] = l["p_kw"] * row[f"{l['profile']}_pload"] / 1000
            net.load.loc[l["id"], "q_mvar"] = l["q_kvar"] * row[f"{l['profile']}_qload"] / 1000
        for g in net_json["pv"]:
            net.sgen.loc[g["id"], "p_mw"] = g["p_kw"] * row[g["profile"]] / 1000
        pp.runpp(net, tolerance_mva=1e-10, calculate_voltage_angles=True)
        step = row["step"]
        tables["vm_pu"].append({"step": step, **{f"bus{i}": kept(v, 8) for i, v in net.res_bus.vm_pu.items()}})
        tables["line_loading_pct"].append(
            {"step": step, **{f"line{i}": kept(v, 6) for i, v in net.res_line.loading_percent.items()},
             "total_line_loss_kw": kept(net.res_line.pl_mw.sum() * 1000, 6)})
        t = net.res_trafo.iloc[0]
        tables["trafo"].append(
            {"step": step, "load_kw": kept(net.load.p_mw.sum() * 1000, 6), "pv_kw": kept(net.sgen.p_mw.sum() * 1000, 6),
             "storage_kw": 0.0, "p_hv_kw": kept(t.p_hv_mw * 1000, 6), "q_hv_kvar": kept(t.q_hv_mvar * 1000, 6),
             "p_lv_kw": kept(t.p_lv_mw * 1000, 6), "q_lv_kvar": kept(t.q_lv_mvar * 1000, 6),
             "loss_kw": kept(t.pl_mw * 1000, 6), "loading_pct": kept(t.loading_percent, 6)})
    for name, table in tables.items():
        write_csv(golden.parent / f"{golden.name}_{name}.csv", table)


def write_csv(path, rows):
    with open(path, "w", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def write_json(path, value):
    path.write_text(json.dumps(value, indent=2) + "\n")


def feeder():
    folder = OWN / "feeder-village"
    folder.mkdir(exist_ok=True)
    net_json, rows = network(), profiles()
    write_json(folder / "network.json", net_json)
    write_csv(folder / "profiles_15min.csv", rows)
    write_json(folder / "golden_inputs.json",
               {"tool": f"pandapower {pp.__version__}", "trafo_model": "t (pandapower default)",
                "storage": "all storages at 0 kW"})
    solve(net_json, rows, 8, STEPS, folder / "golden_day1")


def transformer(name, kind, cooling, paper, specs, start, dt_min=15, days=2):
    from transformer_thermal_model.aging import aging_rate_profile, days_aged
    from transformer_thermal_model.cooler import CoolerType
    from transformer_thermal_model.model import Model
    from transformer_thermal_model.schemas import InputProfile, UserTransformerSpecifications
    from transformer_thermal_model.transformer import (DistributionTransformer, PaperInsulationType,
                                                       PowerTransformer)
    draw = random.Random(name)
    user = UserTransformerSpecifications(**specs)
    made = DistributionTransformer(user) if kind == "DistributionTransformer" else PowerTransformer(
        user, CoolerType(cooling))
    count = days * 24 * 60 // dt_min + 1
    times = [datetime(2025, 1, 1) + timedelta(minutes=dt_min * i) for i in range(count)]
    load = [round(0.7 + 0.5 * math.sin(i * dt_min / 1440 * 2 * math.pi) + draw.uniform(-0.2, 0.3), 4)
            for i in range(count)]
    ambient = [round(18 + 9 * math.sin(i * dt_min / 1440 * 2 * math.pi - 1) + draw.uniform(-1, 1), 3)
               for i in range(count)]
    rated = specs["nom_load_sec_side"]
    profile = InputProfile.create(times, [l * rated for l in load], ambient)
    out = Model(profile, made, start).run()
    insulation = PaperInsulationType.NORMAL if paper == "normal" else PaperInsulationType.THERMAL_UPGRADED
    rate = aging_rate_profile(out.hot_spot_temp_profile, insulation)
    folder = OWN / "golden-transformer"
    folder.mkdir(exist_ok=True)
    column = "aging_rate_normal_paper" if paper == "normal" else "aging_rate_upgraded_paper"
    write_csv(folder / f"{name}.csv", [
        {"minute": i * dt_min, "load_pu": load[i], "ambient_c": ambient[i],
         "top_oil_c": round(float(out.top_oil_temp_profile.iloc[i]), 6),
         "hot_spot_c": round(float(out.hot_spot_temp_profile.iloc[i]), 6), column: round(float(rate.iloc[i]), 6)}
        for i in range(count)])
    write_json(folder / f"{name}.json",
               {"tool": "transformer-thermal-model 0.6.0", "transformer": f"{kind}, {cooling}",
                "specs": made.specs.model_dump(), "dt_min": dt_min, "initial": type(start).__name__,
                "aging": "normal paper" if paper == "normal" else "thermally upgraded paper",
                "days_aged": float(days_aged(out.hot_spot_temp_profile, insulation)),
                "max_hot_spot_c": float(out.hot_spot_temp_profile.max())})


def transformers():
    from transformer_thermal_model.schemas.thermal_model.initial_state import (ColdStart, InitialLoad,
                                                                               InitialTopOilTemp)
    small = dict(no_load_loss=210.0, load_loss=1750.0, nom_load_sec_side=144.0)
    big = dict(no_load_loss=20000.0, load_loss=120000.0, nom_load_sec_side=1200.0)
    transformer("distribution_surcharge", "DistributionTransformer", "ONAN", "normal", {**small, "amb_temp_surcharge": 10.0},
                ColdStart(), dt_min=30)
    transformer("distribution_upgraded", "DistributionTransformer", "ONAN", "upgraded",
                {**small, "amb_temp_surcharge": 0.0, "top_oil_temp_rise": 55.0, "winding_oil_gradient": 19.5,
                 "hot_spot_fac": 1.1}, InitialTopOilTemp(initial_top_oil_temp=63.0), dt_min=30)
    transformer("power_onaf", "PowerTransformer", "ONAF", "normal", {**big, "amb_temp_surcharge": 5.0},
                InitialLoad(initial_load=900.0), dt_min=30)
    transformer("power_onan_upgraded", "PowerTransformer", "ONAN", "upgraded", big, InitialLoad(initial_load=1100.0), dt_min=30)


if __name__ == "__main__":
    feeder()
    transformers()
