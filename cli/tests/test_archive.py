"""tongka archive: imported whole or not at all, found again, a case followed over runs."""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess

import pytest

TONGKA = os.environ["TONGKA"]
ZEROS = "0" * 64


def tongka(*arguments, folder):
    return subprocess.run([TONGKA, *map(str, arguments)], capture_output=True, text=True, timeout=300, cwd=folder,
                          env={**os.environ, "LC_ALL": "C.UTF-8"})


def archive(folder, *arguments, status=0):
    done = tongka("archive", *arguments, folder=folder)
    assert done.returncode == status, done.stdout + done.stderr
    if status:
        assert done.stdout == "" and done.stderr.count("\n") == 1, done.stderr
        assert done.stderr.startswith(f"tongka archive {arguments[0]}: ")
    return done.stderr if status else done.stdout


def found(folder, *arguments):
    return json.loads(archive(folder, *arguments, "--format", "json"))


def write_record(folder, started, verdicts, *, atr="3B6D00000085544B018660000000000001", asn="", spec="pcsc:ACS",
                 us=100, complete=True):
    """A record as docs/record.md has it, chained here."""
    lines = [{"kind": "header", "format": 1, "tool": {"name": "tongka", "version": "9"},
              "suite": {"version": "1", "sha256": "AB"}, "profile": {"name": "city-union", "sha256": "CD"},
              "devices": {"card": {"spec": spec, "reader": "ACS 00", "protocol": "T=0", "atr": atr, "asn": asn},
                          "psam": {"spec": "sim:psam", "atr": ""}},
              "seed": "1", "started": started, "selection": ["*"]}]
    for case in verdicts:
        lines.append({"kind": "case", "id": case, "standard": "cjt304", "title": {"zh": "题", "en": "title"},
                      "covers": [], "device": "card", "source": "cases.yaml:1", "selection": "selected"})
    totals = dict.fromkeys(("pass", "fail", "observation", "inconclusive", "error", "not_applicable", "not_run"), 0)
    for case, verdict in verdicts.items():
        lines.append({"kind": "begin", "case": case, "at": 1})
        lines.append({"kind": "exchange", "case": case, "device": "card", "phase": "steps", "step": "steps[0]",
                      "place": "cases.yaml:2:3", "at": 2, "us": us, "command": "0084000004", "response": "9000"})
        line = {"kind": "verdict", "case": case, "verdict": verdict, "checks": 1, "at": 3, "us": us + 5}
        if verdict != "pass":
            line["reason"] = {"zh": "原因", "en": f"why {case} is {verdict}"}
        lines.append(line)
        totals[verdict] += 1
    if complete:
        lines.append({"kind": "end", "at": 9, "totals": totals})
    previous, made = ZEROS, []
    for line in lines:
        made.append(json.dumps({**line, "prev": previous}, ensure_ascii=False))
        previous = hashlib.sha256(made[-1].encode()).hexdigest().upper()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "record.jsonl").write_text("\n".join(made) + "\n")
    return previous


@pytest.fixture
def year(tmp_path):
    """Four runs: one sample that breaks and is mended, and another card."""
    hashes = [
        write_record(tmp_path / "out/1", "2026-01-10T08:00:00Z", {"a": "pass", "b": "pass"}, asn="2144000000000001"),
        write_record(tmp_path / "out/2", "2026-02-10T08:00:00Z", {"a": "fail", "b": "pass"}, asn="2144000000000001",
                     us=4000),
        write_record(tmp_path / "out/3", "2026-02-20T08:00:00Z", {"a": "inconclusive"}, asn="3100000000000007",
                     atr="3B8B80012090000000000066799D2400"),
        write_record(tmp_path / "out/4", "2026-03-10T08:00:00Z", {"a": "pass", "b": "error"},
                     asn="2144000000000001")]
    archive(tmp_path, "import", "out/2", "out/1", "out/3", "out/4")
    return tmp_path, hashes


def test_search_by_what_a_run_is(year):
    folder, hashes = year

    def numbers(*arguments):
        return [hashes.index(row["record"]) + 1 for row in found(folder, "search", *arguments)]

    assert numbers() == [1, 2, 3, 4]
    assert numbers("--device", "2144") == [1, 2, 4]
    assert numbers("--device", "66799d24") == [3]
    assert numbers("--device", "acs 00") == [1, 2, 3, 4]
    assert numbers("--device", "nothing of that name") == []
    assert numbers("--vendor", "8660") == [1, 2, 4]
    assert numbers("--vendor", "东信") == [1, 2, 4]
    assert numbers("--chip", "huahong") == [1, 2, 4]
    assert numbers("--chip", "fudan") == [3]
    assert numbers("--verdict", "fail") == [2]
    assert numbers("--verdict", "pass") == [1, 2, 4]
    assert numbers("--since", "2026-02") == [2, 3, 4]
    assert numbers("--until", "2026-02") == [1, 2, 3]
    assert numbers("--since", "2026-02-10T08:00:00Z", "--until", "2026-02-10") == [2]
    assert numbers("--vendor", "8660", "--verdict", "error", "--since", "2026") == [4]


