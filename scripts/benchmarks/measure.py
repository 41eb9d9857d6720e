"""Runs the benchmarks of scripts/bench and prints their ratios as a table."""

import json
import os
import pathlib
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

RUNS = 30  # of the suite: more than 20,000 exchanges in all
ECHO_EXCHANGES = 40_000
CARDS = 100_000
GENERATED_CASES = 100_000
RECORD_PAIRS = 12
LONG_RUN = 1_000_000
FEW, MANY, SOME = 100_000, 10_000_000, 1_000_000  # records of clearing files

bin_folder, out_folder = map(pathlib.Path, sys.argv[1:3])
tongka = bin_folder.absolute() / "tongka"


def output(*command):
    return subprocess.run(list(map(str, command)), check=True, capture_output=True, text=True).stdout


def say(text):
    print(text, file=sys.stderr, flush=True)


def processor():
    for line in open("/proc/cpuinfo"):
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()


def card_against_echo():
    """(a) GET BALANCE over PC/SC: our card, and a card that only echoes, in the same lab.

    On one processor: else each reader's processes spread over the cores as they happen to, and that decides the ratio.
    """
    say("(a) a card against an echo over PC/SC")
    text = output("taskset", "-c", "1", tongka, "lab", "--card", "city-union", "--echo", "--", bin_folder.absolute() / "pcsc_ratio",
                  "Tongka Card 00 00", "Tongka Echo 00 00", ECHO_EXCHANGES)
    return text.strip()


def suite_against_bare_loop():
    """(b) The suite over PC/SC, and its resets and TPDUs in a bare loop, in the same lab; from first reset to last verdict."""
    say(f"(b) the suite over PC/SC against a bare loop, {RUNS} times")
    with tempfile.TemporaryDirectory() as folder:
        for run in range(RUNS):
            # A lab of its own for each: the bare loop sends hidden PINs as zeros, which a card does not forget.
            script = f"""set -e
{tongka} run --device 'pcsc:Tongka Card' --psam 'pcsc:Tongka PSAM' --out {folder}/{run} >/dev/null || [ $? -eq 3 ] # the cases that tear do not run here
{bin_folder.absolute()}/bare_loop {folder}/{run}/record.jsonl 'Tongka Card 00 00' 'Tongka PSAM 00 00' >{folder}/{run}/bare"""
            output(tongka, "lab", "--", "bash", "-c", script)
        suites, bares, exchanges = [], [], 0
        for run in range(RUNS):
            lines = [json.loads(line) for line in open(f"{folder}/{run}/record.jsonl")]
            first = next(line["at"] for line in lines if line["kind"] == "reset")
            last = [line["at"] for line in lines if line["kind"] == "verdict"][-1]
            suites.append(last - first)
            bares.append(int(open(f"{folder}/{run}/bare").read()))
            exchanges += sum(len(line.get("tpdus", [0])) for line in lines if line["kind"] == "exchange")
    ratios = [suite / bare for suite, bare in zip(suites, bares)]
    return {"suite_us": suites, "bare_us": bares, "exchanges": exchanges, "ratio": statistics.median(ratios)}


def transactions():
    """(c) Whole transactions in process on one core, and their cryptography alone; (d) a file among many."""
    say("(c) transactions in process, (d) a file among many")
    measured = json.loads(output(bin_folder / "bench_transactions", "--benchmark_format=json", "--benchmark_repetitions=5",
                                 "--benchmark_enable_random_interleaving=true"))
    median = {one["run_name"]: one for one in measured["benchmarks"] if one.get("aggregate_name") == "median"}
    rate = {name: one["items_per_second"] for name, one in median.items() if "items_per_second" in one}
    return {"rates": {kind: rate[f"whole/{kind}"] for kind in ("purchase", "composite", "load")},
            "multiples": {"purchase": rate["cryptography_of_a_purchase"] / rate["whole/purchase"],
                          "composite": rate["cryptography_of_a_purchase"] / rate["whole/composite"],
                          "load": rate["cryptography_of_a_load"] / rate["whole/load"],
                          "psam": rate["cryptography_of_a_psam_purchase"] / rate["whole_psam_purchase"]},
            "psam_rate": rate["whole_psam_purchase"],
            "file_ns": {count: median[f"file_among/{count}"]["cpu_time"] for count in (10, 100, 1000, 10000)}}


def memory():
    """(e) What a card takes beside its files."""
    say(f"(e) {CARDS} cards in one process")
    beyond, files = map(int, output(bin_folder / "card_memory", CARDS).split())
    return {"beyond_files": beyond, "files": files}


