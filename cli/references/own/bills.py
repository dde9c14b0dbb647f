"""Bills by NREL-PySAM Utilityrate5, of random rates, homes and metering rules.

python bills.py                  the project's own references, into golden-bills/ beside this file
python bills.py OUT COUNT SEED   COUNT other cases, into OUT/golden-bills

Needs: pip install NREL-PySAM==7.1.1.post1. Python's random with a given seed gives the same cases everywhere.
"""

import json
import random
import sys
from pathlib import Path

import PySAM.Utilityrate5 as utilityrate

DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
OPTIONS = ['ur_nm_yearend_sell_rate', 'ur_nm_credit_month', 'ur_nm_credit_rollover', 'ur_nb_credit_expire',
           'ur_nb_apply_credit_current_month', 'ur_monthly_min_charge', 'ur_annual_min_charge', 'ur_sell_eq_buy']
NO_LIMIT = 1e38


def shape(draw, solar):
    """kWh by month and hour, times a factor of the day: as many decimals as both hold exactly."""
    kwh = []
    for month in range(12):
        summer = 1 - abs(month - 5.5) / 6
        row = []
        for hour in range(24):
            if solar:
                top = max(0.0, 1 - abs(hour - 12) / (4 + 3 * summer)) * (1.5 + 3 * summer)
                row.append(round(top * draw.uniform(0.8, 1.2), 3))
            else:
                row.append(round(draw.uniform(0.2, 1.1) + (0.9 if 17 <= hour < 22 else 0), 3))
        kwh.append(row)
    return {'kwh_12x24': kwh, 'by_day': [round(draw.uniform(0.1 if solar else 0.6, 1.3), 2) for _ in range(31)]}


