"""Cards, PSAMs and ISAMs: simulated in this process, or in a PC/SC reader."""

from __future__ import annotations

from types import TracebackType
from typing import Literal, TypeVar, overload

from . import _tongka
from .card import CardCommands
from .commands import Answer, Command, Line, command_bytes
from .data import PathLike, load_profile
from .errors import StatusError
from .sam import IsamCommands, PsamCommands

Profile = _tongka.Profile
Self = TypeVar("Self", bound="Device")


class Device(_tongka.Device, Line):
    """A device that is open until close(), or until the end of a `with`."""

    def ask(self, command: Command, size: int | None = None) -> bytes:
        sent = command_bytes(command)
        answer = self.apdu(sent)
        if answer[-2:] != b"\x90\x00" or (size is not None and len(answer) != size + 2):
            wanted = "9000" if size is None else f"9000 and {size} bytes"
            raise StatusError(self.role, sent, answer, wanted, self.reason)
        return answer[:-2]

    def send(self, command: Command) -> Answer:
        """Sends one APDU, of bytes or of hex, and returns data and status word, whatever they are."""
        return Answer.of(self.apdu(command_bytes(command)))

    def __enter__(self: Self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class Card(Device, CardCommands):
    """A user card."""


class Psam(Device, PsamCommands):
    """A PSAM."""


class Isam(Device, IsamCommands):
    """A load SAM."""


KINDS: dict[str, type[Device]] = {"card": Card, "psam": Psam, "isam": Isam}


@overload
def connect(  # type: ignore[misc]
    spec: Literal["sim:psam"],
    role: Literal["psam"] | None = ...,
    *,
    profile: PathLike | Profile = ...,
    seed: int = ...,
    deviation: str = ...,
    state: PathLike = ...,
) -> Psam: ...
@overload
def connect(  # type: ignore[misc]
    spec: Literal["sim:isam"],
    role: Literal["isam"] | None = ...,
    *,
    profile: PathLike | Profile = ...,
    seed: int = ...,
    deviation: str = ...,
    state: PathLike = ...,
) -> Isam: ...
@overload
def connect(
    spec: str,
    role: Literal["psam"],
    *,
    profile: PathLike | Profile = ...,
    seed: int = ...,
    deviation: str = ...,
    state: PathLike = ...,
) -> Psam: ...
@overload
def connect(
    spec: str,
    role: Literal["isam"],
    *,
    profile: PathLike | Profile = ...,
    seed: int = ...,
    deviation: str = ...,
    state: PathLike = ...,
) -> Isam: ...
@overload
def connect(
    spec: str,
    role: Literal["card"] | None = ...,
    *,
    profile: PathLike | Profile = ...,
    seed: int = ...,
    deviation: str = ...,
    state: PathLike = ...,
) -> Card: ...
def connect(
    spec: str,
    role: str | None = None,
    *,
    profile: PathLike | Profile = "city-union",
    seed: int = 1,
    deviation: str = "",
    state: PathLike = "",
) -> Device:
    """Opens `sim:card`, `sim:psam`, `sim:isam`, `sim:blank`, `pcsc:NAME`, `pcsc:atr=HEX` or `pcsc:asn=HEX`.

    `role` is what the device is: "card" unless the spec says otherwise. Of a simulated device `profile` (a name, a path
    or a Profile) gives layout, keys and rules, `seed` its random numbers, `deviation` a fault (tongka.deviations()),
    `state` a file that keeps its memory. Raises Error or DeviceError with one line that says what is wrong.

    >>> with connect("sim:card") as card:
    ...     _ = card.select_application()
    ...     card.balance()
    0
    """
    of = role or (spec[4:] if spec in ("sim:psam", "sim:isam") else "card")
    if of not in KINDS:
        raise ValueError(f"'{of}' is no role of a device: known are {', '.join(KINDS)}")
    return KINDS[of](spec, of, load_profile(profile), seed, deviation, str(state))