def personalising():
    """(f) A city: the second half of its cards and PSAMs against the first."""
    say(f"(f) personalising {CARDS} cards and as many PSAMs")
    first, second, first_bytes, second_bytes, left = map(float, output(bin_folder / "personalise", CARDS).split())
    return {"first_s": first, "second_s": second, "ratio": second / first, "first_bytes": first_bytes,
            "second_bytes": second_bytes, "left_bytes": left}


def settling():
    """(g) Clearing files: the check against its cryptography alone on one core, two jobs against one, few records against many."""
    say(f"(g) checking {SOME:,}, {FEW:,} and {MANY:,} records of clearing files")
    program = bin_folder / "settle"
    with tempfile.TemporaryDirectory() as folder:
        for records in (SOME, FEW, MANY):
            output(program, "make", records, f"{folder}/{records}")

        def check(records, jobs):
            seconds, count, memory = map(float, output(program, "check", f"{folder}/{records}", f"{folder}/out", jobs).split())
            assert count == records, f"{count} of {records} records were accepted"
            return seconds, memory

        bare = [float(output(program, "cryptography", f"{folder}/{SOME}").split()[0]) for _ in range(5)]
        one = [check(SOME, 1)[0] for _ in range(5)]
        two = [check(SOME, 2)[0] for _ in range(5)]
        few, many = check(FEW, 2), check(MANY, 2)
    return {"rate": SOME / statistics.median(one), "multiple": statistics.median(one) / statistics.median(bare),
            "jobs": statistics.median(one) / statistics.median(two), "few_kib": few[1], "many_kib": many[1],
            "many_rate": MANY / many[0]}


def interconnection():
    """(h) Every card of 86 cities at every terminal: a round against its cryptography alone, and the whole matrix."""
    say("(h) the matrix of 86 cities")
    round_s, cryptography_s, whole_s = map(float, output(bin_folder / "bench_interconnection").split())
    return {"round_s": round_s, "multiple": round_s / cryptography_s, "whole_s": whole_s}


SIMULATED = ("--device", "sim:card", "--psam", "sim:psam", "--isam", "sim:isam", "--terminal", "sim:terminal", "--host", "sim:host",
             "--file", "sim:file")
OVER_PCSC = ("--device", "pcsc:Tongka Card", "--psam", "pcsc:Tongka PSAM", "--isam", "pcsc:Tongka ISAM")


def suite_seconds(folder, before, devices):
    """From the first reset to the last verdict, and the same without the cases that take a device's power away."""
    ran = subprocess.run([*map(str, before), str(tongka), "run", *devices, "--out", folder], capture_output=True, text=True)
    assert ran.returncode in (0, 3), ran.stderr  # 3: the cases that tear do not run over PC/SC
    lines = [json.loads(line) for line in open(f"{folder}/record.jsonl")]
    first = next(line["at"] for line in lines if line["kind"] == "reset")
    verdicts = [line for line in lines if line["kind"] == "verdict"]
    torn = {line["case"] for line in lines if line["kind"] == "exchange" and not line["response"]}
    whole = verdicts[-1]["at"] - first
    without = whole - sum(line["us"] for line in verdicts if line["case"] in torn)
    return whole / 1e6, len(verdicts), without / 1e6, len(torn)


def conformance():
    """(i) The whole suite, in process with all roles and over PC/SC; the matrix of deviations."""
    say("(i) the whole suite in process and over PC/SC, and the deviations")
    lab = (tongka, "lab", "--card", "city-union", "--psam", "city-union", "--isam", "city-union", "--")
    with tempfile.TemporaryDirectory() as folder:
        inside = [suite_seconds(f"{folder}/in{run}", (), SIMULATED) for run in range(5)]
        outside = [suite_seconds(f"{folder}/out{run}", lab, OVER_PCSC) for run in range(5)]
    begun = time.monotonic()
    told = output(tongka, "deviations", "--jobs", 2).splitlines()
    return {"inside_s": statistics.median(one[0] for one in inside), "inside_cases": inside[0][1],
            "outside_s": statistics.median(one[0] for one in outside), "outside_cases": outside[0][1],
            "untorn_s": statistics.median(one[2] for one in outside), "torn_cases": outside[0][3],
            "deviations_s": time.monotonic() - begun, "deviations": told[-1]}


GENERATED = """- id: generated-{number}
  title: {{zh: 余额, en: The balance}}
  covers: [304-BAL-001]
  applies: EP
  device: card
  vars: {{amount: u32({number})}}
  setup:
    - call: select-application
    - call: purse-at-least
      with: {{amount: amount}}
  steps:
    - send: "80 5C 00 02 04"
      expect: "9000 {{balance:4}}"
    - check: "balance >= amount"
      because: {{zh: 已圈存, en: it was loaded}}
"""


