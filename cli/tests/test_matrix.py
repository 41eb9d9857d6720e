"""tongka matrix: its exit status, its files, and faults that it must see."""

import csv
import json
import os
import subprocess
import xml.etree.ElementTree as xml

import pytest

SVG = "{http://www.w3.org/2000/svg}"
KINDS = {"wrong-root": "mac1-refused", "not-renewed": "key-destroyed", "expired-psam": "psam-out-of-date",
         "expired-card": "card-out-of-date", "white-list": "not-on-white-list", "wrong-tac": "tac-wrong"}


def matrix(*arguments, status=0):
    done = subprocess.run([os.environ["TONGKA"], "matrix", *map(str, arguments)], capture_output=True, text=True,
                          env={**os.environ, "LC_ALL": "C"})
    assert done.returncode == status, done.stdout + done.stderr
    return done.stdout if status < 2 else done.stderr


def test_every_pair_of_86_cities_pays_in_every_round(tmp_path):
    matrix("--out", tmp_path)
    written = json.loads((tmp_path / "matrix.json").read_text())
    assert len(written["cities"]) == 86 and sum(city["project"] for city in written["cities"]) == 6
    for number, one in enumerate(written["rounds"], 1):
        assert one["counts"] == {"accepted": 7396} and one["unplanned"] == []
        assert {result for row in one["results"] for result in row} == {"accepted"}
        rows = list(csv.DictReader(open(tmp_path / f"round-{number}.csv", encoding="utf-8")))
        assert len(rows) == 7396
        assert len({row["tac"] for row in rows}) > 7300  # of another transaction each
        assert len({(row["terminal"], row["terminal_serial"]) for row in rows}) == 7396
        picture = xml.parse(tmp_path / f"round-{number}.svg").getroot()
        titles = [title.text for title in picture.iter(SVG + "title")]
        assert len(titles) == 7396 and "北京 → 上海" in titles[20] and "Beijing → Shanghai" in titles[20]
        assert not list(picture.iterfind(f".//{SVG}path[@class='frame']"))
    key_indices = [{index for row in one["key_indices"] for index in row} for one in written["rounds"]]
    assert key_indices == [{1}, {1, 2}, {2}, {2}]
    page = (tmp_path / "index.html").read_text()
    assert "http:" not in page and "https:" not in page
    assert all(f'data="round-{number}.svg"' in page for number in range(1, 5))


@pytest.mark.parametrize("kind", KINDS)
def test_a_planted_fault_is_seen_in_its_city(tmp_path, kind):
    text = matrix("--cities", 12, "--break", f"{kind}=0300", "--out", tmp_path, status=1)
    assert "planted: 0300 Taiyuan" in text and "not as planned" in text
    written = json.loads((tmp_path / "matrix.json").read_text())
    assert written["planted"] == [{"fault": kind, "city": "0300"}]
    last = written["rounds"][-1]["unplanned"]
    assert KINDS[kind] in {pair["result"] for pair in last}
    assert all("0300" in (pair["card_city"], pair["terminal_city"]) for pair in last)
    frames = list(xml.parse(tmp_path / "round-4.svg").getroot().iterfind(f".//{SVG}path[@class='frame']"))
    assert len(frames) == len(last)


def test_interop_flags_are_no_fault():
    rounds = json.loads(matrix("--cities", 4, "--interop", "1000=0000", "--interop", "3000=0500", "--format", "json"))["rounds"]
    assert all(one["counts"] == {"accepted": 11, "not-interoperable": 5} for one in rounds)


def test_the_seed_makes_the_codes(tmp_path):
    for seed, folder in ((7, "a"), (7, "b"), (8, "c")):
        matrix("--cities", 3, "--seed", seed, "--algorithm", "sm4", "--out", tmp_path / folder)
    a, b, c = ((tmp_path / folder / "round-4.csv").read_text() for folder in "abc")
    assert a == b != c


def test_what_it_cannot_do_is_told(tmp_path):
    assert "there is no such fault; there are wrong-root" in matrix("--break", "wrong", status=2)
    assert "--break wrong-root=2145: no city of these 86 has the code 2145" in matrix("--break", "wrong-root=2145", status=2)
    assert "--interop 2144: is not CODE=FLAG" in matrix("--interop", "2144", status=2)
    assert "the flag must be 2 bytes" in matrix("--interop", "2144=01", status=2)
    assert "87" in matrix("--cities", 87, status=2)
    (tmp_path / "file").write_text("")
    assert "--out" in matrix("--cities", 2, "--out", tmp_path / "file", status=2)
