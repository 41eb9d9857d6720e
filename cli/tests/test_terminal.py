"""docs/terminal.md with the program: rides, loads with a load SAM, loads that were cut off, tables, refusals."""

import csv
import io
import json
import os
import subprocess

import pytest

TONGKA = os.environ["TONGKA"]

METRO = """\
city: "2144"
industry: "0301"
place: "0101"
operator: "000009"
types:
  - {type: "0101", name: ordinary, unit: 100, most_load: 50000, most_balance: 100000}
blacklist: black.txt
fares:
  by: segment
  highest: 700
  stations: {"0101": 0, "0102": 3000, "0103": 9000}
  segments: [{metres: 4000, fare: 200}, {metres: 8000, fare: 300}]
discounts: [{operator: "000009", minutes: 60, percent: 50}]
"""


class Gate:
    def __init__(self, folder):
        self.folder = folder
        (folder / "metro.yaml").write_text(METRO)
        (folder / "black.txt").write_text("2144 0000 2144000000000077 # lost\nrubbish\n")

    def run(self, *arguments):
        environment = {**os.environ, "LC_ALL": "C.UTF-8"}
        return subprocess.run([TONGKA, "terminal", *map(str, arguments)], capture_output=True, text=True,
                              cwd=self.folder, env=environment)

    def do(self, *arguments, says=None, status=0):
        done = self.run(*arguments, "--state", "card", "--format", "json")
        assert done.returncode == status, done.stderr
        if says:
            assert says in done.stderr
        return json.loads(done.stdout)

    def load(self, amount, **how):
        return self.do("load", "--isam", "sim:isam", "--isam-state", "isam", "--limit", 100000, "--amount", amount,
                       "--parameters", "metro.yaml", "--records", "journal", **how)

    def tap(self, way, place, minute, **how):
        return self.do("tap", f"--{way}", "--place", place, "--psam-state", "psam", "--parameters", "metro.yaml",
                       "--records", "journal", "--time", f"202611220{minute}00", **how)


@pytest.fixture
def gate(tmp_path):
    return Gate(tmp_path)


def test_a_ride_from_the_load_to_the_journal(gate):
    loaded = gate.load(5000, says="black.txt:2: 'rubbish' is no card, and was skipped")
    assert (loaded["kind"], loaded["balance_before"], loaded["balance_after"]) == ("load", 0, 5000)
    assert gate.tap("in", "0101", 815)["kind"] == "entry"
    out = gate.tap("out", "0102", 840)
    assert (out["type"], out["amount"], out["balance_after"], out["entry_moment"]) == ("09", 200, 4800, "2611220815")
    gate.tap("in", "0102", 900)
    out = gate.tap("out", "0103", 930)
    assert (out["list_amount"], out["concession"], out["balance_after"]) == (300, 150, 4650)

    listed = gate.run("records", "journal", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(listed.stdout)))
    assert [row["kind"] for row in rows] == ["load", "entry", "exit", "entry", "exit"]
    assert [row["subtype"] for row in rows] == ["0E", "0C", "0D", "0C", "0D"]
    assert {row["state"] for row in rows} == {"paid"}
    assert rows[-1]["balance_after"] == "4650"
    uploaded = gate.run("upload", "journal", "--city", "2144", "--out", "up")
    assert uploaded.returncode == 0 and uploaded.stdout.startswith("4 records: "), "the load is no purchase"


def test_refusals_have_names(gate):
    assert gate.load(5050, status=1)["reason"] == "load-amount-not-allowed"
    assert gate.load(50100, status=1)["reason"] == "load-amount-not-allowed"
    gate.load(100)
    assert gate.tap("out", "0199", 815, status=1, says="not enough money")["reason"] == "insufficient-balance"
    gate.load(5000)
    gate.tap("in", "0101", 815)
    assert gate.tap("out", "0199", 815, status=1)["reason"] == "unknown-station"
    refused = gate.do("purchase", "--amount", 9999, "--psam-state", "psam", status=1)
    assert (refused["outcome"], refused["reason"]) == ("refused", "insufficient-balance")


def test_what_cannot_run_is_status_two(gate):
    for arguments, says in [
            (("tap", "--place", "0101"), "takes either --in or --out"),
            (("tap", "--in", "--place", "01"), "--place"),
            (("load", "--amount", 1), "takes either --accounts, or --host and --ca, or --isam"),
            (("load", "--isam", "sim:isam"), "--amount is needed"),
            (("load", "--isam", "sim:isam", "--amount", 1, "--settle"), "settled by tongka terminal recover"),
            (("purchase", "--amount", 1, "--time", "20261332000000"), "is no date and time"),
            (("purchase", "--amount", 1, "--parameters", "none.yaml"), "none.yaml")]:
        done = gate.run(*arguments)
        assert done.returncode == 2 and says in done.stderr, (arguments, done.stderr)
    (gate.folder / "metro.yaml").write_text(METRO + "passback: 3\n")
    done = gate.run("tap", "--in", "--parameters", "metro.yaml")
    assert done.returncode == 2 and "metro.yaml:14:1: " in done.stderr and "passback_seconds" in done.stderr


def test_tables_are_packed_and_shown(gate):
    packed = gate.run("tables", "pack", "metro.yaml", "--out", "tables", "--time", "20261122080000")
    assert packed.returncode == 0, packed.stderr
    assert len(packed.stdout.splitlines()) == 6
    shown = json.loads(gate.run("tables", "show", "tables/1914.table", "--format", "json").stdout)
    assert shown[0] == {"physical": "01", "sub_type": "01", "main_type": "01", "name": "ordinary", "sale": "01",
                        "load": "01", "first_minimum": "0", "unit": "100", "most_load": "50000",
                        "most_balance": "100000", "extension_days": "0"}
    black = gate.run("tables", "show", "tables/1901.table")
    assert black.stdout.startswith("table 1901 of city 2144, industry 0301, made on 20261122: 1 records\n")
    assert "2144000000000077" in black.stdout

    (gate.folder / "short.yaml").write_text('city: "2144"\ntables: [tables/1914.table]\n')
    refused = gate.do("load", "--isam", "sim:isam", "--limit", 100000, "--amount", 50, "--parameters", "short.yaml",
                      status=1)
    assert refused["reason"] == "load-amount-not-allowed"
    table = gate.folder / "tables/1914.table"
    table.write_bytes(table.read_bytes()[:-1])
    done = gate.run("tables", "show", "tables/1914.table")
    assert done.returncode == 2
    assert done.stderr.startswith("tongka terminal tables show: tables/1914.table: byte 14: tells a size of ")


def test_a_journal_that_another_program_has_open_or_that_is_none(gate):
    (gate.folder / "journal").write_text("nonsense\nnonsense\n")
    done = gate.run("recover", "--records", "journal")
    assert done.returncode == 2 and "journal:1: does not fit its CRC" in done.stderr
