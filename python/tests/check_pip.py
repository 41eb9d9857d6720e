"""`pip install` without a network into a fresh virtual environment, tried as a user would.

    check_pip.py SOURCES CMAKE_BUILD_FOLDER
"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

TEST = """
import tongka

def test_own_data(card):
    assert "venv" in tongka.__file__ and "venv" in str(tongka.data_directory())
    assert tongka.run("purchase-debits-amount", card=card).passed
"""


def main(sources: pathlib.Path, build: pathlib.Path) -> None:
    with tempfile.TemporaryDirectory(prefix="tongka-pip-") as name:
        folder = pathlib.Path(name)
        # pip builds where the sources are: a copy of them, so that nothing is left there.
        shutil.copytree(sources / "python", folder / "python", ignore=shutil.ignore_patterns("build", "*.egg-info"))
        (folder / "testcases").symlink_to(sources / "testcases")
        (folder / "test_own.py").write_text(TEST, encoding="utf-8")
        environment = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "TONGKA_DATA")}
        environment["TONGKA_BUILD"] = str(build)
        python = str(folder / "venv" / "bin" / "python")

        def do(*command: str) -> None:
            subprocess.run(command, check=True, cwd=folder, env=environment)

        do(sys.executable, "-m", "venv", "--system-site-packages", "venv")
        do(python, "-m", "pip", "install", "-q", "--no-index", "--no-build-isolation", "./python")
        do(python, "-B", "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_own.py")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
