"""Processor time of gsy-e for each home and market slot: prints one JSON object.

    python peers_gsy.py [SETUP [HOMES]]

Needs `gsy-e` on the path (github.com/gridsingularity/gsy-e; it is not on PyPI). Its own example `default_2a` has two houses and a
cell tower: loads, solar, storages, a two-level market in slots of 15 minutes with ticks of 15 seconds. What a longer run
takes more than a shorter one is counted, so that start and end are left out.
"""

import json
import resource
import subprocess
import sys

SLOTS_A_DAY = 96
SHORT_DAYS, LONG_DAYS = 1, 3


def cpu_seconds(setup: str, days: int) -> float:
    """User and system time of one run, child processes included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        ["gsy-e", "-l", "CRITICAL", "run", "--setup", setup, "-d", f"{days}d", "-s", "15m", "-t", "15s", "--no-export"],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    setup = sys.argv[1] if len(sys.argv) > 1 else "default_2a"
    homes = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    more = cpu_seconds(setup, LONG_DAYS) - cpu_seconds(setup, SHORT_DAYS)
    steps = homes * SLOTS_A_DAY * (LONG_DAYS - SHORT_DAYS)
    what = f"{setup}, {homes} homes, slots of 15 minutes"
    print(json.dumps({"what": what, "secondsPerAgentStep": more / steps}))


if __name__ == "__main__":
    main()
