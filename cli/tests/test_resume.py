"""A run that is killed, or whose record is cut at any byte, goes on to the verdicts of one that was not."""

import json
import os
import pathlib
import random
import shutil
import signal
import subprocess

import pytest

TONGKA = os.environ["TONGKA"]
KILLS = 15
CUTS = 15  # cli/tests/resume_test.cpp does hundreds, with the parts of the program

REQUIREMENT = """- id: 304-RND-001
  title: {zh: 随机数, en: Random numbers}
  rule: {zh: 卡片给出随机数。, en: The card gives random numbers.}
  edition: "2017"
  basis: "GET CHALLENGE"
  level: shall
  confidence: verified
  testable: apdu
"""

CASE = """- id: case-{number}
  title: {{zh: 随机数, en: Random numbers}}
  covers: [304-RND-001]
  device: card
  steps:
    - repeat: 40
      send: "00 84 00 00 04"
      expect: "{expected} *"
"""


@pytest.fixture(scope="module")
def suite(tmp_path_factory):
    folder = tmp_path_factory.mktemp("suite")
    for name in ("catalogue", "cases/cjt304", "procedures"):
        (folder / name).mkdir(parents=True)
    for standard in ("cjt304", "cjt333", "gbt31778"):
        (folder / "catalogue" / f"{standard}.yaml").write_text(REQUIREMENT if standard == "cjt304" else "[]\n")
    cases = [CASE.format(number=number, expected="6A82" if number % 5 == 3 else "9000") for number in range(12)]
    (folder / "cases" / "cjt304" / "cases.yaml").write_text("\n".join(cases))
    return folder


def command(suite, out, *more):
    return [TONGKA, "run", "--device", "sim:card", "--suite", str(suite), "--out", str(out), *more]


def run(suite, out, *more):
    return subprocess.run(command(suite, out, *more), capture_output=True, text=True, timeout=120,
                          env={**os.environ, "LC_ALL": "C.UTF-8"})


def verdicts(out):
    report = json.loads((out / "report.json").read_text())
    return {each["id"]: each["verdict"] for each in report["cases"]}


@pytest.fixture(scope="module")
def whole(suite, tmp_path_factory):
    out = tmp_path_factory.mktemp("whole") / "out"
    assert run(suite, out).returncode == 1
    return out


def test_what_is_expected_of_a_whole_run(whole):
    assert list(verdicts(whole).values()).count("fail") == 2
    assert len(verdicts(whole)) == 12


def test_a_run_that_is_killed_goes_on(suite, whole, tmp_path):
    chance = random.Random(1)
    size = (whole / "record.jsonl").stat().st_size
    for count in range(KILLS):
        out = tmp_path / str(count)
        record = out / "record.jsonl"
        # Killed when so much of the record has come to the file, which says nothing of where the process is by then.
        limit = chance.randrange(size // 10, size)
        with subprocess.Popen(command(suite, out), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as child:
            while child.poll() is None and not (record.exists() and record.stat().st_size >= limit):
                pass
            child.send_signal(signal.SIGKILL)
        ran = run(suite, out, "--resume")
        assert ran.returncode == 1 or "came to its end" in ran.stderr, ran
        if ran.returncode == 1:
            assert verdicts(out) == verdicts(whole)
            assert "the run was cut off, and went on at" in ran.stdout
            assert len(json.loads((out / "report.json").read_text())["run"]["continued"]) == 1
            assert "the run was cut off, and went on at" in (out / "report.html").read_text()


def test_a_record_that_is_cut_at_any_byte_is_read_and_goes_on(suite, whole, tmp_path):
    chance = random.Random(2)
    data = (whole / "record.jsonl").read_bytes()
    head = data.index(b"\n") + 1
    end = data.index(b'{"kind":"end"')
    expected = verdicts(whole)
    for count in range(CUTS):
        out = tmp_path / str(count)
        out.mkdir()
        cut = chance.randrange(head, end + 1)
        (out / "record.jsonl").write_bytes(data[:cut])
        if count % 3 == 0:
            told = subprocess.run([TONGKA, "report", str(out)], capture_output=True, text=True,
                                  env={**os.environ, "LC_ALL": "C.UTF-8"})
            assert told.returncode == 0 and "no end" in told.stdout, told
        ran = run(suite, out, "--resume")
        assert ran.returncode == 1, (cut, ran)
        assert verdicts(out) == expected, cut
        record = (out / "record.jsonl").read_bytes()
        kept = data[:cut].rfind(b"\n") + 1
        assert record.startswith(data[:kept]), cut
        shutil.rmtree(out)


def test_what_cannot_go_on_is_told(suite, whole, tmp_path):
    ran = run(suite, whole, "--resume")
    assert ran.returncode == 2 and "the run came to its end; there is nothing to go on with" in ran.stderr, ran
    ran = run(suite, tmp_path / "nothing", "--resume")
    assert ran.returncode == 2 and "No such file" in ran.stderr and not (tmp_path / "nothing").exists(), ran
    lines = (whole / "record.jsonl").read_text().splitlines(keepends=True)
    out = tmp_path / "out"
    out.mkdir()
    (out / "record.jsonl").write_text("".join(lines[:-1]))
    ran = run(suite, out, "--resume", "--seed", "7")
    assert ran.returncode == 2 and "seed: 1 in the record, 7 now" in ran.stderr, ran
    assert (out / "record.jsonl").read_text() == "".join(lines[:-1])
    altered = "".join(lines[:5]) + lines[5].replace("case", "cafe", 1) + "".join(lines[6:-1])
    (out / "record.jsonl").write_text(altered)
    ran = run(suite, out, "--resume")
    assert ran.returncode == 2 and "record.jsonl:" in ran.stderr, ran
    assert pathlib.Path(out / "record.jsonl").read_text() == altered
