"""What the command tells of itself: completion in bash, and the manual page."""

import os
import pathlib
import re
import shutil
import subprocess

import pytest

TONGKA = os.environ["TONGKA"]
SOURCES = pathlib.Path(os.environ["TONGKA_SOURCES"])
LOADER = pathlib.Path("/usr/share/bash-completion/bash_completion")

# What readline does for bash: the line is split at COMP_WORDBREAKS, and the function of `complete -F` is called.
DRIVER = r"""
source {loader}; source {ours}
compopt() {{ :; }}
COMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); COMP_LINE={line}; COMP_POINT=${{#COMP_LINE}}
_tongka; printf '%s\n' "${{COMPREPLY[@]}}"
"""


def completed(line, folder, words=None):
    """The words that bash would offer for a line; `words` where it splits the line at : and = as well."""
    parts = words or line.split(" ")
    quoted = " ".join("'" + part + "'" for part in parts)
    script = DRIVER.format(loader=LOADER, ours=SOURCES / "cli/describe/tongka.bash", words=quoted, line="'" + line + "'")
    environment = {**os.environ, "PATH": f"{pathlib.Path(TONGKA).parent}:{os.environ['PATH']}"}
    ran = subprocess.run(["bash", "--norc", "-c", script], capture_output=True, text=True, timeout=60, cwd=folder,
                         env=environment)
    assert ran.returncode == 0 and not ran.stderr, ran
    return ran.stdout.split()


def ids(folder):
    return sorted(name for file in (SOURCES / "testcases" / folder).rglob("*.yaml")
                  for name in re.findall(r"^- id: (\S+)", file.read_text(), re.M))


@pytest.fixture(autouse=True)
def needs_bash_completion():
    if not LOADER.exists():
        pytest.skip("bash-completion is not installed")


def test_commands_and_their_own_commands(tmp_path):
    assert completed("tongka ma", tmp_path) == ["matrix"]
    assert completed("tongka case ", tmp_path) == ["check", "run"]
    assert {"run", "list", "lab"} <= set(completed("tongka ", tmp_path))


def test_hidden_commands_stay_hidden(tmp_path):
    assert completed("tongka comp", tmp_path) in ([], ["compare"])
    shown = subprocess.run([TONGKA, "--help"], capture_output=True, text=True, timeout=60).stdout
    assert "manual page" not in shown


def test_options(tmp_path):
    assert completed("tongka run --psam-", tmp_path) == ["--psam-state"]
    assert completed("tongka list cases --lang ", tmp_path) == ["en", "zh"]


def test_values_after_an_equals_sign_and_a_colon(tmp_path):
    assert completed("tongka list cases --lang=z", tmp_path, ["tongka", "list", "cases", "--lang", "=", "z"]) == ["zh"]
    assert completed("tongka run --psam sim:", tmp_path, ["tongka", "run", "--psam", "sim", ":"]) == ["psam"]


def test_ids_of_cases_are_those_of_the_files(tmp_path):
    assert completed("tongka run purchase-", tmp_path) == [one for one in ids("cases") if one.startswith("purchase-")]
    assert completed("tongka explain 304-BAL-", tmp_path) == [one for one in ids("catalogue") if "304-BAL-" in one]


def test_deviations_and_profiles(tmp_path):
    (tmp_path / "sm4-mine.yaml").touch()
    assert "balance-not-debited" in completed("tongka deviations balance", tmp_path)
    assert completed("tongka run --profile sm", tmp_path) == ["sm4", "sm4-mine.yaml"]


def test_files_and_folders(tmp_path):
    (tmp_path / "card.state").touch()
    (tmp_path / "cards").mkdir()
    assert set(completed("tongka apdu --state ca", tmp_path)) == {"card.state", "cards"}
    assert completed("tongka run --out ca", tmp_path) == ["cards"]


def test_another_programs_words_are_its_own(tmp_path):
    (tmp_path / "runner").mkdir()
    assert "--psam-state" not in completed("tongka lab -- true --psam-", tmp_path)


def test_manual_page_is_roff_without_a_warning_and_has_every_command(tmp_path):
    page = subprocess.run([TONGKA, "manual"], capture_output=True, text=True, check=True, timeout=60).stdout
    helped = subprocess.run([TONGKA, "--help"], capture_output=True, text=True, timeout=60).stdout
    commands = re.findall(r"^  ([a-z-]+) ", helped.split("Subcommands:")[1], re.M)
    assert len(commands) > 15
    for command in commands:
        assert f".SS {command.replace('-', chr(92) + '-')}\n" in page
    assert r"\-\-psam\-state" in page and "tongka purchase" not in page
    if shutil.which("groff"):
        checked = subprocess.run(["groff", "-man", "-Kutf8", "-Tutf8", "-ww", "-z"], input=page, text=True,
                                 capture_output=True, timeout=60)
        assert not checked.stderr, checked.stderr


def test_what_is_installed_finds_its_cases(tmp_path):
    build = pathlib.Path(TONGKA).parent.parent
    subprocess.run(["cmake", "--install", build, "--prefix", tmp_path, "--component", "tongka"], check=True,
                   capture_output=True, timeout=120)
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    environment.pop("TONGKA_DATA", None)
    told = subprocess.run([tmp_path / "bin/tongka", "run", "--profile", "nowhere", "--device", "sim:card"],
                          capture_output=True, text=True, timeout=60, env=environment, cwd=tmp_path)
    assert str(tmp_path / "share/tongka/testcases") in told.stderr, told
    for folder in sorted(one.name for one in (SOURCES / "testcases").iterdir() if one.is_dir()):
        ours = sorted(one.name for one in (SOURCES / "testcases" / folder).rglob("*"))
        assert ours == sorted(one.name for one in (tmp_path / "share/tongka/testcases" / folder).rglob("*"))
    assert (tmp_path / "share/bash-completion/completions/tongka").is_file()