def check_cases(folder, cases):
    """Seconds and KiB of memory that loading and checking so many cases takes."""
    files = []
    for first in range(0, cases, 1000):
        files.append(f"{folder}/{cases}-{first}.yaml")
        pathlib.Path(files[-1]).write_text("".join(GENERATED.format(number=number + 1) for number in range(first, first + 1000)))
    begun = time.monotonic()
    process = subprocess.Popen([str(tongka), "case", "check", *files], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    assert status == 0
    return time.monotonic() - begun, usage.ru_maxrss


def loading():
    """(j) Loading generated cases: four times as many."""
    say(f"(j) loading {GENERATED_CASES // 4:,} and {GENERATED_CASES:,} cases")
    with tempfile.TemporaryDirectory() as folder:
        few = [check_cases(folder, GENERATED_CASES // 4) for _ in range(3)]
        many = [check_cases(folder, GENERATED_CASES) for _ in range(3)]
    return {"few_s": statistics.median(one[0] for one in few), "many_s": statistics.median(one[0] for one in many),
            "few_kib": few[0][1], "many_kib": many[0][1]}


def record_cost():
    """(k) The record: the suite over PC/SC with it and without it, by turns on the same devices."""
    say(f"(k) the suite over PC/SC with its record and without, {RECORD_PAIRS} pairs")
    with tempfile.TemporaryDirectory() as folder:
        text = output(tongka, "lab", "--card", "city-union", "--psam", "city-union", "--", bin_folder.absolute() / "record_cost",
                      folder, RECORD_PAIRS)
    pairs = [tuple(map(float, line.split())) for line in text.splitlines() if re.fullmatch(r"[0-9.]+ [0-9.]+ [0-9]+", line)]
    assert len(pairs) == RECORD_PAIRS, text
    return {"ratio": statistics.median(on / off for on, off, _ in pairs), "bytes": pairs[0][2]}


LONG_CASE = """- id: long-{number}
  title: {{zh: 余额, en: The balance}}
  covers: [304-BAL-001]
  applies: EP
  device: card
  setup:
    - call: select-application
  steps:
"""
LONG_STEP = """    - repeat: 250
      send: "80 5C 00 02 04"
      expect: "9000 {balance:4}"
"""


def reports_of(folder, exchanges):
    """Seconds and KiB of memory that the reports of a run of so many exchanges take, 4,000 a case."""
    suite = pathlib.Path(folder) / f"suite-{exchanges}"
    (suite / "cases" / "cjt304").mkdir(parents=True)
    for part in ("catalogue", "procedures"):
        shutil.copytree(pathlib.Path("testcases") / part, suite / part)
    (suite / "cases" / "cjt304" / "long.yaml").write_text(
        "".join(LONG_CASE.format(number=number + 1) + LONG_STEP * 16 for number in range(exchanges // 4000)))
    out = suite / "out"
    output(tongka, "run", "--suite", suite, "--device", "sim:card", "--out", out)
    begun = time.monotonic()
    process = subprocess.Popen([str(tongka), "report", str(out)], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    assert status == 0
    return time.monotonic() - begun, usage.ru_maxrss, (out / "record.jsonl").stat().st_size


def long_reports():
    """(l) The reports of long runs: a quarter of the exchanges, and all."""
    say(f"(l) the reports of {LONG_RUN // 4:,} and {LONG_RUN:,} exchanges")
    with tempfile.TemporaryDirectory() as folder:
        few, many = reports_of(folder, LONG_RUN // 4), reports_of(folder, LONG_RUN)
    return {"few_s": few[0], "few_kib": few[1], "many_s": many[0], "many_kib": many[1], "bytes": many[2]}


def tell_echo(found):
    print(found)


def tell_suite(found):
    print(f"suite over PC/SC: {found['exchanges']} exchanges, {found['ratio']:.2f} x a bare loop (median of {RUNS} pairs; "
          f"{sum(found['suite_us']) / found['exchanges']:.0f} us an exchange, resets and record included)")


def tell_purse(found):
    for kind, name in (("purchase", "purchases"), ("composite", "composite purchases"), ("load", "loads")):
        print(f"{name} in process: {found['rates'][kind]:,.0f} a second on one core, {found['multiples'][kind]:.2f} x their "
              "cryptography alone")
    print(f"PSAM side of purchases with two levels in process: {found['psam_rate']:,.0f} a second on one core, "
          f"{found['multiples']['psam']:.2f} x their cryptography alone")
    print("SELECT and READ BINARY of one file among 10, 100, 1000, 10000: "
          + ", ".join(f"{value / found['file_ns'][10]:.2f}" for value in found["file_ns"].values()) + " (10 files = 1)")


def tell_memory(found):
    print(f"{CARDS:,} cards in one process: {found['beyond_files']:,} bytes each beyond their files ({found['files']:,} bytes)")


def tell_city(found):
    print(f"{CARDS:,} cards and as many PSAMs personalised in process: the second half in {found['ratio']:.2f} x the time of the "
          f"first ({CARDS / (found['first_s'] + found['second_s']):,.0f} pairs a second); a kept card {found['first_bytes']:,.0f} "
          f"bytes in the first half, {found['second_bytes']:,.0f} in the second; {found['left_bytes']:,.0f} bytes left once they are "
          "gone")


def tell_clearing(found):
    print(f"settle check of FH files: {found['rate']:,.0f} records a second on one core, {found['multiple']:.2f} x their "
          f"cryptography alone; two jobs {found['jobs']:.2f} x as fast; memory for {MANY:,} records "
          f"{found['many_kib'] / found['few_kib']:.2f} x that for {FEW:,} ({found['many_kib'] / 1024:.0f} MiB); {MANY:,} records with "
          f"two jobs at {found['many_rate']:,.0f} a second: a nation's day of 680,000,000 in "
          f"{6.8e8 / found['many_rate'] / 60:.0f} minutes (extrapolated)")


def tell_nation(found):
    print(f"86 cities' cards at 86 cities' terminals in process: a round of 7,396 purchases on one core in {found['round_s']:.3f} s, "
          f"{found['multiple']:.2f} x the cryptography of cards and PSAMs alone; the whole matrix (4 rounds, issuing and "
          f"renewing) in {found['whole_s']:.2f} s")


def tell_conformance(found):
    print(f"the whole suite: {found['inside_cases']} cases of all roles in process in {found['inside_s']:.2f} s; "
          f"{found['outside_cases']} cases over PC/SC in {found['outside_s']:.2f} s, {found['untorn_s']:.2f} s without the "
          f"{found['torn_cases']} that take the power away (first reset to last verdict); the matrix of deviations with two jobs "
          f"in {found['deviations_s']:.0f} s: {found['deviations']}")


def tell_loading(found):
    print(f"loading and checking {GENERATED_CASES:,} generated cases: {found['many_s'] / found['few_s']:.2f} x the time and "
          f"{found['many_kib'] / found['few_kib']:.2f} x the memory of a quarter of them ({found['many_s']:.1f} s, "
          f"{found['many_kib'] / 1024:.0f} MiB)")


def tell_record(found):
    print(f"the suite over PC/SC with its record: {found['ratio']:.3f} x the time without (median of {RECORD_PAIRS} pairs; "
          f"{found['bytes'] / 1e6:.1f} MB)")


def tell_reports(found):
    print(f"all reports of a run of {LONG_RUN:,} exchanges: {found['many_s'] / found['few_s']:.2f} x the time and "
          f"{found['many_kib'] / found['few_kib']:.2f} x the memory of a quarter of them ({found['many_s']:.1f} s, "
          f"{found['many_kib'] / 1024:.0f} MiB, of a record of {found['bytes'] / 1e6:.0f} MB)")


MEASUREMENTS = {"echo": (card_against_echo, tell_echo), "suite": (suite_against_bare_loop, tell_suite),
                "purse": (transactions, tell_purse), "memory": (memory, tell_memory), "city": (personalising, tell_city),
                "clearing": (settling, tell_clearing), "nation": (interconnection, tell_nation),
                "conformance": (conformance, tell_conformance), "loading": (loading, tell_loading),
                "record": (record_cost, tell_record), "reports": (long_reports, tell_reports)}

unknown = [name for name in sys.argv[3:] if name not in MEASUREMENTS]
if unknown:
    sys.exit(f"bench: there is no measurement {unknown[0]}: known are {', '.join(MEASUREMENTS)}")
chosen = sys.argv[3:] or list(MEASUREMENTS)
results = {name: MEASUREMENTS[name][0]() for name in chosen}
out_folder.mkdir(parents=True, exist_ok=True)
(out_folder / "bench.json").write_text(json.dumps({"cpu": processor(), **results}, indent=2))
print(f"Measured on {processor()}, 2 cores in use or fewer, Debian {open('/etc/debian_version').read().strip()}\n")
for name, found in results.items():
    MEASUREMENTS[name][1](found)
