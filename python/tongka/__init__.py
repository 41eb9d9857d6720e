"""Cards, PSAMs and readers of China's city union cards: simulated, or in a PC/SC reader; and the tests they have to pass.

>>> import tongka
>>> card = tongka.connect("sim:card")
>>> card.transmit(bytes.fromhex("80CA000009")).hex().upper()
'90800960A7F716C6B49000'
"""

from ._tongka import (
    CaseRecord,
    Check,
    Command,
    Declaration,
    Decoded,
    Exchange,
    Failure,
    Field,
    Key,
    KeyRecord,
    KeyStore,
    Pattern,
    Profile,
    Record,
    Requirement,
    Suite,
    Terminal,
    TerminalOutcome,
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
    profile_with_keys,
    read_bcd,
    redact,
    sha256,
    to_bcd,
    unpad,
)
from .case_devices import CaseCard, CaseIsam, CasePsam, Expected
from .cases import Case, Context, case
from .commands import Answer, apdu
from .data import data_directory, find_profile, load_profile
from .devices import Card, Device, Isam, Psam, connect
from .errors import CheckFailed, DeviceError, Error, StatusError
from .lab import Lab
from .html import give_html_to_objects
from .matrix import Matrix
from .purse import CardData, Load, LoadBegun, Purchase, PurchaseBegun
from .settle import Settled, settle
from .run import OperatorAnswer, Run, load_declaration, load_suite, open_run, plan, run

give_html_to_objects()

__all__ = [
    "Answer",
    "Card",
    "CardData",
    "Case",
    "CaseCard",
    "CaseIsam",
    "CasePsam",
    "CaseRecord",
    "Check",
    "CheckFailed",
    "Command",
    "Context",
    "Declaration",
    "Decoded",
    "Device",
    "DeviceError",
    "Error",
    "Exchange",
    "Expected",
    "Failure",
    "Field",
    "Isam",
    "Key",
    "KeyRecord",
    "KeyStore",
    "Lab",
    "Load",
    "LoadBegun",
    "Matrix",
    "OperatorAnswer",
    "Pattern",
    "Profile",
    "Psam",
    "Purchase",
    "PurchaseBegun",
    "Record",
    "Requirement",
    "Run",
    "Settled",
    "StatusError",
    "Suite",
    "Terminal",
    "TerminalOutcome",
    "Tlv",
    "Words",
    "apdu",
    "case",
    "connect",
    "data_directory",
    "decode",
    "decode_file",
    "describe_status",
    "deviations",
    "find_profile",
    "issue_card",
    "load_declaration",
    "load_profile",
    "load_suite",
    "make_tlv",
    "open_run",
    "pad",
    "parse_command",
    "parse_tlv",
    "plan",
    "profile_with_keys",
    "read_bcd",
    "redact",
    "run",
    "settle",
    "sha256",
    "to_bcd",
    "unpad",
]
