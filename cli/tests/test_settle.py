"""docs/clearing.md: cards of two cities pay in both, the terminals' journals become FH files, and the centre's check and split
send each city what concerns it. Layouts are held against offsets of this test's own."""

import csv
import json
import os
import subprocess

import pytest


TONGKA = os.environ["TONGKA"]
SOURCES = os.environ["TONGKA_SOURCES"]
CITIES = ("2144", "7100")
DAY = "20261122"


class Office:
    def __init__(self, folder):
        self.folder = folder
        for name in ("cn", *CITIES):
            path = folder / f"{name}.pass"
            path.write_text(f"words of {name}\n")
            path.chmod(0o600)
        self.centre = ("--keys", "cn.keys", "--pass-file", "cn.pass")
        (folder / "cities.txt").write_text("\n".join(CITIES) + "\n")

    def run(self, *words, environment=None):
        return subprocess.run([TONGKA, *map(str, words)], capture_output=True, text=True, cwd=self.folder,
                              env={**os.environ, "LC_ALL": "C.UTF-8", **(environment or {})}, stdin=subprocess.DEVNULL)

    def done(self, *words, status=0):
        ran = self.run(*words)
        assert ran.returncode == status, (words, ran.stdout, ran.stderr)
        return ran.stdout

    def issue(self):
        self.done("keys", "new", "cn.keys", "--pass-file", "cn.pass")
        for city in CITIES:
            self.done("keys", "export", "cn.keys", "--city", city, "--pass-file", "cn.pass", "--out", f"{city}.keys",
                      "--out-pass-file", f"{city}.pass")
            keys = ("--keys", f"{city}.keys", "--pass-file", f"{city}.pass")
            self.done("issue", "card", *keys, "--asn", f"{city}010100000001", "--state", f"card-{city}", "--accounts", f"{city}.db")
            self.done("terminal", "load", *keys, "--accounts", f"{city}.db", "--deposit", 5000, "--amount", 5000, "--state", f"card-{city}")
            self.done("issue", "psam", *self.centre, "--city", city, "--serial", f"{city}0000000000000001", "--terminal",
                      f"{city}00000001", "--state", f"psam-{city}")
            other = CITIES[1 - CITIES.index(city)]
            (self.folder / f"{city}.yaml").write_text(
                f'city: "{city}"\nwhite_list: ["{other}"]\ninteroperability: ["0001", "FFFF", "0000"]\n')

    def pay(self, card, place, amount, time, status=0):
        out = self.done("terminal", "purchase", "--amount", amount, "--state", f"card-{card}", "--psam-state", f"psam-{place}",
                        "--parameters", f"{place}.yaml", "--records", f"{place}.records", "--time", DAY + time, "--format", "json",
                        status=status)
        return json.loads(out)

    def settle(self, command, folder, out, *more, status=0):
        return self.done("settle", command, folder, "--layout", "FH", *self.centre, "--cities", "cities.txt", "--date", DAY,
                         "--out", out, *more, status=status)


@pytest.fixture
def office(tmp_path):
    made = Office(tmp_path)
    made.issue()
    return made


def lines(path):
    return path.read_bytes().decode("ascii").split("\r\n")


def test_from_the_tap_to_the_settlement(office):
    paid = [office.pay(card, place, 100 + 7 * number, f"08{number:02}00")
            for number, (card, place) in enumerate([(c, p) for c in CITIES for p in CITIES])]
    for place in CITIES:
        assert "2 records" in office.done("terminal", "upload", f"{place}.records", "--city", place, "--date", DAY, "--out", "up")
    uploads = sorted((office.folder / "up").iterdir())
    assert [path.name for path in uploads] == [f"FH261122{place}0000000001" for place in CITIES]

    first = lines(uploads[0])
    assert first[0] == "012000" and first[1] == "00002" + "21440000" + "0174" + "0" + "00000000" and first[4:] == [""]
    record = first[2]  # offsets of clauses.md A.1
    assert len(record) == 172
    assert record[38:42] == "2144" and record[101:105] == "2144" and record[105:121] == "2144010100000001"
    assert record[89:101] == "214400000001" and int(record[139:147]) == 100 and record[147:161] == DAY + "080000"
    assert int(record[131:139]) == 5000 and record[161:169] == paid[0]["tac"] and record[12:14] == "06"

    office.settle("check", "up", "checked")
    summary = json.loads((office.folder / "checked" / "summary.json").read_text())
    assert (summary["records"], summary["accepted"], summary["set_aside"]) == (4, 4, 0)

    assert "4 settled" in office.settle("split", "up", "down", "--settle-date", "20261123")
    for home in CITIES:
        (path,) = (office.folder / "down").glob(f"DF261123{home}*")
        records = lines(path)[2:-1]
        assert [(r[21:25], int(r[59:67]), r[81:89]) for r in records] == [
            (place, one["amount"], one["tac"]) for one, (card, place) in
            sorted(zip(paid, [(c, p) for c in CITIES for p in CITIES]), key=lambda pair: pair[1][1]) if card == home]
    for place in CITIES:
        (path,) = (office.folder / "down").glob(f"DT261123{place}*")
        assert [(len(r), r[87:93]) for r in lines(path)[2:-1]] == [(94, "000000")] * 2


