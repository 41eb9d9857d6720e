"""tongka terminal-test: our own terminal and one of somebody else's, right and wrong."""

import json
import os
import pathlib
import subprocess

import pytest

TONGKA = os.environ["TONGKA"]
SOURCES = pathlib.Path(os.environ["TONGKA_SOURCES"])
FOREIGN = f"/usr/bin/python3 -B {SOURCES}/cli/tests/terminal_program.py {{amount}} '{{card-reader}}' '{{psam-reader}}'"
OWN = f"{TONGKA} terminal purchase --device 'pcsc:{{card-reader}}' --psam 'pcsc:{{psam-reader}}' --amount {{amount}}"
QUICK = ("terminal-program-sells", "terminal-program-refuses-expired", "terminal-program-mac2-wrong",
         "terminal-program-answer-to-debit-lost", "terminal-program-amount-of-four-bytes")


def judged(out, *arguments):
    ran = subprocess.run([TONGKA, "terminal-test", *arguments, "--out", out, "--lang", "en"], capture_output=True, text=True,
                         timeout=500)
    report = out / "report.json"
    verdicts = {case["id"]: case["verdict"] for case in json.loads(report.read_text())["cases"]} if report.exists() else {}
    return ran, verdicts


def test_our_own_terminal_passes(tmp_path):
    journal, parameters = tmp_path / "journal", tmp_path / "parameters.yaml"
    parameters.write_text('city: "2144"\n')
    ran, verdicts = judged(tmp_path / "out", "terminal-program-*", "--cmd", f"{OWN} --records {journal} --parameters {parameters}", "--before-each",
                           f"rm -f {journal}")
    assert ran.returncode == 0, (ran, verdicts)
    assert len(verdicts) == 20 and set(verdicts.values()) == {"pass"}


def test_a_right_terminal_of_somebody_else_passes(tmp_path):
    ran, verdicts = judged(tmp_path / "out", *QUICK, "--cmd", FOREIGN)
    assert ran.returncode == 0 and set(verdicts.values()) == {"pass"}, (ran, verdicts)


@pytest.mark.parametrize("fault, case", [("trusts-mac2", "terminal-program-mac2-wrong"),
                                         ("ignores-expiry", "terminal-program-refuses-expired"),
                                         ("thinks-so", "terminal-program-answer-to-debit-lost"),
                                         ("three-bytes", "terminal-program-amount-of-four-bytes")])
def test_a_wrong_terminal_is_caught(tmp_path, fault, case):
    ran, verdicts = judged(tmp_path / "out", case, "--cmd", f"{FOREIGN} {fault}")
    assert ran.returncode == 1 and verdicts[case] == "fail", (ran, verdicts)


def test_cases_without_a_command_are_not_run(tmp_path):
    ran, verdicts = judged(tmp_path / "out", "terminal-purchase", "--cmd", FOREIGN)
    assert ran.returncode == 3 and verdicts["terminal-purchase"] == "not_run", (ran, verdicts)


def test_what_is_no_terminal_is_an_error(tmp_path):
    for command, told in (("true", "sent nothing to card or PSAM"), ("/nowhere/terminal", "could not be run"),
                          ("sleep 60", "did not end within 1 s")):
        ran, verdicts = judged(tmp_path / command.replace("/", "_"), "terminal-program-sells", "--cmd", command, "--timeout", "1")
        assert ran.returncode == 3 and set(verdicts.values()) == {"error"}, (command, ran, verdicts)
        assert told in ran.stdout, (command, ran.stdout)


def test_without_a_command_it_says_so():
    ran = subprocess.run([TONGKA, "terminal-test"], capture_output=True, text=True)
    assert ran.returncode == 2 and ran.stderr.count("\n") == 1 and "--cmd" in ran.stderr, ran