def test_search_by_case(year):
    folder, _ = year
    rows = found(folder, "search", "--case", "*", "--verdict", "pass")
    assert [(row["started"][:7], row["case"]) for row in rows] == [
        ("2026-01", "a"), ("2026-01", "b"), ("2026-02", "b"), ("2026-03", "a")]
    row, = found(folder, "search", "--case", "a", "--verdict", "fail", "--lang", "en")
    assert row["reason"] == "why a is fail" and row["device_us"] == 4000 and row["exchanges"] == 1
    row, = found(folder, "search", "--case", "a", "--verdict", "fail", "--lang", "zh")
    assert row["reason"] == "原因"


def test_tables_for_people(year):
    folder, _ = year
    table = archive(folder, "search", "--verdict", "fail").splitlines()
    assert table[0].split()[:5] == ["run", "started", "sample", "vendor", "chip"]
    assert len(table) == 2 and "2144000000000001" in table[1] and table[1].endswith(str(folder / "out/2"))
    table = archive(folder, "search", "--case", "b").splitlines()
    assert len(table) == 4 and "why b is error" in table[3]


def test_trend_of_a_case(year):
    folder, _ = year
    rows = found(folder, "trend", "a")
    assert [(row["sample"][:4], row["verdict"], row.get("was")) for row in rows] == [
        ("2144", "pass", None), ("2144", "fail", "pass"), ("3100", "inconclusive", None), ("2144", "pass", "fail")]
    assert [row["device_us"] for row in rows] == [100, 4000, 100, 100]
    assert [row["verdict"] for row in found(folder, "trend", "a", "--device", "3100")] == ["inconclusive"]
    text = archive(folder, "trend", "a", "--lang", "en").splitlines()
    assert "pass → fail" in text[2] and "4.0 ms" in text[2]
    assert text[-1] == f"The verdict changed: 2 ×, last in run {rows[-1]['run']} (2026-03-10T08:00:00Z)"
    text = archive(folder, "trend", "b", "--until", "2026-02", "--lang", "en").splitlines()
    assert text[-1] == "The verdict did not change"
    assert 'no run has a case "bb"' in archive(folder, "trend", "bb", status=2)


def test_show_and_remove(year):
    folder, hashes = year
    run = next(row["run"] for row in found(folder, "search", "--verdict", "fail"))
    told = found(folder, "show", run)
    assert told["record"] == hashes[1] and told["fail"] == 1 and told["pass"] == 1
    assert [device["role"] for device in told["devices"]] == ["card", "psam"]
    assert [(case["case"], case["verdict"]) for case in told["cases"]] == [("a", "fail")]
    text = archive(folder, "show", run, "--lang", "en")
    assert "device.card: spec=pcsc:ACS" in text and "why a is fail" in text
    for wrong in ("99", "-1"):
        assert f"there is no run {wrong}" in archive(folder, "show", wrong, status=2)

    assert "there is no run 99" in archive(folder, "remove", run, 99, status=2)
    assert len(found(folder, "search")) == 4, "none of them went"
    archive(folder, "remove", run)
    assert run not in [row["run"] for row in found(folder, "search")]
    assert [row["verdict"] for row in found(folder, "trend", "a")] == ["pass", "inconclusive", "pass"]
    assert (folder / "out/2/record.jsonl").exists()


def test_the_same_run_again_is_left_alone(year):
    folder, _ = year
    before = (folder / "archive.sqlite").read_bytes()
    shutil.copytree(folder / "out/1", folder / "copy")
    told = archive(folder, "import", "copy", "out/4", "--sample", "another name", "--lang", "en").splitlines()
    assert len(told) == 2 and all("is there already as run" in line for line in told)
    with sqlite3.connect(folder / "archive.sqlite") as book:
        assert book.execute("SELECT count(*), count(DISTINCT record) FROM runs").fetchone() == (4, 4)
    assert before[100:] == (folder / "archive.sqlite").read_bytes()[100:]


def test_a_folder_of_folders_and_names_of_ones_own(tmp_path):
    write_record(tmp_path / "out/a", "2026-01-01T00:00:00Z", {"a": "pass"})
    write_record(tmp_path / "out/b", "2026-01-02T00:00:00Z", {"a": "pass"})
    archive(tmp_path, "import", "out", "--sample", "card-7", "--vendor", "Maker & Co", "--chip", "SLE77",
            "--archive", "lab.sqlite")
    rows = found(tmp_path, "search", "--archive", "lab.sqlite")
    assert [(row["sample"], row["vendor"], row["chip"]) for row in rows] == [("card-7", "Maker & Co", "SLE77")] * 2
    assert rows[0]["folder"] == str(tmp_path / "out/a")
    assert (tmp_path / "lab.sqlite").stat().st_mode & 0o777 == 0o600


def test_a_run_that_was_cut_off_is_refused_unless_it_is_meant(tmp_path):
    write_record(tmp_path / "whole", "2026-01-01T00:00:00Z", {"a": "pass"})
    write_record(tmp_path / "cut", "2026-01-02T00:00:00Z", {"a": "pass"}, complete=False)
    why = archive(tmp_path, "import", "whole", "cut", status=2)
    assert "cut/record.jsonl: the record has no end" in why
    assert not (tmp_path / "archive.sqlite").exists(), "nothing of the other one"
    archive(tmp_path, "import", "whole", "cut", "--cut-off")
    assert [row["complete"] for row in found(tmp_path, "search")] == [True, False]


