"""tongka ics: declarations written, checked and asked for."""

import json
import os
import pathlib
import pty
import stat
import subprocess

import jsonschema
import pytest
import yaml

TONGKA = os.environ["TONGKA"]
SOURCES = pathlib.Path(os.environ["TONGKA_SOURCES"])
PROFILES = SOURCES / "testcases" / "profiles"
KINDS = ["card", "psam", "isam", "reader", "terminal"]


def tongka(*arguments, locale="C.UTF-8", **keywords):
    environment = {**os.environ, "LC_ALL": locale}
    return subprocess.run([TONGKA, *map(str, arguments)], capture_output=True, text=True, timeout=60, env=environment,
                          **keywords)


def new(path, *arguments):
    ran = tongka("ics", "new", "--out", path, *arguments)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", ""), ran
    return path


def findings(path, *arguments):
    """What check tells, and that its status goes with it."""
    ran = tongka("ics", "check", path, "--format", "json", *arguments)
    found = json.loads(ran.stdout)
    assert ran.returncode == (1 if found else 0) and not ran.stderr, ran
    return {(one["kind"], one["name"]): one for one in found}


def replaced(path, before, after):
    text = path.read_text()
    assert before in text
    path.write_text(text.replace(before, after))
    return path


# new

def test_a_new_declaration_has_each_question_in_both_languages(tmp_path):
    text = new(tmp_path / "card.yaml", "--kind", "card").read_text()
    assert '  # 卡片是否有电子钱包（圈存、消费、余额）？\n  # Does the card have an electronic purse (load, purchase, balance)?\n' in text
    assert '  EP: ""\n' in text and "PSAM:" not in text and "\ntries:\n" in text


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_declaration_is_read_and_nothing_in_it_is_answered(tmp_path, kind):
    found = findings(new(tmp_path / "one.yaml", "--kind", kind))
    assert found and {what for what, _ in found} == {"missing"}


def test_answers_come_from_a_profile(tmp_path):
    path = new(tmp_path / "mine.yaml", "--from", "city-union")
    assert not findings(path)
    assert '  EP: "yes"\n' in path.read_text()


