#!/usr/bin/python3
"""check_csv.py GOLDEN: the tables as Python's csv module reads them, held against report.json."""
import csv
import json
import pathlib
import sys

golden = pathlib.Path(sys.argv[1])
report = json.loads((golden / "report.json").read_text(encoding="utf-8"))


def table(name):
    data = (golden / name).read_bytes()
    assert data.startswith(b"\xef\xbb\xbf") and data.endswith(b"\r\n"), name
    return list(csv.DictReader(data.decode("utf-8-sig").splitlines(keepends=True), strict=True))


cases = table("cases.csv")
assert [(row["case"], row["verdict"]) for row in cases] == [(one["id"], one["verdict"]) for one in report["cases"]]
assert [row["title_zh"] for row in cases] == [one["title"]["zh"] for one in report["cases"]]
assert [int(row["exchanges"]) for row in cases] == [one["exchanges"] for one in report["cases"]]
requirements = table("requirements.csv")
assert [(row["requirement"], row["verdict"]) for row in requirements] == [(one["id"], one["verdict"])
                                                                          for one in report["requirements"]]
assert [row["cases"].split() for row in requirements] == [one["cases"] for one in report["requirements"]]
for row in cases + requirements:
    assert None not in row and all(value is not None and value[:1] not in tuple("=+-@") or not value for value in row.values()), row
