"""The program as its users meet it: exit statuses, one clear line for bad input, nothing half-written."""

import json
import os
import pathlib
import subprocess

import pytest

TONGKA = os.environ["TONGKA"]
SOURCES = pathlib.Path(os.environ["TONGKA_SOURCES"])
PROFILE = SOURCES / "testcases/profiles/city-union.yaml"


def tongka(*arguments, stdin="", **environment):
    """Runs the program in English, away from any PC/SC service of the machine."""
    surroundings = {**os.environ, "LC_ALL": "C.UTF-8", "PCSCLITE_CSOCK_NAME": "/nonexistent/pcscd.comm", **environment}
    return subprocess.run(
        [TONGKA, *map(str, arguments)], input=stdin, capture_output=True, text=True, env=surroundings, timeout=60
    )


def refused(*arguments, says, **more):
    """Checks that the program gives exit status 2, one line on stderr that has `says`, and nothing on stdout."""
    ran = tongka(*arguments, **more)
    assert ran.returncode == 2, ran
    assert ran.stdout == ""
    assert ran.stderr.count("\n") == 1, ran.stderr
    assert says in ran.stderr


@pytest.fixture
def altered_profile(tmp_path):
    """Writes the default profile with a change, and its declaration beside it."""

    def write(old, new):
        text = PROFILE.read_text()
        assert old in text
        path = tmp_path / "altered.yaml"
        path.write_text(text.replace(old, new, 1))
        (tmp_path / "altered.ics.yaml").write_text(PROFILE.with_suffix(".ics.yaml").read_text())
        return path

    return write


def suite_with(tmp_path, case):
    """Our catalogue and procedures, and one case of our own."""
    suite = tmp_path / "suite"
    (suite / "cases/cjt304").mkdir(parents=True)
    for part in ("catalogue", "procedures"):
        (suite / part).symlink_to(SOURCES / "testcases" / part)
    (suite / "cases/cjt304/mine.yaml").write_text(case)
    return suite


CASE = """- id: mine
  title: {zh: 题, en: title}
  covers: [304-BAL-001]
  device: card
  setup:
    - call: select-application
  steps:
    - send: "80 5C 00 02 04"
      expect: "9000 00000000"
      because: a new card has no money on it
"""


def test_a_right_card_passes_and_the_reports_are_there(tmp_path):
    ran = tongka("run", "cjt304", "--device", "sim:card", "--out", tmp_path / "out")
    assert ran.returncode == 0, ran
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "record.jsonl", "report.json", "report.html", "junit.xml", "ctrf.json", "cases.csv", "requirements.csv"}
    assert "Fail 0" in ran.stdout
    assert ran.stderr == ""


def test_a_wrong_card_fails_and_says_what_is_wrong(tmp_path):
    out = tmp_path / "out"
    ran = tongka("run", "purchase-mac1-wrong", "--device", "sim:card", "--deviation", "purchase-mac1-unchecked", "--out", out)
    assert ran.returncode == 1, ran
    assert "the status word is 9000, not 9302" in ran.stdout
    verdicts = [line for line in map(json.loads, (out / "record.jsonl").open()) if line["kind"] == "verdict"]
    assert [line["verdict"] for line in verdicts] == ["fail"]


def test_a_case_of_ones_own_that_is_broken_on_purpose(tmp_path):
    suite = suite_with(tmp_path, CASE.replace("9000 00000000", "9000 00000001"))
    ran = tongka("run", "--suite", suite, "--device", "sim:card", "--out", tmp_path / "out")
    assert ran.returncode == 1, ran
    assert "mine" in ran.stdout


def test_what_could_not_be_decided_is_exit_status_3(tmp_path):
    ran = tongka("run", "psam-two-levels", "--device", "sim:card", "--out", tmp_path / "out")
    assert ran.returncode == 3, ran
    assert "no psam was given" in ran.stdout


