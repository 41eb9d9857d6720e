"""What commands of cards and SAMs are made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Union

Command = Union[bytes, bytearray, memoryview, str]


def command_bytes(command: Command) -> bytes:
    """A command as bytes; a str is hex, blanks allowed: "00 A4 00 00 02 3F 00"."""
    return bytes.fromhex(command) if isinstance(command, str) else bytes(command)


def apdu(head: str, data: bytes = b"", le: int | None = None) -> bytes:
    """A short APDU: CLA INS P1 P2 in hex, its data with the length before it, Le where one is given (256 is 00).

    >>> apdu("80 50 01 02", bytes(11), 15).hex()
    '805001020b00000000000000000000000f'
    """
    if len(data) > 255 or (le is not None and not 0 <= le <= 256):
        raise ValueError("a short APDU has at most 255 bytes of data, and an Le from 0 to 256")
    body = bytes([len(data)]) + data if data else b""
    end = b"" if le is None else bytes([le % 256])
    return bytes.fromhex(head) + body + end


@dataclass(frozen=True)
class Answer:
    """Data and status word of an answer.

    >>> Answer.of(bytes.fromhex("000000649000"))
    <Answer 9000 00000064>
    """

    data: bytes
    sw: int

    @classmethod
    def of(cls, answer: bytes) -> Answer:
        return cls(answer[:-2], int.from_bytes(answer[-2:], "big"))

    @property
    def ok(self) -> bool:
        return self.sw == 0x9000

    def __repr__(self) -> str:
        return f"<Answer {self.sw:04X}{' ' if self.data else ''}{self.data.hex().upper()}>"


def bcd_moment(moment: datetime | None) -> bytes:
    """Date and time as the purse has them: 7 bytes of BCD, YYYYMMDDhhmmss; None is now.

    >>> bcd_moment(datetime(2026, 1, 2, 3, 4, 5)).hex()
    '20260102030405'
    """
    return bytes.fromhex((moment or datetime.now()).strftime("%Y%m%d%H%M%S"))


class Line:
    """Whatever commands are sent through: a device, or a device in a case."""

    def ask(self, command: Command, size: int | None = None) -> bytes:
        """Sends an APDU that must be answered with 9000, and `size` bytes where that is told; returns the data.

        Raises StatusError for another answer; in a case it is a check that failed.
        """
        raise NotImplementedError

    def select(self, file: int | bytes) -> bytes:
        """SELECT by file identifier (0x3F00) or by name; returns the file control information."""
        if isinstance(file, int):
            return self.ask(apdu("00 A4 00 00", file.to_bytes(2, "big"), 0))
        return self.ask(apdu("00 A4 04 00", file, 0))

    def read_binary(self, sfi: int, size: int = 0, offset: int = 0) -> bytes:
        """READ BINARY of a transparent file by its short identifier (0x15); 0 bytes are as many as there are."""
        return self.ask(apdu(f"00 B0 {0x80 | sfi:02X} {offset:02X}", le=size), size or None)

    def read_record(self, sfi: int, number: int, size: int = 0) -> bytes:
        """READ RECORD by number, from 1."""
        return self.ask(apdu(f"00 B2 {number:02X} {sfi << 3 | 4:02X}", le=size), size or None)

    def get_challenge(self, size: int = 4) -> bytes:
        """GET CHALLENGE: random bytes of the device."""
        return self.ask(apdu("00 84 00 00", le=size), size)
