"""Readers under test: the lab's, with the reference card, and the one in process."""

import json
import os
import subprocess

import pytest

TONGKA = os.environ["TONGKA"]
READER = "Tongka Reference 00 00"


def doctor(*arguments, before=()):
    return subprocess.run([*before, TONGKA, "doctor", *arguments, "--lang", "en"], capture_output=True, text=True, timeout=120)


@pytest.mark.parametrize(("card", "other"), [("t0", "T=1"), ("t1", "T=0"), ("contactless", "T=0")])
def test_the_labs_reader_is_right(card, other):
    ran = doctor("--reader", READER, "--format", "json", before=(TONGKA, "lab", "--reference", card, "--"))
    assert ran.returncode == 0, ran
    told = json.loads(ran.stdout)
    assert told["reader"] == READER and told["protocol"] == ("t0" if card == "t0" else "t1")
    assert told["largest_answer"] == 256 and told["exchanges"] == 200
    assert 0 < told["latency_lowest_us"] <= told["latency_median_us"]
    verdicts = {one["case"]: one for one in told["cases"]}
    assert len(verdicts) >= 35 and verdicts["reader-insertion"]["verdict"] == "pass"
    not_run = [one for one in told["cases"] if one["verdict"] != "pass"]
    assert {one["verdict"] for one in not_run} == {"not run"}
    assert {one["reason"] for one in not_run} == {f"the card in the reader does not speak {other}"}


def test_an_ordinary_card_leaves_fewer_cases():
    ran = doctor("--reader", "Tongka Card", "--format", "json", before=(TONGKA, "lab", "--"))
    assert ran.returncode == 0, ran
    reasons = {one["case"]: one["reason"] for one in json.loads(ran.stdout)["cases"] if one["verdict"] != "pass"}
    assert reasons["reader-once"] == "the card in the reader is not the reference card (docs/reader.md)"
    assert "reader-transaction" not in reasons


def test_a_table_without_a_lab():
    ran = doctor("--reader", "sim:reader")
    assert ran.returncode == 0, ran
    assert "largest_answer" in ran.stdout and "not run" not in ran.stdout


def test_what_is_no_reader_is_told():
    ran = doctor("--reader", "no such reader", before=(TONGKA, "lab", "--reference", "t1", "--"))
    assert ran.returncode == 2 and "there is no reader 'no such reader'" in ran.stderr


def test_a_wrong_reader_fails(tmp_path):
    command = [TONGKA, "run", "--reader", "sim:reader", "--deviation", "reader-atr-cut", "--out", tmp_path / "out"]
    assert subprocess.run(command, capture_output=True, timeout=60).returncode == 1
