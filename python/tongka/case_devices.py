"""Devices as a case in Python has them: every exchange is recorded, every expectation a check."""

from __future__ import annotations

import sys
from functools import lru_cache
from pathlib import Path
from typing import Iterator, Mapping, Sequence, Union

from ._tongka import Hands, Key, Pattern
from .card import CardCommands
from .commands import Answer, Command, Line, command_bytes
from .errors import CheckFailed
from .sam import IsamCommands, PsamCommands

Value = Union[bytes, Key]
HERE = str(Path(__file__).parent)


@lru_cache(maxsize=4096)
def pattern(text: str) -> Pattern:
    """A pattern of the case language, parsed once."""
    return Pattern(text)


@lru_cache(maxsize=256)
def told_path(file: str) -> str:
    """A file as a record tells it: from the working folder on; of one outside of it the name alone."""
    path = Path(file)
    return path.relative_to(Path.cwd()).as_posix() if path.is_relative_to(Path.cwd()) else path.name


def place_of_caller() -> str:
    """file:line:column of whoever called into this package."""
    frame = sys._getframe(1)
    while frame.f_back is not None and frame.f_code.co_filename.startswith(HERE):
        frame = frame.f_back
    return f"{told_path(frame.f_code.co_filename)}:{frame.f_lineno}:1"


def requirement_list(requirement: str | Sequence[str]) -> list[str]:
    return [requirement] if isinstance(requirement, str) and requirement else list(requirement)


class Expected(Mapping[str, bytes]):
    """An answer that was as it had to be, with what the pattern captured, by name: answer["balance"]."""

    def __init__(self, answer: bytes, captures: Mapping[str, bytes]) -> None:
        self.data = answer[:-2]
        self.sw = int.from_bytes(answer[-2:], "big")
        self._captures = captures

    def __getitem__(self, name: str) -> bytes:
        return self._captures[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._captures)

    def __len__(self) -> int:
        return len(self._captures)

    def __repr__(self) -> str:
        told = ", ".join(f"{name}={value.hex().upper()}" for name, value in self._captures.items())
        return f"<Expected {self.sw:04X}{' ' if told else ''}{told}>"


class CaseDevice(Line):
    """A device in a case."""

    def __init__(self, hands: Hands, role: str) -> None:
        self._hands = hands
        self.role = role

    def transmit(self, command: bytes) -> bytes:
        """One command as the transport carries it: nothing is followed on T=0, nothing checked."""
        return self._hands.send(self.role, command, True, place_of_caller())

    def apdu(self, command: bytes) -> bytes:
        """One APDU and its whole answer; nothing is checked."""
        return self._hands.send(self.role, command, False, place_of_caller())

    def send(self, command: Command) -> Answer:
        """One APDU, of bytes or of hex, and its answer, whatever it is; nothing is checked."""
        return Answer.of(self._hands.send(self.role, command_bytes(command), False, place_of_caller()))

    def expect(
        self,
        command: Command,
        answer: str = "9000 *",
        *,
        because: str = "",
        requirement: str | Sequence[str] = (),
        **values: Value,
    ) -> Expected:
        """Sends one APDU whose answer must fit a pattern of the case language (docs/cases.md).

        `9000 {balance:4} {=tac:4}` captures `balance` and compares with `tac`, which is one of `values`. What the check
        is about is told by `requirement`, an id or several; without, it is all that the case covers.
        """
        place = place_of_caller()
        received = self._hands.send(self.role, command_bytes(command), False, place)
        match = self._hands.match(pattern(answer), received, values)
        self._hands.check_match(match, place, because, requirement_list(requirement))
        if not match:
            raise CheckFailed(str(match.message))
        return Expected(received, match.captures)

    def ask(self, command: Command, size: int | None = None) -> bytes:
        return self.expect(command, "9000 *" if size is None else f"9000 {{answer:{size}}}").data

    def reset(self) -> None:
        self._hands.reset(self.role)

    def tear(self, command: Command, write: int = 1, after: bool = False) -> None:
        """Takes the power away at the write-th write to memory of this command, and resets the device.

        A device that answers before it comes to that write leaves the case inconclusive.
        """
        self._hands.tear(self.role, command_bytes(command), write, after, place_of_caller())


class CaseCard(CaseDevice, CardCommands):
    """The card of a case: tongka.Card's commands, each of them a check."""


class CasePsam(CaseDevice, PsamCommands):
    """The PSAM of a case."""


class CaseIsam(CaseDevice, IsamCommands):
    """The ISAM of a case."""


CASE_DEVICES: dict[str, type[CaseDevice]] = {"card": CaseCard, "psam": CasePsam, "isam": CaseIsam}