def test_every_planted_error_is_found(office):
    office.done("settle", "make", *office.centre, "--cities", "cities.txt", "--records", 3000, "--date", DAY, "--plant", "all:3",
                "--out", "made")
    office.settle("check", "made", "checked", "--blacklist", "made/blacklist.txt", status=1)
    compare = [f"{SOURCES}/scripts/compare-findings", "made", "checked"]
    ran = subprocess.run(["/usr/bin/python3", "-B", *compare], cwd=office.folder, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert " 0 other findings" in ran.stdout

    aside = office.folder / "checked" / "set-aside.csv"
    rows = list(csv.DictReader(aside.open(encoding="utf-8", newline="")))
    aside.write_text(aside.read_text().replace(rows[0]["file"], "FH0", 1))
    ran = subprocess.run(["/usr/bin/python3", "-B", *compare], cwd=office.folder, capture_output=True, text=True)
    assert ran.returncode == 1 and "not found" in ran.stderr


def test_bad_input_is_told_with_its_place(office):
    def fails(*words):
        ran = office.run("settle", *words)
        assert ran.returncode == 2 and ran.stderr.count("\n") == 1, ran.stderr
        return ran.stderr

    assert "nowhere" in fails("check", "nowhere", "--layout", "FH", *office.centre, "--out", "out")
    assert "there is no layout 'FI'" in fails("show", "up", "--layout", "FI")
    assert "21A4" in fails("make", *office.centre, "--cities", write(office, "c.txt", "21A4\n"), "--out", "out")
    assert "no such error" in fails("make", *office.centre, "--cities", "cities.txt", "--plant", "tick", "--out", "out")
    assert "no date" in fails("make", *office.centre, "--cities", "cities.txt", "--date", "20261331", "--out", "out")
    shown = office.run("settle", "show", write(office, "FH26112221440000000001", "012000\r\nrubbish\r\n"))
    assert shown.returncode == 1 and "line 2: a header line has 26 characters, this one 7" in shown.stderr


def write(office, name, text):
    (office.folder / name).write_text(text, newline="")
    return name


def test_refusals_have_names(office):
    (office.folder / "2144.yaml").write_text('city: "2144"\n')
    assert office.pay("7100", "2144", 10, "080000", status=1)["reason"] == "city-not-accepted"
    (office.folder / "black.txt").write_text("2144010100000001\nrubbish\n")
    (office.folder / "2144.yaml").write_text('city: "2144"\nblacklist: black.txt\n')
    assert office.pay("2144", "2144", 10, "080100", status=1)["reason"] == "blacklisted"
    (office.folder / "2144.yaml").write_text('city: "2144"\n')
    assert office.pay("2144", "2144", 10, "080200", status=1)["reason"] == "application-locked"
    records = json.loads(office.done("terminal", "records", "2144.records", "--format", "json"))
    assert [(one["kind"], one["tac"]) for one in records] == [("lock", "00000000")]
    office.done("terminal", "upload", "2144.records", "--city", "2144", "--date", DAY, "--out", "up")
    assert lines(office.folder / "up" / "FH26112221440000000001")[2][70] == "1"


def test_a_day_s_files_are_tested_and_the_first_fault_is_named(tmp_path):
    office = Office(tmp_path)
    office.done("keys", "new", "cn.keys", "--pass-file", "cn.pass")
    made = ("--cities", "cities.txt", "--records", 300, "--date", DAY)
    office.done("settle", "make", *office.centre, *made, "--out", "good")
    office.done("run", "file-upload-*", "--file", "good", *office.centre, "--out", "right")
    office.done("settle", "make", *office.centre, *made, "--plant", "tac:1", "--out", "bad")
    [planted] = csv.DictReader((tmp_path / "bad" / "planted.csv").open())
    (tmp_path / "bad" / "planted.csv").unlink()  # who knows of it is not told of it again
    told = office.done("run", "file-upload-*", "--file", "bad", *office.centre, "--out", "wrong", status=1)
    assert f"first is {planted['file']}, line {planted['line']}: the TAC is wrong, and there must be none" in told
    told = office.run("run", "--file", "nowhere", "--out", "none")
    assert (told.returncode, told.stderr) == (2, "tongka run: nowhere: no such file or folder\n")
    assert not (tmp_path / "none").exists()
