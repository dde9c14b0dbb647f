"""Processor time of CityLearn for each building and hour: prints one JSON object.

    python peers_citylearn.py

Needs `citylearn` 2.1.2 (PyPI). The twelve homes that this project embeds, of CityLearn's own challenge data set of 2022: load, solar
and a battery under CityLearn's rule by the hour. Only the time of the steps is counted, not that of reading the data.
"""

import json
import time

from citylearn import __version__
from citylearn.agents.rbc import BasicBatteryRBC
from citylearn.citylearn import CityLearnEnv
from citylearn.data import DataSet

HOMES = (1, 2, 4, 5, 6, 7, 9, 10, 11, 13, 15, 16)
HOURS = 24 * 60


def main() -> None:
    schema = DataSet.get_schema("citylearn_challenge_2022_phase_all")
    schema["buildings"] = {f"Building_{home}": schema["buildings"][f"Building_{home}"] for home in HOMES}
    for building in schema["buildings"].values():
        building["include"] = True
    schema["simulation_end_time_step"] = HOURS
    env = CityLearnEnv(schema)
    agent = BasicBatteryRBC(env)
    observations = env.reset()
    steps = 0
    started = time.process_time()
    while not env.done:
        observations, _, _, _ = env.step(agent.predict(observations))
        steps += 1
    seconds = time.process_time() - started
    what = f"CityLearn {__version__}, {len(env.buildings)} homes, {steps} hours"
    print(json.dumps({"what": what, "secondsPerAgentStep": seconds / steps / len(env.buildings)}))


if __name__ == "__main__":
    main()