def test_a_file_that_is_there_is_kept(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text("mine")
    ran = tongka("ics", "new", "--out", path)
    assert ran.returncode == 2 and "is there already" in ran.stderr and path.read_text() == "mine", ran
    ran = tongka("ics", "new", "--kind", "cart", "--out", tmp_path / "other")
    assert ran.returncode == 2 and "did you mean 'card'" in ran.stderr and os.listdir(tmp_path) == ["mine.yaml"], ran


def test_only_its_owner_reads_a_declaration(tmp_path):
    path = new(tmp_path / "mine.yaml", "--from", "city-union")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("arguments", [[], ["--from", "city-union"], ["--kind", ",".join(KINDS)]])
def test_editors_take_what_is_written(tmp_path, arguments):
    schema = json.loads((SOURCES / "testcases" / "schema" / "declaration.schema.json").read_text())
    jsonschema.validate(yaml.safe_load(new(tmp_path / "mine.yaml", *arguments).read_text()), schema)


# check

@pytest.mark.parametrize("profile", sorted(path.name.split(".")[0] for path in PROFILES.glob("*.ics.yaml")))
def test_our_own_declarations_are_right_and_our_devices_show_them(profile):
    ran = tongka("ics", "check", PROFILES / f"{profile}.ics.yaml", "--profile", profile, "--device", "sim:card", "--psam",
                 "sim:psam", "--isam", "sim:isam")
    assert ran.returncode == 0 and ran.stdout.count("\n") == 2, ran
    assert "complete and consistent" in ran.stdout and "the devices show" in ran.stdout


def test_every_kind_of_finding_has_its_place(tmp_path):
    path = new(tmp_path / "mine.yaml", "--from", "city-union")
    replaced(path, '  EP: "yes"', '  EP: "no"')
    replaced(path, '  GREY-LOCK:', '  GRAY-LOCK:')
    replaced(path, '  terminal: "112233445566"', '  terminal: "1122"')
    replaced(path, '  CITY-DATA: "yes"', '  CITY-DATA: ""')
    found = findings(path)
    assert {("mandatory", "EP"), ("unknown", "GRAY-LOCK"), ("value", "terminal"), ("missing", "CITY-DATA"),
            ("inconsistent", "CAPP")} <= set(found), found
    lines = path.read_text().splitlines()
    for (kind, name), one in found.items():
        file, line, column = one["place"].rsplit(":", 2)
        assert file == str(path)
        if kind in ("mandatory", "unknown", "value") or name == "CITY-DATA":
            assert lines[int(line) - 1][int(column) - 1:].startswith(name), one


def test_wrong_form_is_a_finding(tmp_path):
    path = new(tmp_path / "mine.yaml", "--from", "city-union")
    replaced(path, '  EP: "yes"', '  EP: "maybe"')
    ran = tongka("ics", "check", path)
    assert (ran.returncode, ran.stdout) == (1, f"{path}:7:7: EP is yes or no, not 'maybe'\n"), ran
    path.write_text("ics: [")
    assert list(findings(path)) == [("form", "")]


def test_what_cannot_be_checked_is_no_finding(tmp_path):
    assert tongka("ics", "check", tmp_path / "none.yaml").returncode == 2
    path = new(tmp_path / "mine.yaml", "--from", "city-union")
    assert tongka("ics", "check", path, "--profile", "no-such").returncode == 2
    assert tongka("ics", "check", path, "--device", "sim:cart").returncode == 2


def test_nothing_declared_is_a_finding(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text("ics: {}\n")
    assert list(findings(path)) == [("missing", "ics")]


def test_the_device_denies_what_it_is_not(tmp_path):
    path = new(tmp_path / "mine.yaml", "--from", "city-union")
    replaced(path, '  PSE: "yes"', '  PSE: "no"')
    replaced(path, '  ED: "no"', '  ED: "yes"')
    found = findings(path, "--device", "sim:card")
    assert ("undeclared", "PSE") in found and ("absent", "ED") in found, found
    assert "80 5C" in found["absent", "ED"]["text"] or "805C" in found["absent", "ED"]["text"]


def test_findings_speak_the_language_of_the_locale(tmp_path):
    path = replaced(new(tmp_path / "mine.yaml", "--from", "city-union"), '  CITY-DATA: "yes"', '  CITY-DATA: ""')
    assert "未回答CITY-DATA" in tongka("ics", "check", path, locale="zh_CN.UTF-8").stdout
    assert "未回答CITY-DATA" in tongka("ics", "check", path, "--lang", "zh").stdout
    assert "is not answered" in tongka("ics", "check", path).stdout


def test_a_pin_is_in_no_message(tmp_path):
    path = new(tmp_path / "mine.yaml", "--from", "city-union")
    text = path.read_text()
    at = text.index("\n  pin: ") + 1
    path.write_text(text[:at] + '  pin: "97867A"\n' + text[text.index("\n", at) + 1:])
    ran = tongka("ics", "check", path)
    assert ran.returncode == 1 and "pin" in ran.stdout and "97867A" not in ran.stdout + ran.stderr, ran


# ask

READER = "no\nno\nyes\nno\n"


def test_answers_are_taken_from_a_pipe(tmp_path):
    path = tmp_path / "reader.yaml"
    ran = tongka("ics", "ask", "--kind", "reader", "--out", path, input=READER)
    assert ran.returncode == 0 and not ran.stderr, ran
    assert "  # Does the reader have a SAM slot?\n" in path.read_text() and not findings(path)
    assert '  READER-CONTACTLESS: "yes"\n' in path.read_text() and '  READER-T1: "no"\n' in path.read_text()


def test_an_input_that_ends_leaves_nothing_behind(tmp_path):
    ran = tongka("ics", "ask", "--kind", "reader", "--out", tmp_path / "reader.yaml", input="no\nno\n")
    assert ran.returncode == 2 and "nothing is written" in ran.stderr and not os.listdir(tmp_path), ran


def test_one_goes_on_from_what_was_answered(tmp_path):
    path = new(tmp_path / "mine.yaml", "--from", "city-union")
    before = path.read_text()
    ran = tongka("ics", "ask", "--from", path, "--out", path, input="\n" * 500)
    assert ran.returncode == 0 and path.read_text() == before, ran
    ran = tongka("ics", "ask", "--out", path, input="\n" * 500)
    assert ran.returncode == 2 and "is there already" in ran.stderr and not ran.stdout, ran


def on_a_terminal(arguments, dialogue):
    """Answers each prompt that is waited for; exit status and what the screen showed."""
    process, terminal = pty.fork()
    if process == 0:
        os.environ["LC_ALL"] = "C.UTF-8"
        os.execv(TONGKA, [TONGKA, *map(str, arguments)])
    shown = b""
    seen = 0
    try:
        for prompt, answer in dialogue:
            while prompt.encode() not in shown[seen:]:
                shown += os.read(terminal, 4096)
            seen = shown.index(prompt.encode(), seen) + len(prompt.encode())
            os.write(terminal, answer)
        while part := os.read(terminal, 4096):
            shown += part
    except OSError:  # the other end is closed: Linux reports an error, not an end
        pass
    finally:
        os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), shown.decode()


def test_a_person_is_asked_on_a_terminal(tmp_path):
    path = tmp_path / "reader.yaml"
    status, shown = on_a_terminal(["ics", "ask", "--kind", "reader", "--out", path],
                                  [("contact cards? ", b"?\n"), ("contact cards? ", b"yes\n"), ("T=1 besides T=0? ", b"perhaps\n"),
                                   ("answer yes or no", b""), ("T=1 besides T=0? ", b"back\n"), ("contact cards? ", b"no\n"),
                                   ("SAM slot? ", b"yes\n"), ("contactless cards? ", b"no\n"),
                                   ("A reader takes cards of at least one kind", b""), ("contactless cards? ", b"yes\n"),
                                   ("type A? ", b"no\n")])
    assert status == 0, shown
    assert "READER-CONTACT: contact reader. optional" in shown
    assert '  READER-CONTACT: "no"\n' in path.read_text() and not findings(path)


def test_a_terminal_that_is_closed_leaves_nothing_behind(tmp_path):
    status, shown = on_a_terminal(["ics", "ask", "--kind", "reader", "--out", tmp_path / "reader.yaml"],
                                  [("contact cards? ", b"yes\n"), ("T=1 besides T=0? ", b"\x04")])
    assert status == 2 and "nothing is written" in shown and not os.listdir(tmp_path), shown


# list cases

def planned(*arguments):
    ran = tongka("list", "cases", "--format", "json", *arguments)
    assert ran.returncode == 0 and not ran.stderr, ran
    return {one["id"]: one for one in json.loads(ran.stdout)}


def test_the_plan_gives_the_reasons_of_the_run_and_its_report(tmp_path):
    selection = ["cash-*", "purchase-m*", "psam-unknown-key-version"]
    listed = planned(*selection, "--device", "sim:card")
    ran = tongka("run", *selection, "--device", "sim:card", "--out", tmp_path)
    assert ran.returncode in (0, 3), ran
    report = json.loads((tmp_path / "report.json").read_text())
    verdicts = {one["id"]: one for one in report["cases"]}
    assert {one["plan"] for one in listed.values()} >= {"runs", "not applicable"}
    for name, one in listed.items():
        if one["plan"] == "runs":
            assert verdicts[name]["verdict"] == "pass", one
        elif one["plan"] == "left out":
            assert name not in verdicts, one
        else:
            assert verdicts[name]["verdict"].replace("_", " ") == one["plan"], (one, verdicts[name])
            assert verdicts[name]["reason"]["en"] == one["reason"], (one, verdicts[name])


def test_the_plan_hangs_on_what_is_declared(tmp_path):
    path = replaced(new(tmp_path / "mine.yaml", "--from", "city-union"), '  CAPP: "yes"', '  CAPP: "no"')
    case = next(name for name, one in planned("304-CAP-001").items() if one["plan"] == "runs")
    one = planned(case, "--ics", path)[case]
    assert one["plan"] == "not applicable" and one["reason"] == "not declared: CAPP (composite purchase)", one


def test_no_plan_is_made_of_what_is_not_asked_for():
    assert "plan" not in next(iter(planned().values()))
    assert {one["plan"] for one in planned("--device", "sim:card").values()} == {"runs", "not applicable", "left out"}
    assert planned("psam-*", "--device", "sim:card").popitem()[1]["reason"].startswith("needs --psam")


def test_a_plan_that_cannot_be_made_says_why():
    for arguments in (["rules", "x"], ["cases", "no-such-*"], ["cases", "--ics", "none.yaml"], ["cases", "--profile", "none"]):
        ran = tongka("list", *arguments)
        assert ran.returncode == 2 and ran.stderr.count("\n") == 1 and not ran.stdout, ran


# help

@pytest.mark.parametrize("command", [["ics"], ["ics", "new"], ["ics", "check"], ["ics", "ask"]])
def test_help_has_examples(command):
    ran = tongka(*command, "--help")
    assert ran.returncode == 0 and "tongka ics " in ran.stdout.split("Examples:")[1], ran