def test_what_needs_a_device_that_was_not_given_is_left_out_and_counted(tmp_path):
    out = tmp_path / "out"
    ran = tongka("run", "cjt333", "--device", "sim:card", "--psam", "sim:psam", "--out", out)
    assert ran.returncode == 0, ran
    assert "need an isam and were left out: give --isam" in ran.stdout
    assert "Not run" not in ran.stdout
    assert json.loads((out / "report.json").read_text())["run"]["left_out"][0]["missing"] == ["isam"]
    refused("run", "isam-limit*", "--device", "sim:card", "--out", tmp_path / "none", says="nothing to run: of the cases")
    assert not (tmp_path / "none").exists()


def test_a_terminal_that_nobody_knows(tmp_path):
    for role in ("terminal", "host"):
        refused("run", f"--{role}", "usb:1", "--out", tmp_path / "out", says=f"'usb:1' is no {role}: ")
    refused("run", "--file", "usb:1", "--out", tmp_path / "out", says="usb:1: no such file or folder")
    assert not (tmp_path / "out").exists()


def test_messages_come_in_chinese_where_the_locale_is(tmp_path):
    ran = tongka("run", "304-BAL-001", "--device", "sim:card", "--out", tmp_path / "out", LC_ALL="zh_CN.UTF-8")
    assert ran.returncode == 0
    assert "通过" in ran.stdout


def test_a_failed_check_is_told_in_the_language_of_the_run(tmp_path):
    suite = suite_with(tmp_path, CASE.replace("9000 00000000", "9000 00000001"))
    for language, says in (("zh", "数据第1至4字节为00000000，应为00000001"),
                           ("en", "bytes 1 to 4 of the data are 00000000, not 00000001")):
        out = tmp_path / language
        ran = tongka("run", "--suite", suite, "--device", "sim:card", "--lang", language, "--out", out)
        assert ran.returncode == 1, ran
        assert says in ran.stdout
        assert says in (out / "junit.xml").read_text(encoding="utf-8")
        assert says in (out / "report.html").read_text(encoding="utf-8"), "which has both languages"


@pytest.mark.parametrize(
    "change, says",
    [
        (("  steps:", "  stepz:"), "mine.yaml:7:3: "),
        (("expect:", "expct:"), "did you mean 'expect'?"),
        (('"9000 00000000"', '"9000 {=balence:4}"'), "mine.yaml:9:23: "),
        (('"9000 00000000"', '"9000 0000000"'), "mine.yaml:9:"),
        (("304-BAL-001", "304-BAL-999"), "there is no requirement '304-BAL-999'"),
        (("select-application", "select-aplication"), "did you mean 'select-application'?"),
        (("title: {zh", "title: {zh: [}"), "mine.yaml:2:"),
    ],
)
def test_a_case_that_is_wrong_is_refused_with_its_place(tmp_path, change, says):
    suite = suite_with(tmp_path, CASE.replace(*change))
    refused("run", "--suite", suite, "--device", "sim:card", "--out", tmp_path / "out", says=says)
    assert not (tmp_path / "out").exists()


def test_a_profile_with_a_short_key_is_refused_without_showing_it(tmp_path, altered_profile):
    profile = altered_profile("00112233445566778899AABBCCDDEEFF", "00112233445566778899AABBCC")
    ran = tongka("run", "--profile", profile, "--device", "sim:card", "--out", tmp_path / "out")
    assert ran.returncode == 2
    assert "altered.yaml:" in ran.stderr and "16 bytes, not 13" in ran.stderr
    assert "00112233" not in ran.stderr
    assert not (tmp_path / "out").exists()


def test_devices_that_are_not_there(tmp_path):
    out = tmp_path / "out"
    refused("run", "--device", "pcsc:No Such Reader", "--out", out, says="no PC/SC service is running")
    refused("run", "--device", "usb:1", "--out", out, says="'usb:1' is no device")
    refused("run", "--out", out, says="no device was given")
    refused("run", "no-such-case", "--device", "sim:card", "--out", out, says="'no-such-case' selects no case")
    refused("run", "--device", "sim:card", "--deviation", "nonsense", "--out", out, says="there is no deviation")
    refused("run", "--device", "sim:card", "--profile", "nowhere", "--out", out, says="nowhere")
    assert not out.exists()


def test_a_place_that_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("")
    refused("run", "--device", "sim:card", "--out", tmp_path / "file/out", says="--out")
    assert (tmp_path / "file").read_text() == ""


