"""tongka case, tongka deviations, manual steps and inspections: what authors of cases and operators use."""

import json
import os
import pathlib
import subprocess

TONGKA = os.environ["TONGKA"]
SOURCES = pathlib.Path(os.environ["TONGKA_SOURCES"])

GOOD = """- id: my-balance
  title: {zh: 余额, en: The balance}
  covers: [304-BAL-001]
  applies: EP
  device: card
  setup:
    - call: select-application
  steps:
    - send: "80 5C 00 02 04"
      expect: "9000 {balance:4}"
"""


def tongka(*arguments, **keywords):
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    return subprocess.run([TONGKA, *map(str, arguments)], capture_output=True, text=True, timeout=300, env=environment,
                          **keywords)


def written(folder, text, name="mine.yaml"):
    path = folder / name
    path.write_text(text)
    return path


def test_a_good_file_is_told_to_be_so(tmp_path):
    ran = tongka("case", "check", written(tmp_path, GOOD))
    assert (ran.returncode, ran.stdout) == (0, "1 case, nothing wrong in form, names and widths\n"), ran


def test_what_is_wrong_is_told_with_its_place(tmp_path):
    for wrong, told in ((GOOD.replace("expect:", "expct:"), "mine.yaml:10:7:"),
                        (GOOD.replace("304-BAL-001", "304-BAL-999"), "304-BAL-999"),
                        (GOOD.replace("applies: EP", "applies: EQ"), "mine.yaml:4:12: the ICS does not declare"),
                        (GOOD.replace("select-application", "select-aplication"), "did you mean 'select-application'?"),
                        ("- [", "mine.yaml:")):
        ran = tongka("case", "check", written(tmp_path, wrong))
        assert ran.returncode == 2 and told in ran.stderr and ran.stderr.count("\n") == 1, (told, ran)


def test_a_case_runs_as_it_is_written(tmp_path):
    good, bad = written(tmp_path, GOOD), written(tmp_path, GOOD.replace("9000 {balance:4}", "6A82"), "bad.yaml")
    assert tongka("case", "run", good).returncode == 0
    ran = tongka("case", "run", bad, "--lang", "en")
    assert ran.returncode == 1 and "my-balance" in ran.stdout and "not 6A82" in ran.stdout, ran
    assert tongka("case", "run", good, "--deviation", "balance-without-state-refused").returncode == 1


def test_procedures_of_ones_own(tmp_path):
    procedures = written(tmp_path, """- procedure: my-own
  title: {zh: 题, en: title}
  device: card
  steps:
    - send: "00 84 00 00 04"
      expect: "9000 *"
""", "procedures.yaml")
    cases = written(tmp_path, GOOD + "    - call: my-own\n")
    assert tongka("case", "check", cases).returncode == 2
    assert tongka("case", "run", cases, "--procedures", procedures).returncode == 0


def test_a_file_that_is_watched_is_run_again(tmp_path):
    path = written(tmp_path, GOOD)
    with subprocess.Popen([TONGKA, "case", "run", path, "--watch", "--lang", "en"], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          text=True) as process:
        try:
            for line in process.stderr:
                if "waiting" in line:
                    break
            written(tmp_path, GOOD.replace("9000 {balance:4}", "6A82"))
            said = []
            for line in process.stdout:
                said.append(line)
                if "not 6A82" in line:
                    break
            assert any(line.startswith("Pass 1") for line in said), said
        finally:
            process.kill()


def test_a_deviation_tells_who_notices_it():
    ran = tongka("deviations", "balance-not-debited", "--profile", "city-union", "--lang", "en")
    assert ran.returncode == 0, ran
    assert "purchase-debits-amount" in ran.stdout and "1 of 1 deviations caught" in ran.stdout


def test_a_deviation_that_survives_is_told():
    ran = tongka("deviations", "balance-not-debited", "--profile", "city-union", "--case", "select-*", "--format", "json")
    assert ran.returncode == 1
    assert json.loads(ran.stdout)["survivors"] == ["balance-not-debited"]


def test_an_unknown_deviation_is_told_with_the_nearest():
    ran = tongka("deviations", "balance-not-debitet")
    assert ran.returncode == 2 and "did you mean 'balance-not-debited'?" in ran.stderr, ran


def test_a_matrix_as_a_table():
    ran = tongka("deviations", "balance-not-debited", "load-slow", "--profile", "city-union", "--format", "csv")
    lines = ran.stdout.splitlines()
    assert lines[0] == "case,balance-not-debited,load-slow"
    cells = {line.split(",")[0]: line.split(",")[1:] for line in lines}
    assert cells["load-in-time"][1] == "o" and cells["purchase-debits-amount"] == ["x", ""]


def test_inspections_take_answers_and_files(tmp_path):
    listed = json.loads(tongka("list", "requirements", "--format", "json").stdout)
    ids = [one["id"] for one in listed if one["testable"] == "inspection"]
    (tmp_path / "photo.jpg").write_bytes(b"light")
    answers = written(tmp_path, f"""by: Li Hua
answers:
  inspect-{ids[0].lower()}:
    - {{answer: "yes", remark: seen, attachments: [photo.jpg]}}
  inspect-{ids[1].lower()}:
    - {{answer: "no"}}
""", "answers.yaml")
    out = tmp_path / "out"
    ran = tongka("run", "inspect-*", "--inspections", "--answers", answers, "--out", out)
    assert ran.returncode == 1, ran
    report = json.loads((out / "report.json").read_text())
    verdicts = {case["id"]: case["verdict"] for case in report["cases"]}
    assert len(verdicts) == len(ids)
    assert verdicts[f"inspect-{ids[0].lower()}"] == "pass" and verdicts[f"inspect-{ids[1].lower()}"] == "fail"
    assert set(verdicts.values()) == {"pass", "fail", "inconclusive"}
    attached = [line for line in map(json.loads, open(out / "record.jsonl")) if line["kind"] == "attachment"]
    assert (out / "attachments" / attached[0]["name"]).read_bytes() == b"light"


def test_answers_are_checked_before_anything_is_run(tmp_path):
    for text, told in (("by: Li\nanswers: {inspect-x: [{answer: maybe}]}", "answers.yaml:2:"),
                       ("by: Li\nanswers: {inspect-x: [{answer: 'yes', attachments: [gone.jpg]}]}", "gone.jpg"),
                       ("answers: {}", "by")):
        answers = written(tmp_path, text, "answers.yaml")
        ran = tongka("run", "inspect-*", "--inspections", "--answers", answers, "--out", tmp_path / "out")
        assert ran.returncode == 2 and told in ran.stderr and ran.stderr.count("\n") == 1, ran
        assert not (tmp_path / "out" / "record.jsonl").exists()


def test_without_answers_inspections_are_not_run(tmp_path):
    ran = tongka("run", "inspect-*", "--inspections", "--out", tmp_path / "out")
    assert ran.returncode == 3, ran
