"""tongka report --pdf, seen through poppler: WeasyPrint's output is what a reader of PDFs finds."""

import os
import re
import shutil
import subprocess

import pytest

TONGKA = os.environ["TONGKA"]


def tongka(*arguments, **more):
    return subprocess.run([TONGKA, *map(str, arguments)], capture_output=True, text=True, **more)


def pages(pdf):
    return subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True).stdout.split("\f")[:-1]


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    folder = tmp_path_factory.mktemp("run")
    done = tongka("run", "purchase-debits-amount", "purchase-mac1-wrong", "balance-*", "--device", "sim:card", "--deviation",
                  "balance-not-debited", "--out", folder)
    assert done.returncode == 1, done.stderr
    return folder


def test_the_pdf_says_what_the_run_was(run):
    data = run / "order.yaml"
    assert tongka("report", "--new-data", data).returncode == 0
    text = data.read_text(encoding="utf-8")
    for key, value in (("number", "BJ-2026-0117"), ("address", "Street \\\"7\\\" <b>")):
        text = text.replace(f'{key}: ""', f'{key}: "{value}"', 1)
    text = text.replace('departures: []', 'departures: ["The reader was changed."]')
    text = text.replace('tester: {name: ""', 'tester: {name: "李华"')
    data.write_text(text, encoding="utf-8")
    done = tongka("report", run, "--pdf", "--report-data", data, "--lang", "both")
    assert done.returncode == 0, done.stderr
    for language, words in (("en", ["Does not conform", "Decision rule", "Rules in force", "Failures", "Observations",
                                    "Waivers", "Authorised by", "End of report", "PCTR"]),
                            ("zh", ["不符合", "判定规则", "所用规则", "不通过的用例", "观察项", "豁免", "批准", "报告结束"])):
        sheets = pages(run / f"report-{language}.pdf")
        whole = "\n".join(sheets)
        for word in words + ["BJ-2026-0117", "李华", "The reader was changed.", "purchase-debits-amount", 'Street "7" <b>']:
            assert word in whole, (language, word)
        for number, sheet in enumerate(sheets, 1):
            counted = f"page {number} of {len(sheets)}" if language == "en" else f"第 {number} 页，共 {len(sheets)} 页"
            assert counted in sheet and "BJ-2026-0117" in sheet, number
        fonts = subprocess.run(["pdffonts", run / f"report-{language}.pdf"], capture_output=True, text=True, check=True).stdout
        assert "CJK" in fonts
        # The column `emb`: no font is left to the reader's machine.
        assert all(re.search(r" yes +(yes|no) +(yes|no) ", line) for line in fonts.splitlines()[2:]), fonts
    assert not [name for name in os.listdir(run) if name.endswith((".log", ".part")) or re.search(r"report-..\.\d", name)]


def test_what_it_cannot_do_is_told_in_a_line(run, tmp_path):
    bad = tmp_path / "bad.yaml"
    bad.write_text("report:\n  nummer: 1\n")
    without = dict(os.environ, PATH=str(tmp_path))
    failing = tmp_path / "bin"
    failing.mkdir()
    (failing / "weasyprint").write_text("#!/bin/sh\necho 'no room' >&2\nexit 3\n")
    (failing / "weasyprint").chmod(0o755)
    broken = dict(os.environ, PATH=f"{failing}:{os.environ['PATH']}")
    before = sorted(os.listdir(run))
    for told, done in [
        (f"{bad}:2:3: ", tongka("report", run, "--pdf", "--report-data", bad)),
        ("weasyprint is not installed", tongka("report", run, "--pdf", env=without)),
        ("weasyprint failed (3): no room", tongka("report", run, "--pdf", env=broken)),
        ("is there already", tongka("report", "--new-data", bad)),
        ("folder of the run is missing", tongka("report")),
    ]:
        assert done.returncode == 2 and told in done.stderr and done.stderr.count("\n") == 1, (told, done)
    assert sorted(os.listdir(run)) == before


def test_weasyprint_is_there():
    """scripts/setup brings it: a machine without it would pass nothing of the above."""
    assert shutil.which("weasyprint") and shutil.which("pdftotext")
