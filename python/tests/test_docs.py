"""docs/python.md runs, all of it but the installation, which check_pip.py does."""

import doctest
import os
import pathlib
import re
import shlex
import subprocess
import sys

import tongka

PAGE = pathlib.Path(__file__).parents[2] / "docs" / "python.md"


def blocks(kind):
    return re.findall(rf"^```{kind}\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.M | re.S)


def test_what_is_typed_answers_as_it_says(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    text = "\n".join(blocks("pycon"))
    test = doctest.DocTestParser().get_doctest(text, {}, "python.md", str(PAGE), 0)
    told: list[str] = []
    runner = doctest.DocTestRunner(optionflags=flags)
    runner.run(test, out=told.append)
    assert runner.failures == 0, "".join(told)
    assert runner.tries > 30


def test_the_tests_on_it_pass(tmp_path):
    [file] = blocks("python title=test_purse.py")
    (tmp_path / "test_purse.py").write_text(file, encoding="utf-8")
    commands = [line for block in blocks("sh") for line in block.splitlines() if line.startswith("pytest")]
    assert len(commands) == 3
    for command in commands:
        arguments = shlex.split(command.replace("$TESTCASES", str(tongka.data_directory())))[1:]
        ran = subprocess.run(
            [sys.executable, "-B", "-m", "pytest", "-p", "tongka.pytest_plugin", "-p", "no:cacheprovider", *arguments],
            cwd=tmp_path, env=os.environ, capture_output=True, text=True,
        )  # fmt: skip
        assert ran.returncode == 0, ran.stdout


def test_every_option_and_name_on_it_is_there():
    text = PAGE.read_text(encoding="utf-8")
    for name in set(re.findall(r"tongka\.(\w+)", text)) - {"pytest_plugin", "errors"}:
        assert hasattr(tongka, name), name
