"""Types: the package is right by mypy --strict, its stubs are what is there, and users' code is checked by them."""

import os
import pathlib
import subprocess
import sys

import pytest

import tongka

HERE = pathlib.Path(__file__).parent
SOURCES = HERE.parent / "tongka"

USER = """
import tongka

card = tongka.connect("sim:card")
psam = tongka.connect("sim:psam")
paid: tongka.Purchase = card.purchase(psam, 1)
reveal_type(card)
reveal_type(psam)
reveal_type(tongka.connect("pcsc:X", "isam"))
card.balance().upper()
"""


def mypy(*arguments, folder):
    environment = {name: value for name, value in os.environ.items() if name != "LD_PRELOAD"}
    return subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(folder), *arguments],
        capture_output=True, text=True, env=environment, cwd=folder,
    )  # fmt: skip


def test_the_package_is_strict(tmp_path):
    checked = mypy(str(SOURCES), folder=tmp_path)
    assert checked.returncode == 0, checked.stdout


def test_a_users_program_is_checked(tmp_path, monkeypatch):
    (tmp_path / "program.py").write_text(USER)
    monkeypatch.setenv("MYPYPATH", str(SOURCES.parent))
    checked = mypy("program.py", folder=tmp_path)
    for wanted in ("devices.Card", "devices.Psam", "devices.Isam", '"int" has no attribute "upper"'):
        assert wanted in checked.stdout


@pytest.mark.skipif("LD_PRELOAD" in os.environ, reason="stubtest imports what only the sanitized interpreter can")
def test_the_stubs_tell_what_is_there(tmp_path):
    package = pathlib.Path(tongka.__file__).parent.parent
    allowed = ["--allowlist", str(HERE / "stubtest-allowed.txt"), "--ignore-unused-allowlist"]
    checked = subprocess.run(
        [sys.executable, "-m", "mypy.stubtest", "tongka._tongka", "--concise", *allowed],
        capture_output=True, text=True, cwd=tmp_path, env=dict(os.environ, MYPYPATH=str(package)),
    )  # fmt: skip
    assert checked.returncode == 0, checked.stdout
