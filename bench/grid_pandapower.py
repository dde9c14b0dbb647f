"""pandapower's side of bench/grid.ts: network and loads on standard input, its speed on standard output."""

import importlib.util
import json
import sys
import time
import warnings

import pandapower as pp

warnings.filterwarnings("ignore")
given = json.load(sys.stdin)
source = given["network"]
net = pp.create_empty_network(f_hz=50)
for bus in source["buses"]:
    pp.create_bus(net, bus["vn_kv"], index=bus["index"])
for line in source["lines"]:
    pp.create_line_from_parameters(
        net, line["from_bus"], line["to_bus"], line["length_km"], line["r_ohm_per_km"], line["x_ohm_per_km"],
        line["c_nf_per_km"], line["max_i_ka"], index=line["id"])
for t in source["trafo"]:
    pp.create_transformer_from_parameters(
        net, t["hv_bus"], t["lv_bus"], t["sn_mva"], t["vn_hv_kv"], t["vn_lv_kv"], t["vkr_percent"], t["vk_percent"],
        t["pfe_kw"], t["i0_percent"], shift_degree=t["shift_degree"])
for s in source["switches"]:
    pp.create_switch(net, s["bus"], s["element"], s["et"], closed=s["closed"])
for g in source["ext_grid"]:
    pp.create_ext_grid(net, g["bus"], g["vm_pu"], g["va_degree"])
for bus in source["buses"]:
    pp.create_load(net, bus["index"], 0)
options = dict(tolerance_mva=1e-10, recycle=dict(bus_pq=True, trafo=False, gen=False), init="dc",
               numba=importlib.util.find_spec("numba") is not None)


def step(kw, kvar, **more):
    net.load["p_mw"] = [value / 1000 for value in kw]
    net.load["q_mvar"] = [value / 1000 for value in kvar]
    pp.runpp(net, **{**options, **more})


first = given["loads"][0]
step(*first, recycle=None)
step(*first)
start = time.perf_counter()
for kw, kvar in given["loads"]:
    step(kw, kvar)
seconds = time.perf_counter() - start
loss = (net.res_line.pl_mw.sum() + net.res_trafo.pl_mw.sum()) * 1000
print(json.dumps({"version": pp.__version__, "numba": options["numba"], "lastLossKw": float(loss),
                  "stepsPerSecond": len(given["loads"]) / seconds}))
