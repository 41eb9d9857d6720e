"""The commands of a user card."""

from __future__ import annotations

from datetime import datetime

from ._tongka import Key
from .commands import Line, apdu, bcd_moment
from .errors import Error
from .purse import CardData, Load, LoadBegun, Purchase, PurchaseBegun
from .sam import PsamCommands

APPLICATION = bytes.fromhex("A00000000386980701")
PURSES = {"ED": 1, "EP": 2}


def fen(amount: int) -> bytes:
    return amount.to_bytes(4, "big")


class CardCommands(Line):
    """Typed commands of a user card; amounts in fen, the purse is the EP unless told."""

    def select_application(self) -> bytes:
        """SELECT of the purse's application."""
        return self.select(APPLICATION)

    def verify_pin(self, pin: bytes) -> None:
        """VERIFY: the PIN as the card has it, BCD (bytes.fromhex("123456"))."""
        self.ask(apdu("00 20 00 00", pin))

    def card_data(self) -> CardData:
        """File 0015 of the application that is selected."""
        return CardData.of(self.read_binary(0x15, 30))

    def balance(self, purse: str = "EP") -> int:
        """GET BALANCE, in fen."""
        return int.from_bytes(self.ask(apdu(f"80 5C 00 {PURSES[purse]:02X}", le=4), 4), "big")

    def security_code(self) -> bytes:
        """GET MESSAGE: the 9 bytes that a PSAM wants to see (安全认证识别码)."""
        return self.ask("80 CA 00 00 09", 9)

    def log(self, number: int = 1) -> bytes:
        """A record of the EP's log, 23 bytes, the newest first (standards.md 3.3)."""
        return self.read_record(0x18, number)

    def init_for_purchase(self, amount: int, terminal: bytes, key_index: int = 1, answer: int = 15) -> PurchaseBegun:
        """INITIALIZE FOR PURCHASE; `terminal` is its number, 6 bytes; `answer` is 12 for cards that leave the
        overdraft limit out (rule purchase-init-overdraft)."""
        data = bytes([key_index]) + fen(amount) + terminal
        return PurchaseBegun.of(self.ask(apdu("80 50 01 02", data, answer), answer))

    def debit(self, terminal_serial: int, moment: bytes, mac1: bytes, p1: int = 1) -> tuple[bytes, bytes]:
        """DEBIT FOR PURCHASE; returns TAC and MAC2, 4 bytes each. `moment` is 7 bytes of BCD."""
        data = fen(terminal_serial) + moment + mac1
        answer = self.ask(apdu(f"80 54 {p1:02X} 00", data, 8), 8)
        return answer[:4], answer[4:]

    def purchase(self, psam: PsamCommands, amount: int, moment: datetime | None = None) -> Purchase:
        """A purchase from the EP at a PSAM, as terminals do it (standards.md 7.1), both in any state.

        The key index is the PSAM's (file 0017), the city is the card's (file 0015). Raises StatusError that tells the
        command which was refused.
        """
        self.select_application()
        card = self.card_data()
        terminal = psam.terminal()
        key_index = psam.purchase_key_index()
        psam.show_code(self.security_code())
        begun = self.init_for_purchase(amount, terminal, key_index)
        when = bcd_moment(moment)
        serial, mac1 = psam.init_for_purchase(begun, amount, when, card.asn, card.city)
        tac, mac2 = self.debit(serial, when, mac1)
        psam.credit_for_purchase(mac2)
        return Purchase(amount, begun.balance, begun.counter, terminal, serial, when, tac, mac2)

    def init_for_load(self, amount: int, terminal: bytes, key_index: int = 1) -> LoadBegun:
        """INITIALIZE FOR LOAD; `terminal` is its number, 6 bytes."""
        data = bytes([key_index]) + fen(amount) + terminal
        return LoadBegun.of(self.ask(apdu("80 50 00 02", data, 16), 16))

    def credit_for_load(self, moment: bytes, mac2: bytes) -> bytes:
        """CREDIT FOR LOAD; returns the TAC. `moment` is 7 bytes of BCD."""
        return self.ask(apdu("80 52 00 00", moment + mac2, 4), 4)

    def load(
        self,
        amount: int,
        key: Key,
        *,
        key_index: int = 1,
        tac_key: Key | None = None,
        terminal: bytes = bytes(6),
        pin: bytes | None = None,
        moment: datetime | None = None,
    ) -> Load:
        """A load of the EP by an issuer that has the card's DLK (standards.md 5.2, 7.3).

        `key` is the card's DLK of that index, `tac_key` its DTK, with which the TAC is checked; the PIN is for cards that
        want it before a load (rule load-needs-pin). Raises Error where a MAC1 or a TAC is wrong, StatusError for a
        command that was refused.
        """
        self.select_application()
        if pin is not None:
            self.verify_pin(pin)
        begun = self.init_for_load(amount, terminal, key_index)
        session = key.session(begun.random + begun.counter.to_bytes(2, "big") + b"\x80\x00")
        if session.mac(fen(begun.balance) + fen(amount) + b"\x02" + terminal) != begun.mac1:
            raise Error("load: the card's MAC1 is wrong: its DLK is another")
        when = bcd_moment(moment)
        tail = fen(amount) + b"\x02" + terminal + when
        tac = self.credit_for_load(when, session.mac(tail))
        after = begun.balance + amount
        if tac_key and tac_key.tac_key().mac(fen(after) + begun.counter.to_bytes(2, "big") + tail) != tac:
            raise Error("load: the card's TAC is wrong, though it took the load")
        return Load(amount, after, begun.counter, terminal, when, tac)
