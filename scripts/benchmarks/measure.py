"""Runs the benchmarks of scripts/bench and prints their ratios as a table."""

import json
import pathlib
import platform
import statistics
import subprocess
import sys
import tempfile

RUNS = 30  # of the suite: more than 20,000 exchanges in all
ECHO_EXCHANGES = 40_000
CARDS = 100_000
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


MEASUREMENTS = {"echo": (card_against_echo, tell_echo), "suite": (suite_against_bare_loop, tell_suite),
                "purse": (transactions, tell_purse), "memory": (memory, tell_memory), "city": (personalising, tell_city),
                "clearing": (settling, tell_clearing), "nation": (interconnection, tell_nation)}

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
