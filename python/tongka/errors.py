"""What goes wrong, told in one line each."""

from __future__ import annotations

from ._tongka import DeviceError, Error, describe_status, redact

__all__ = ["CheckFailed", "DeviceError", "Error", "StatusError"]


class StatusError(Error):
    """A device answered a command that had to be answered with 9000 with another status word, or too few bytes.

    `sw` is the status word as a number, `role` the device's, `command` the command in hex with its secrets hidden,
    `answer` all that came.
    """

    def __init__(self, role: str, command: bytes, answer: bytes, wanted: str, reason: str = "") -> None:
        self.role = role
        self.command = redact(command)
        self.answer = answer
        self.sw = int.from_bytes(answer[-2:], "big")
        self.reason = reason
        what = f"{self.sw:04X} ({describe_status(self.sw)})"
        if self.sw == 0x9000:
            what = f"9000 and {len(answer) - 2} bytes"
        super().__init__(f"{role}: {self.command} was answered {what}, not {wanted}" + (f": {reason}" if reason else ""))


class CheckFailed(AssertionError):
    """A check of a case did not hold; the run has recorded it."""


# People meet them under the names they import.
for _error in (Error, DeviceError, StatusError, CheckFailed):
    _error.__module__ = "tongka"
