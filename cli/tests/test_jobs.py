"""Several devices at once: a run of its own for each, and one summary."""

import json
import os
import pty
import subprocess

import pytest

TONGKA = os.environ["TONGKA"]
CASES = ("purchase-*", "balance-*")


def tongka(*arguments, before=()):
    return subprocess.run([*before, TONGKA, *map(str, arguments)], capture_output=True, text=True, timeout=300,
                          env={**os.environ, "LC_ALL": "C.UTF-8"})


def summary(out):
    return json.loads((out / "summary.json").read_text())["runs"]


def test_each_device_has_a_run_of_its_own(tmp_path):
    out = tmp_path / "out"
    ran = tongka("run", "--device", "sim:card", "--device", "sim:card", "--psam", "sim:psam", "--profile", "city-union",
                 "--profile", "fmcos", *CASES, "--out", out)
    assert ran.returncode == 0, ran
    first, second = summary(out)
    assert (first["profile"], second["profile"]) == ("city-union", "fmcos")
    assert first["folder"] == "01-sim-card" and second["folder"] == "02-sim-card"
    for one in (first, second):
        report = json.loads((out / one["folder"] / "report.json").read_text())
        totals = {verdict: sum(case["verdict"] == verdict for case in report["cases"]) for verdict in one["totals"]}
        assert totals == one["totals"] and totals["pass"] > 20 and totals["fail"] == 0
    assert ran.stderr.splitlines()[0].endswith(": begins") and len(ran.stderr.splitlines()) == 4, ran.stderr
    assert ran.stdout.count("Pass") == 2


def test_the_worst_run_tells_the_exit_status(tmp_path):
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("profile: [")
    out = tmp_path / "out"
    ran = tongka("run", "--device", "sim:card", "--device", "sim:card", "--profile", "city-union", "--profile", wrong,
                 "balance-*", "--out", out, "--jobs", 1)
    assert ran.returncode == 2, ran
    first, second = summary(out)
    assert first["exit"] == 0 and first["totals"]["pass"] > 0
    assert second["exit"] == 2 and "wrong.yaml" in second["error"]


def test_failures_are_told_as_they_come(tmp_path):
    ran = tongka("run", "--device", "sim:card", "--device", "sim:card", "--psam", "sim:psam", "--deviation",
                 "balance-not-debited", *CASES, "--out", tmp_path / "out")
    assert ran.returncode == 1, ran
    for name in ("01-sim-card", "02-sim-card"):
        assert f"{name}: fail purchase-debits-amount:" in ran.stderr, ran.stderr


def test_a_terminal_shows_a_bar_for_each(tmp_path):
    mine, theirs = pty.openpty()
    child = subprocess.Popen([TONGKA, "run", "--device", "sim:card", "--device", "sim:card", "--psam", "sim:psam", *CASES,
                              "--out", str(tmp_path / "out")], stdout=subprocess.DEVNULL, stderr=theirs,
                             env={**os.environ, "LC_ALL": "C.UTF-8"})
    os.close(theirs)
    shown = b""
    while True:
        try:
            piece = os.read(mine, 65536)
        except OSError:  # the other end is closed
            break
        if not piece:
            break
        shown += piece
    os.close(mine)
    assert child.wait() == 0
    assert b"01-sim-card [" in shown and b"02-sim-card [" in shown and b"\033[" in shown
    assert shown.rstrip().endswith(b"Not applicable") or shown.endswith(b"\033[J"), shown[-200:]


@pytest.mark.parametrize("arguments, told", [
    (("--device", "pcsc:A", "--device", "pcsc:A"), "it is given twice"),
    (("--device", "pcsc:A", "--device", "pcsc:B", "--psam", "pcsc:C"), "cannot have it at the same time"),
    (("--device", "sim:card", "--device", "sim:card", "--device", "sim:card", "--psam", "sim:psam", "--psam", "sim:psam"),
     "--psam was given 2 times, but there are 3 runs"),
    (("--device", "sim:card", "--device", "sim:card", "--state", "a"), "cannot keep one memory"),
    (("--device", "sim:card", "--device", "sim:card", "--operator"), "an operator attends to one run at a time"),
])
def test_what_does_not_go_together_is_told(tmp_path, arguments, told):
    ran = tongka("run", *arguments, "--out", tmp_path / "out")
    assert ran.returncode == 2 and told in ran.stderr and ran.stderr.count("\n") == 1, ran
    assert not (tmp_path / "out").exists()


def test_runs_that_were_cut_off_go_on(tmp_path):
    out = tmp_path / "out"
    command = ("run", "--device", "sim:card", "--device", "sim:card", "--psam", "sim:psam", *CASES, "--out", out)
    assert tongka(*command).returncode == 0
    record = out / "02-sim-card" / "record.jsonl"
    data = record.read_bytes()
    record.write_bytes(data[:len(data) * 3 // 4])
    before = (out / "01-sim-card" / "record.jsonl").read_bytes()
    ran = tongka(*command, "--resume")
    assert ran.returncode == 0, ran
    assert (out / "01-sim-card" / "record.jsonl").read_bytes() == before
    assert [one["exit"] for one in summary(out)] == [0, 0]


def test_two_readers_of_a_lab(tmp_path):
    out = tmp_path / "out"
    ran = tongka("run", "--device", "pcsc:Tongka Card", "--device", "pcsc:Tongka PSAM", "balance-*", "--out", out,
                 before=(TONGKA, "lab", "--card", "city-union", "--psam", "city-union", "--"))
    first, second = summary(out)
    # A PSAM is no card: its run is told to be impossible, or fails; the other is none the worse for it.
    assert ran.returncode in (1, 2) and second["exit"] in (1, 2), ran
    assert first["exit"] == 0 and first["totals"]["pass"] > 0, first
