"""Cards, PSAMs and readers of China's city union cards: simulated, or in a PC/SC reader; and the tests they have to pass.

>>> import tongka
>>> card = tongka.connect("sim:card")
>>> card.transmit(bytes.fromhex("80CA000009")).hex().upper()
'90800960A7F716C6B49000'
"""

from ._tongka import (
    Command,
    Decoded,
    Exchange,
    Field,
    Key,
    Profile,
    Tlv,
    Words,
    decode,
    decode_file,
    describe_status,
    deviations,
    issue_card,
    make_tlv,
    pad,
    parse_command,
    parse_tlv,
    read_bcd,
    redact,
    sha256,
    to_bcd,
    unpad,
)
from .commands import Answer, apdu
from .data import data_directory, find_profile, load_profile
from .devices import Card, Device, Isam, Psam, connect
from .errors import CheckFailed, DeviceError, Error, StatusError
from .purse import CardData, Load, LoadBegun, Purchase, PurchaseBegun

__all__ = [
    "Answer",
    "Card",
    "CardData",
    "CheckFailed",
    "Command",
    "Decoded",
    "Device",
    "DeviceError",
    "Error",
    "Exchange",
    "Field",
    "Isam",
    "Key",
    "Load",
    "LoadBegun",
    "Profile",
    "Psam",
    "Purchase",
    "PurchaseBegun",
    "StatusError",
    "Tlv",
    "Words",
    "apdu",
    "connect",
    "data_directory",
    "decode",
    "decode_file",
    "describe_status",
    "deviations",
    "find_profile",
    "issue_card",
    "load_profile",
    "make_tlv",
    "pad",
    "parse_command",
    "parse_tlv",
    "read_bcd",
    "redact",
    "sha256",
    "to_bcd",
    "unpad",
]
