"""Worth of three invented plans, year by year in Python, present value and internal rate by numpy-financial.

usage: python sizing.py FOLDER     (numpy and numpy-financial; writes golden-sizing/*.json of the project's own)

Written from the definitions, not from the project's code: savings between the first and the last year by the panels'
power, a new battery whenever one is worn, what is left of the last one by the years it has left.
"""

import json
import sys
from pathlib import Path

import numpy_financial as npf

CASES = {
    "panels": dict(
        kw=6.5, kwh=0, nothing=2490.0, first=195.0, last=420.0, after_first=None, after_last=None, rule=None,
        solar=7150.0, discharge=0.0, charging=0.0, years=25, rate=0.06, esc=0.0166, growth=0.025, pv=3.0, batt=1100.0,
        keep=32.0, keep_batt=0.0, fade=0.005, life=12, again=1.0, once=1000.0, yearly=214.5, paid=20, yearly_fades=True,
    ),
    "rule-ends": dict(
        kw=8.0, kwh=10, nothing=2100.0, first=-120.0, last=60.0, after_first=640.0, after_last=720.0, rule=9,
        solar=9100.0, discharge=2700.0, charging=310.0, years=25, rate=0.045, esc=0.03, growth=0.02, pv=2.6, batt=900.0,
        keep=25.0, keep_batt=0.01, fade=0.008, life=10, again=0.7, once=0.0, yearly=0.0, paid=0, yearly_fades=False,
    ),
    "never": dict(
        kw=0.0, kwh=13.5, nothing=1500.0, first=1530.0, last=1530.0, after_first=None, after_last=None, rule=None,
        solar=0.0, discharge=3100.0, charging=900.0, years=20, rate=0.06, esc=0.0, growth=0.0, pv=3.0, batt=1100.0,
        keep=32.0, keep_batt=0.0, fade=0.005, life=7, again=1.0, once=0.0, yearly=300.0, paid=5, yearly_fades=False,
    ),
}


def health(c, year):
    return max(0.0, 1 - c["fade"] * (year - 1))


def bill(c, year):
    ended = c["rule"] is not None and year > c["rule"]
    new, old = (c["after_first"], c["after_last"]) if ended else (c["first"], c["last"])
    h1, hn = health(c, 1), health(c, c["years"])
    share = (health(c, year) - hn) / (h1 - hn)
    return old + share * (new - old)


def flows(c):
    battery = c["kwh"] * c["batt"]
    panels = c["kw"] * 1000 * c["pv"]
    out = [-panels - battery]
    for year in range(1, c["years"] + 1):
        usd = (c["nothing"] - bill(c, year)) * (1 + c["esc"]) ** (year - 1)
        usd -= (c["kw"] * c["keep"] + battery * c["keep_batt"]) * (1 + c["growth"]) ** (year - 1)
        if year == 1:
            usd += c["once"]
        if year <= c["paid"]:
            usd += c["yearly"] * ((1 - c["fade"]) ** (year - 1) if c["yearly_fades"] else 1)
        if battery and year < c["years"] and year % c["life"] == 0:
            usd -= battery * c["again"]
        if battery and year == c["years"]:
            since = (year - 1) // c["life"] * c["life"]
            price = battery * c["again"] if since else battery
            usd += price * max(0.0, 1 - (year - since) / c["life"])
        out.append(usd)
    return out


def payback(values, rate=0.0):
    total, found = 0.0, None
    for year, usd in enumerate(values):
        present = usd / (1 + rate) ** year
        before, total = total, total + present
        if total < 0:
            found = None
        elif found is None:
            found = 0 if year == 0 else year - 1 - before / present
    return found


def lcoe(c):
    if c["kw"] == 0:
        return None
    cost = c["kw"] * 1000 * c["pv"]
    energy = 0.0
    for year in range(1, c["years"] + 1):
        d = (1 + c["rate"]) ** year
        cost += c["kw"] * c["keep"] * (1 + c["growth"]) ** (year - 1) / d
        energy += c["solar"] * health(c, year) / d
    return cost / energy


def lcos(c, charging):
    if c["kwh"] == 0:
        return None
    battery = c["kwh"] * c["batt"]
    cost, energy = battery, 0.0
    for year in range(1, c["years"] + 1):
        d = (1 + c["rate"]) ** year
        cost += battery * c["keep_batt"] * (1 + c["growth"]) ** (year - 1) / d
        cost += c["charging"] * (1 + c["esc"]) ** (year - 1) / d if charging else 0
        if year < c["years"] and year % c["life"] == 0:
            cost += battery * c["again"] / d
        if year == c["years"]:
            since = (year - 1) // c["life"] * c["life"]
            price = battery * c["again"] if since else battery
            cost -= price * max(0.0, 1 - (year - since) / c["life"]) / d
        energy += c["discharge"] / d
    return cost / energy


def main(folder):
    for name, c in CASES.items():
        values = flows(c)
        changes = sum(a * b < 0 for a, b in zip(values, values[1:]))
        found = dict(
            flows=values, npv=npf.npv(c["rate"], values),
            irr=float(npf.irr(values)) if changes == 1 else None, sign_changes=changes,
            payback=payback(values), discounted_payback=payback(values, c["rate"]),
            lcoe=lcoe(c), lcos_with=lcos(c, True), lcos_without=lcos(c, False),
        )
        text = json.dumps(dict(inputs=c, outputs=found), indent=1)
        Path(folder, f"{name}.json").write_text(text + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