def series(one):
    hours = []
    for month, days in enumerate(DAYS):
        for _ in range(days):
            factor = one['by_day'][len(hours) // 24 % len(one['by_day'])]
            hours += [round(value * factor, 6) for value in one['kwh_12x24'][month]]
    return hours


def schedules(draw, periods, seasons):
    """A schedule with as many periods: hours of the day, winter and summer, weekdays and weekends."""
    first, last = draw.randint(5, 15), draw.randint(16, 22)
    rows = {'weekday': [], 'weekend': []}
    for month in range(12):
        base = 1 if seasons and 4 <= month <= 8 else 0
        for kind in rows:
            row = []
            for hour in range(24):
                peak = first <= hour < last and (kind == 'weekday' or periods == 3)
                row.append((base * 2 + (1 if peak else 0)) % periods)
            rows[kind].append(row)
    return rows['weekday'], rows['weekend']


def random_tariff(draw):
    periods = draw.choice([1, 2, 3, 4])
    tiers = draw.choice([1, 1, 2, 3])
    unit = draw.choice(['kWh', 'kWh', 'kWh', 'kWh daily', 'kWh/kW'])
    step = {'kWh': 250, 'kWh daily': 9, 'kWh/kW': 80}[unit]
    limits = [round(step * (at + 1) * draw.uniform(0.8, 1.3), 1) for at in range(tiers - 1)]
    rates = [[{'rate': round(draw.uniform(0.04, 0.5), 6), 'adj': round(draw.choice([0, draw.uniform(-0.02, 0.04)]), 6),
               'unit': unit, **({'max': limits[tier]} if tier < tiers - 1 else {}),
               'sell': round(draw.uniform(0.01, 0.2), 6)}
              for tier in range(tiers)] for _ in range(periods)]
    weekday, weekend = schedules(draw, periods, periods > 1 and draw.random() < 0.7)
    tariff = {'fixed_usd_per_month': round(draw.choice([0, draw.uniform(2, 30)]), 2),
              'weekday_12x24': weekday, 'weekend_12x24': weekend, 'rates': rates}
    if draw.random() < 0.4:
        number = draw.choice([1, 2])
        down, up = schedules(draw, number, False)
        tariff['demand_weekday_12x24'], tariff['demand_weekend_12x24'] = down, up
        tariff['demand_rates'] = [[{'rate': round(draw.uniform(0, 12), 2), 'max': 1.5},
                                   {'rate': round(draw.uniform(0, 20), 2)}] for _ in range(number)]
        tariff['flat_demand_by_month'] = [[{'rate': round(draw.uniform(0, 9), 2)}] for _ in range(12)]
    return tariff


def random_options(draw, metering):
    options = {}
    if draw.random() < 0.4:
        options['ur_monthly_min_charge'] = round(draw.uniform(5, 60), 2)
    if draw.random() < 0.3:
        options['ur_annual_min_charge'] = round(draw.uniform(100, 1500), 2)
    if metering == 0:
        options['ur_nm_yearend_sell_rate'] = round(draw.choice([0, draw.uniform(0.02, 0.2)]), 4)
    if metering in (0, 1, 3) and draw.random() < 0.6:
        options['ur_nm_credit_month'] = draw.randint(0, 11)
    if metering == 0 and draw.random() < 0.3:
        options['ur_nm_credit_rollover'] = 1
    if metering == 3:
        options['ur_nb_credit_expire'] = draw.choice([0, 1])
        options['ur_nb_apply_credit_current_month'] = draw.choice([0, 1])
    if draw.random() < 0.15:
        options['ur_sell_eq_buy'] = 1
    return options


def one_based(schedule):
    return [[period + 1 for period in row] for row in schedule]


def bill(tariff, options, metering, load, generation):
    model = utilityrate.new()
    units = {'kWh': 0, 'kWh/kW': 1, 'kWh daily': 2, 'kWh/kW daily': 3}
    rows = [[period + 1, tier + 1, one.get('max', NO_LIMIT), units[one['unit']], one['rate'] + one.get('adj', 0), one['sell']]
            for period, tiers in enumerate(tariff['rates']) for tier, one in enumerate(tiers)]
    values = {'en_electricity_rates': 1, 'ur_metering_option': metering, 'ur_ec_tou_mat': rows,
              'ur_ec_sched_weekday': one_based(tariff['weekday_12x24']),
              'ur_ec_sched_weekend': one_based(tariff['weekend_12x24']),
              'ur_monthly_fixed_charge': tariff['fixed_usd_per_month'], 'ur_dc_enable': 0, 'ur_enable_billing_demand': 0,
              'rate_escalation': [0], 'TOU_demand_single_peak': 0, 'ur_en_ts_buy_rate': 0, 'ur_en_ts_sell_rate': 0,
              **{name: 11 if name == 'ur_nm_credit_month' else 0 for name in OPTIONS}, **options}
    if 'demand_rates' in tariff:
        values['ur_dc_enable'] = 1
        values['ur_dc_sched_weekday'] = one_based(tariff['demand_weekday_12x24'])
        values['ur_dc_sched_weekend'] = one_based(tariff['demand_weekend_12x24'])
        values['ur_dc_tou_mat'] = [[period + 1, tier + 1, one.get('max', NO_LIMIT), one['rate']]
                                   for period, tiers in enumerate(tariff['demand_rates']) for tier, one in enumerate(tiers)]
        values['ur_dc_flat_mat'] = [[month, tier + 1, one.get('max', NO_LIMIT), one['rate']]
                                    for month, tiers in enumerate(tariff['flat_demand_by_month'])
                                    for tier, one in enumerate(tiers)]
    for name, value in values.items():
        model.value(name, value)
    for name, value in {'analysis_period': 1, 'inflation_rate': 0, 'system_use_lifetime_output': 0, 'degradation': [0],
                        'gen': generation, 'load': load, 'load_escalation': [0]}.items():
        model.value(name, value)
    model.execute()
    out = model.Outputs
    return {
        'annual_bill_without_system': out.utility_bill_wo_sys_year1,
        'annual_bill_with_system': out.utility_bill_w_sys_year1,
        'monthly_bill_with_system': list(out.year1_monthly_utility_bill_w_sys),
        'monthly_bill_without_system': list(out.year1_monthly_utility_bill_wo_sys),
        'year1_monthly_fixed_with_system': list(out.year1_monthly_fixed_with_system),
        'year1_monthly_minimum_with_system': list(out.year1_monthly_minimum_with_system),
        'year1_monthly_ec_charge_with_system': list(out.year1_monthly_ec_charge_with_system),
        'year1_true_up_credits': list(out.year1_true_up_credits),
        'year1_monthly_cumulative_excess_generation': list(out.year1_monthly_cumulative_excess_generation),
    }


def main():
    own = len(sys.argv) == 1
    folder = (Path(__file__).parent if own else Path(sys.argv[1])) / 'golden-bills'
    count, seed = (10, 7) if own else (int(sys.argv[2]), int(sys.argv[3]))
    folder.mkdir(parents=True, exist_ok=True)
    for at in range(count):
        draw = random.Random(seed * 1000 + at)
        metering = at % 5
        tariff = random_tariff(draw)
        options = random_options(draw, metering)
        load, generation = shape(draw, False), shape(draw, True)
        if draw.random() < 0.5:
            generation['by_day'] = [round(value * 2, 2) for value in generation['by_day']]
        case = {'tool': 'NREL-PySAM 7.1.1.post1 Utilityrate5', 'case': f'made-up home, random tariff {seed}-{at}',
                'ur_metering_option': metering, **options, 'tariff': tariff, 'load': load, 'generation': generation,
                **bill(tariff, options, metering, series(load), series(generation))}
        text = json.dumps(case, indent=None, separators=(',', ':')).replace('],[', '],\n[')
        (folder / f'home_random{at:02d}_m{metering}.json').write_text(text + '\n')


main()
