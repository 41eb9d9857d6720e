"""tongka terminal-test: our own terminal and one of somebody else's, right and wrong."""

import json
import os
import pathlib
import subprocess

import pytest

TONGKA = os.environ["TONGKA"]
SOURCES = pathlib.Path(os.environ["TONGKA_SOURCES"])
FOREIGN = f"/usr/bin/python3 -B {SOURCES}/cli/tests/terminal_program.py {{amount}} '{{card-reader}}' '{{psam-reader}}'"
OWN = f"{TONGKA} terminal purchase --device 'pcsc:{{card-reader}}' --psam 'pcsc:{{psam-reader}}' --amount {{amount}} --time {{date}}{{time}}"
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
    assert len(verdicts) == 22 and set(verdicts.values()) == {"pass"}


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
    for command, told in (("true", "sent nothing to the card"), ("exec /nowhere/terminal", "could not be run"),
                          ("sleep 60", "did not end within 1 s")):
        ran, verdicts = judged(tmp_path / command.replace("/", "_"), "terminal-program-sells", "--cmd", command, "--timeout", "1")
        assert ran.returncode == 3 and set(verdicts.values()) == {"error"}, (command, ran, verdicts)
        assert told in ran.stdout, (command, ran.stdout)


def test_without_a_command_it_says_so():
    ran = subprocess.run([TONGKA, "terminal-test"], capture_output=True, text=True)
    assert ran.returncode == 2 and ran.stderr.count("\n") == 1 and "--cmd" in ran.stderr, ran


def test_our_own_terminal_recovers(tmp_path):
    parameters = tmp_path / "parameters.yaml"
    parameters.write_text('city: "2144"\n')
    common = f"--records {{folder}}/journal --parameters {parameters}"
    settles = f"{TONGKA} terminal recover --device 'pcsc:{{card-reader}}' {common}"
    ran, verdicts = judged(tmp_path / "out", "--cmd", f"{OWN} {common}", "--cmd-recover", settles)
    assert ran.returncode == 0, (ran, verdicts)
    assert "terminal-recovery-program-paid" in verdicts and len(verdicts) == 24 and set(verdicts.values()) == {"pass"}
    assert "terminal-rides-program-in-and-out" not in verdicts, "no command was given for rides"


@pytest.mark.parametrize("deviation, case", [
    ("terminal-expiry-unchecked", "terminal-program-refuses-expired"),
    ("terminal-start-unchecked", "terminal-program-refuses-not-started"),
    ("terminal-mac2-not-shown", "terminal-program-mac2-wrong"),
    ("terminal-grey-forgotten", "terminal-program-same-card-is-back"),
    ("terminal-recovery-debits-again", "terminal-recovery-program-paid"),
    ("terminal-recovery-counter-before", "terminal-recovery-program-paid"),
])
def test_our_own_terminal_with_a_fault_is_caught(tmp_path, deviation, case):
    parameters = tmp_path / "parameters.yaml"
    parameters.write_text('city: "2144"\n')
    common = f"--records {{folder}}/journal --parameters {parameters} --deviation {deviation}"
    settles = f"{TONGKA} terminal recover --device 'pcsc:{{card-reader}}' {common}"
    ran, verdicts = judged(tmp_path / "out", case, "--cmd", f"{OWN} {common}", "--cmd-recover", settles)
    assert ran.returncode == 1 and verdicts[case] == "fail", (ran, verdicts)


@pytest.mark.parametrize("arguments, says", [
    (("--cmd", "no-such-terminal {amount}"), "--cmd: command not found: no-such-terminal"),
    (("--cmd", "/nowhere/terminal"), "--cmd: command not found: /nowhere/terminal"),
    (("--cmd", "true {amont}"), "--cmd: '{amont}' is no placeholder of it: did you mean 'amount'?"),
    (("--cmd", "true", "--cmd-tap-in", "true {amount}"), "--cmd-tap-in: '{amount}' is no placeholder of it"),
])
def test_a_command_that_cannot_be_is_told_before_any_case(tmp_path, arguments, says):
    ran, verdicts = judged(tmp_path / "out", *arguments)
    assert ran.returncode == 2 and says in ran.stderr and ran.stderr.count("\n") == 1, ran
    assert not (tmp_path / "out").exists()
