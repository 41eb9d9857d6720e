"""The commands of a PSAM and of an ISAM."""

from __future__ import annotations

from .commands import Line, apdu
from .purse import PurchaseBegun

PSAM_APPLICATION = bytes.fromhex("BDA8C9E8B2BF")


class SamCommands(Line):
    """What PSAM and ISAM share (standards.md 3.4)."""

    def terminal(self) -> bytes:
        """The terminal's number, 6 bytes (file 0016); selects the MF."""
        self.select(0x3F00)
        return self.read_binary(0x16, 6)

    def serial(self) -> bytes:
        """Its serial number, 10 bytes (file 0015); selects the MF."""
        self.select(0x3F00)
        return self.read_binary(0x15, 10)


class PsamCommands(SamCommands):
    """Typed commands of a PSAM (standards.md 4.3); amounts in fen."""

    def select_application(self) -> bytes:
        """SELECT of the application of the housing ministry's PSAM."""
        return self.select(PSAM_APPLICATION)

    def purchase_key_index(self) -> int:
        """The index of the card's key to pay with (file 0017); selects the application."""
        self.select_application()
        return self.read_binary(0x17, 1)[0]

    def show_code(self, code: bytes) -> None:
        """AUTHENTICATION MESSAGE: shows the PSAM the 9 bytes of a card's security code."""
        self.ask(apdu("80 CA 00 00", code))

    def init_for_purchase(
        self, begun: PurchaseBegun, amount: int, moment: bytes, asn: bytes, city: bytes, kind: int = 0x06
    ) -> tuple[int, bytes]:
        """INIT_SAM_FOR_PURCHASE over what the card answered; returns the terminal's transaction number and MAC1.

        `moment` is 7 bytes of BCD, `kind` the transaction type (06 EP, 05 ED, 09 composite); the factor of the city is
        its code and FF 00 00 00 00 00 (standards.md 5.1).
        """
        data = begun.random + begun.counter.to_bytes(2, "big") + amount.to_bytes(4, "big") + bytes([kind]) + moment
        data += bytes([begun.key_version, begun.algorithm]) + asn + city + bytes.fromhex("FF0000000000")
        answer = self.ask(apdu("80 70 00 00", data, 8), 8)
        return int.from_bytes(answer[:4], "big"), answer[4:]

    def credit_for_purchase(self, mac2: bytes) -> None:
        """CREDIT_SAM_FOR_PURCHASE: the PSAM checks the card's MAC2."""
        self.ask(apdu("80 72 00 00", mac2))


class IsamCommands(SamCommands):
    """Typed commands of an ISAM (load SAM)."""
