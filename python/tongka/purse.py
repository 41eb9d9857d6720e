"""What the purse's commands answer (standards.md 4.2, 4.3)."""

from __future__ import annotations

from dataclasses import dataclass, fields


class Shown:
    """A dataclass that shows its bytes in hex."""

    def __repr__(self) -> str:
        values = ((field.name, getattr(self, field.name)) for field in fields(self))
        told = (f"{name}={value.hex().upper() if isinstance(value, bytes) else value!r}" for name, value in values)
        return f"{type(self).__name__}({', '.join(told)})"


@dataclass(frozen=True, repr=False)
class PurchaseBegun(Shown):
    """INITIALIZE FOR PURCHASE: amounts in fen."""

    balance: int
    counter: int  #: offline transaction number before the purchase
    overdraft: int
    key_version: int
    algorithm: int
    random: bytes  #: 4 bytes

    @classmethod
    def of(cls, data: bytes) -> PurchaseBegun:
        """15 bytes, or 12 without an overdraft limit (rule purchase-init-overdraft)."""
        overdraft = int.from_bytes(data[6:-6], "big")
        return cls(
            int.from_bytes(data[:4], "big"), int.from_bytes(data[4:6], "big"), overdraft, data[-6], data[-5], data[-4:]
        )


@dataclass(frozen=True, repr=False)
class LoadBegun(Shown):
    """INITIALIZE FOR LOAD: amounts in fen."""

    balance: int
    counter: int  #: online transaction number before the load
    key_version: int
    algorithm: int
    random: bytes  #: 4 bytes
    mac1: bytes  #: 4 bytes

    @classmethod
    def of(cls, data: bytes) -> LoadBegun:
        return cls(
            int.from_bytes(data[:4], "big"), int.from_bytes(data[4:6], "big"), data[6], data[7], data[8:12], data[12:16]
        )


@dataclass(frozen=True, repr=False)
class CardData(Shown):
    """File 0015 of a city card (standards.md 3.3)."""

    issuer: bytes
    city: bytes  #: 2 bytes of BCD
    asn: bytes  #: 8 bytes
    start: str  #: YYYYMMDD
    expiry: str
    enabled: int

    @classmethod
    def of(cls, data: bytes) -> CardData:
        return cls(data[0:2], data[2:4], data[12:20], data[20:24].hex(), data[24:28].hex(), data[8])


@dataclass(frozen=True, repr=False)
class Purchase(Shown):
    """A purchase that the card has answered: amounts in fen."""

    amount: int
    balance_before: int
    counter: int  #: the card's offline transaction number before it
    terminal: bytes  #: 6 bytes
    terminal_serial: int
    moment: bytes  #: 7 bytes of BCD
    tac: bytes  #: 4 bytes
    mac2: bytes  #: 4 bytes


@dataclass(frozen=True, repr=False)
class Load(Shown):
    """A load that the card has answered: amounts in fen."""

    amount: int
    balance: int  #: after it
    counter: int  #: the card's online transaction number before it
    terminal: bytes  #: 6 bytes
    moment: bytes  #: 7 bytes of BCD
    tac: bytes  #: 4 bytes
