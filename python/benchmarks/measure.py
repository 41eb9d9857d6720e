"""Measures what Python costs, as ratios of two things measured in one run, and prints them as JSON.

    measure.py [ROUNDS]     with the package of a release build on PYTHONPATH and the command in $TONGKA

binding_us: microseconds that a call from Python adds to an exchange in process; over PC/SC, pyscard: the time of an
exchange by pyscard as a multiple of ours; case: that of a case in Python as a multiple of the same in YAML.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Callable

import tongka

BALANCE = bytes.fromhex("805C000204")
EXCHANGES = 200

YAML = f"""
- id: yaml-balances
  title: {{zh: 余额, en: Balances}}
  covers: [304-PUR-001]
  device: card
  setup:
    - call: select-application
  steps:
    - send: "80 5C 00 02 04"
      expect: "9000 {{balance:4}}"
      repeat: "{EXCHANGES}"
"""


@tongka.case(id="python-balances", title="Balances", covers=["304-PUR-001"])
def python_balances(card: tongka.CaseCard) -> None:
    for _ in range(EXCHANGES):
        card.expect("80 5C 00 02 04", "9000 {balance:4}")


@python_balances.setup
def _(card: tongka.CaseCard, case: tongka.Context) -> None:
    case.call("select-application")


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def binding(rounds: int) -> float:
    card = tongka.connect("sim:card")
    card.select_application()
    count = 100_000

    def python() -> None:
        transmit = card.transmit
        for _ in range(count):
            transmit(BALANCE)

    costs = []
    for _ in range(rounds):
        inside = tongka._tongka.measure_transmit(card, BALANCE, count)
        costs.append((seconds(python) - inside) / count * 1e6)
    return statistics.median(costs)


def pyscard(reader: str, rounds: int) -> float:
    from smartcard.System import readers

    [found] = [one for one in readers() if str(one) == reader]
    theirs = found.createConnection()
    command = list(BALANCE)
    ratios = []
    for _ in range(rounds):
        with tongka.connect("pcsc:" + reader) as card:
            ours = seconds(lambda: [card.transmit(BALANCE) for _ in range(2000)])
        theirs.connect()
        ratios.append(seconds(lambda: [theirs.transmit(command) for _ in range(2000)]) / ours)
        theirs.disconnect()
    return statistics.median(ratios)


def cases(card: Any, rounds: int) -> float:
    ours = tongka.data_directory()
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "cases" / "cjt304" / "balances.yaml"
        file.parent.mkdir(parents=True)
        file.write_text(YAML, encoding="utf-8")
        suite = tongka.Suite.of_files([file], sorted((ours / "procedures").glob("*.yaml")), ours / "catalogue")
    ratios = []
    for _ in range(rounds):
        run = tongka.run(["python-balances", "yaml-balances"], cases=[python_balances], suite=suite, card=card)
        assert run.passed, run.failures
        ratios.append(run["python-balances"].us / run["yaml-balances"].us)
    return statistics.median(ratios)


def main(rounds: int) -> None:
    told = {"binding_us": binding(rounds), "case_in_process": cases("sim:card", rounds)}
    with tongka.Lab() as lab:
        reader = lab.readers["card"]
        with tongka.connect("pcsc:" + reader) as card:
            told["case"] = cases(card, rounds)
        told["pyscard"] = pyscard(reader, rounds)
    print(json.dumps({name: round(value, 3) for name, value in told.items()}, indent=1))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
