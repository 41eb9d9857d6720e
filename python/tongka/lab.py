"""A lab of virtual readers around Python: `tongka lab` (docs/lab.md)."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Sequence

from . import _tongka
from .errors import Error


def find_program() -> str:
    """The command `tongka`: $TONGKA, the one on PATH, or the one built beside this package."""
    told = os.environ.get("TONGKA") or shutil.which("tongka")
    if told:
        return told
    built = Path(_tongka.__file__ or "").parents[2] / "bin" / "tongka"
    if built.exists():
        return str(built)
    raise Error("the command tongka is not on PATH; give it in $TONGKA")


class Lab:
    """Virtual readers with virtual cards, over a pcscd of their own, until close() or the end of a `with`.

    A process asks for pcscd's socket once: start the lab before the first `pcsc:` device of this process. `readers` are
    the readers' names by slot: {"card": "Tongka Card 00 00", "psam": …}.
    """

    def __init__(self, cards: Sequence[str] = ("city-union",), psams: Sequence[str] = ("city-union",)) -> None:
        options = [part for one in cards for part in ("--card", one)]
        options += [part for one in psams for part in ("--psam", one)]
        self._process = subprocess.Popen(
            [find_program(), "lab", *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        self.environment: dict[str, str] = {}
        self.readers: dict[str, str] = {}
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if line.startswith("export "):
                name, _, value = line[7:].strip().partition("=")
                self.environment[name] = value
            elif line.startswith("# control socket"):
                break
            else:
                slot, _, reader = line[2:].strip().partition(": ")
                self.readers[slot] = reader
        else:
            _, error = self._process.communicate()
            raise Error(error.strip() or "the lab ended before it stood")
        self._before = {name: os.environ.get(name) for name in self.environment}
        os.environ.update(self.environment)

    def ask(self, command: str) -> str:
        """A command of the lab: "list", "remove card", "insert card", "tear card after-write 1" (docs/lab.md).

        Returns what follows `ok`; raises Error for what the lab refuses.
        """
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(30)
            line.connect(str(Path(self.environment["TONGKA_LAB"]) / "control"))
            line.sendall(command.encode() + b"\n")
            with line.makefile(encoding="utf-8") as answers:
                kind, _, rest = answers.readline().strip().partition(" ")
        if kind != "ok":
            raise Error(f"lab: {command}: {rest or 'no answer'}")
        return rest

    def close(self) -> None:
        """Ends the lab; its readers are gone."""
        for name, value in self._before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
        if self._process.poll() is None:
            self._process.terminate()
        self._process.communicate()

    def __enter__(self) -> Lab:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<tongka.Lab {', '.join(self.readers)}>"