def test_what_cannot_be_imported(tmp_path):
    (tmp_path / "empty").mkdir()
    assert "there is no record.jsonl in it" in archive(tmp_path, "import", "empty", status=2)
    assert "cannot be read" in archive(tmp_path, "import", "nowhere", status=2)
    write_record(tmp_path / "altered", "2026-01-01T00:00:00Z", {"a": "fail"})
    record = tmp_path / "altered/record.jsonl"
    record.write_text(record.read_text().replace('"verdict": "fail"', '"verdict": "pass"'))
    assert "record.jsonl:" in archive(tmp_path, "import", "altered", status=2)
    assert not (tmp_path / "archive.sqlite").exists()


def test_files_that_are_no_archive_of_ours(year):
    folder, _ = year
    assert "none.sqlite: there is no archive" in archive(folder, "search", "--archive", "none.sqlite", status=2)
    assert not (folder / "none.sqlite").exists()
    (folder / "text").write_text("hello\n" * 50)
    assert "text: is no archive of runs" in archive(folder, "search", "--archive", "text", status=2)
    with sqlite3.connect(folder / "foreign") as book:
        book.execute("CREATE TABLE runs(id)")
    for command in (["search"], ["import", "out/1"]):
        assert "foreign: is no archive of runs" in archive(folder, *command, "--archive", "foreign", status=2)
    with sqlite3.connect(folder / "archive.sqlite") as book:
        book.execute("PRAGMA user_version = 2")
    assert "is of version 2; this program knows version 1" in archive(folder, "search", status=2)


def test_times_that_are_none(year):
    folder, _ = year
    for text in ("yesterday", "2026-1", "2026-01-", "26", "2026-01-31T08:15:30", "2026-01-31T08:15:30ZZ"):
        done = tongka("archive", "search", "--since", text, folder=folder)
        assert (done.returncode == 0) == (text == "2026-01-31T08:15:30"), text
        assert done.returncode in (0, 2)


def test_imports_side_by_side_all_arrive(tmp_path):
    """Each waits for the others: the first of them makes the file, too."""
    for number in range(12):
        write_record(tmp_path / f"out/{number}", f"2026-01-{number + 1:02}T00:00:00Z",
                     {f"case-{case}": "pass" for case in range(50)}, asn=f"{number:016}")
    running = [subprocess.Popen([TONGKA, "archive", "import", f"out/{number}"], cwd=tmp_path,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for number in range(12)]
    for process in running:
        _, error = process.communicate(timeout=200)
        assert process.returncode == 0, error
    assert len(found(tmp_path, "search")) == 12
    assert len(found(tmp_path, "trend", "case-49")) == 12


def test_an_import_that_is_killed_leaves_nothing(tmp_path):
    write_record(tmp_path / "first", "2026-01-01T00:00:00Z", {"a": "pass"})
    archive(tmp_path, "import", "first")
    for number in range(20):
        write_record(tmp_path / f"out/{number}", f"2026-01-{number + 1:02}T00:00:00Z",
                     {f"case-{case}": "pass" for case in range(200)}, asn=str(number))
    size = (tmp_path / "archive.sqlite").stat().st_size
    undone = 0
    for trial in range(4):
        book = tmp_path / f"try-{trial}.sqlite"
        journal = tmp_path / f"try-{trial}.sqlite-journal"
        shutil.copy(tmp_path / "archive.sqlite", book)
        process = subprocess.Popen([TONGKA, "archive", "import", "out", "--archive", book.name], cwd=tmp_path,
                                   stdout=subprocess.DEVNULL)
        # As it begins to write, and as what it wrote comes into the file.
        while process.poll() is None and not (journal.exists() if trial % 2 else book.stat().st_size > size):
            pass
        process.kill()
        process.wait()
        count = len(found(tmp_path, "search", "--archive", book.name))
        assert count in (1, 21)
        undone += count == 1
    assert undone


def test_a_run_of_ours(tmp_path):
    tongka("run", "purchase-mac1*", "--device", "sim:card", "--psam", "sim:psam", "--out", "out", folder=tmp_path)
    archive(tmp_path, "import", "out")
    row, = found(tmp_path, "search", "--verdict", "pass")
    report = json.loads((tmp_path / "out/report.json").read_text())
    for verdict, count in report["totals"].items():
        assert row[verdict] == count
    assert row["record"] == report["record"]["last_sha256"]
    assert row["exchanges"] == sum(json.loads(line)["kind"] == "exchange"
                                   for line in (tmp_path / "out/record.jsonl").read_text().splitlines())


@pytest.mark.parametrize("command", [[], ["import"], ["search"], ["trend"], ["show"], ["remove"]])
def test_help_has_an_example(tmp_path, command):
    done = tongka("archive", *command, "--help", folder=tmp_path)
    assert done.returncode == 0 and "Example: tongka archive" in done.stdout
