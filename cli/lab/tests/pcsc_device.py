"""A card or PSAM behind a PC/SC reader, through pyscard."""

from smartcard.CardConnection import CardConnection
from smartcard.System import readers


class Device:
    def __init__(self, reader_name):
        reader = next(reader for reader in readers() if str(reader) == reader_name)
        self._connection = reader.createConnection()
        self._connection.connect()
        self._is_t0 = self._connection.getProtocol() == CardConnection.T0_protocol

    def send(self, command):
        """Hexadecimal digits in, data out; anything but 9000 is an error."""
        data, status_word = self.exchange(command)
        if status_word != "9000":
            raise RuntimeError(f"{command}: answered {status_word}")
        return data

    def close(self):
        """Takes the power from the card. Left to the interpreter, this would meet whoever connects next."""
        self._connection.disconnect()

    def exchange(self, command):
        """Hexadecimal digits in, data and status word out. On T=0, Le of case 4 is left out and 61xx followed."""
        sent = list(bytes.fromhex(command))
        has_data_and_le = len(sent) > 5 and len(sent) == 5 + sent[4] + 1
        data, sw1, sw2 = self._connection.transmit(sent[:-1] if self._is_t0 and has_data_and_le else sent)
        if self._is_t0 and sw1 == 0x61:
            data, sw1, sw2 = self._connection.transmit([0x00, 0xC0, 0x00, 0x00, sw2])
        return bytes(data), f"{sw1:02X}{sw2:02X}"