def test_a_record_is_never_written_over(tmp_path):
    arguments = ("run", "304-BAL-001", "--device", "sim:card", "--out", tmp_path / "out")
    assert tongka(*arguments).returncode == 0
    before = (tmp_path / "out/record.jsonl").read_bytes()
    refused(*arguments, says="there is a record already")
    assert (tmp_path / "out/record.jsonl").read_bytes() == before


def test_reports_are_made_again_from_the_record(tmp_path):
    out = tmp_path / "out"
    assert tongka("run", "304-BAL-001", "--device", "sim:card", "--out", out).returncode == 0
    first = (out / "report.json").read_bytes()
    (out / "report.json").unlink()
    assert tongka("report", out).returncode == 0
    assert (out / "report.json").read_bytes() == first
    refused("report", tmp_path / "nowhere", says="nowhere")


def test_who_owns_the_texts_supplies_the_clauses(tmp_path):
    clauses = tmp_path / "clauses.yaml"
    clauses.write_text('304-BAL-001: "9.9.9"\n')
    arguments = ("run", "304-BAL-001", "--device", "sim:card", "--clause-map", clauses, "--out", tmp_path / "out")
    assert tongka(*arguments).returncode == 0
    lines = [json.loads(line) for line in (tmp_path / "out/record.jsonl").open()]
    assert lines[0]["clause_map"] == "clauses.yaml"
    assert [line.get("clause") for line in lines if line["kind"] == "requirement"] == ["9.9.9"]
    clauses.write_text('304-BAL-999: "9.9.9"\n')
    refused(*arguments, says="clauses.yaml:1:1: there is no requirement '304-BAL-999'")


def test_apdu_answers_one_line_a_command():
    ran = tongka("apdu", "--device", "sim:psam", stdin="00A4040006BDA8C9E8B2BF # select\n\n00B0970001\nreset\n")
    assert ran.returncode == 0
    assert ran.stdout.splitlines() == [
        "6F088406BDA8C9E8B2BF9000", "019000", "3B6D00000081544B018660000000000001"]
    raw = tongka("apdu", "--raw", "--device", "sim:psam", stdin="00A4040006BDA8C9E8B2BF\n")
    assert raw.stdout == "610A\n"
    refused("apdu", stdin="80CA0\n", says="line 1: half a byte at column 5")
    decoded = tongka("apdu", "--decode", stdin="80CA000009\n")
    assert "GET MESSAGE" in decoded.stdout


@pytest.mark.parametrize("kind, some", [("cases", "purchase-mac1-wrong"), ("requirements", "304-PUR-001"),
                                        ("rules", "log-counter"), ("status-words", "9302"),
                                        ("deviations", "purchase-mac1-unchecked")])
def test_lists_in_text_and_json(kind, some):
    text = tongka("list", kind)
    assert text.returncode == 0 and some in text.stdout
    rows = json.loads(tongka("list", kind, "--format", "json").stdout)
    assert len(rows) == text.stdout.count("\n") - 1
    assert any(some in row.values() for row in rows)


def test_requirements_tell_an_inspector_what_to_do():
    rows = {row["id"]: row for row in json.loads(tongka("list", "requirements", "--format", "json").stdout)}
    mark = rows["31778-CRD-020"]
    assert mark["testable"] == "inspection" and mark["inspect"].startswith("Look at both sides")
    assert rows["304-PUR-001"]["testable"] == "apdu" and rows["304-PUR-001"]["inspect"] == ""
    chinese = tongka("list", "requirements", "--lang", "zh").stdout
    assert any(line.startswith("31778-CRD-020") and "查看" in line for line in chinese.splitlines())
    assert not any(line.endswith(" ") for line in chinese.splitlines())


def test_help_has_an_example():
    for command in ("run", "list", "apdu", "certificates", "doctor", "report", "lab"):
        ran = tongka(command, "--help")
        assert ran.returncode == 0
        assert "Example" in ran.stdout, command
    assert tongka("--version").stdout.startswith("tongka ")
    assert tongka("runn").returncode == 2
