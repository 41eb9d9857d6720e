"""A terminal of somebody else's, in pyscard: a purchase, right or with one fault.

    terminal_program.py AMOUNT CARD-READER PSAM-READER [FAULT]

FAULT: trusts-mac2 (never shows it to the PSAM), ignores-expiry, thinks-so (a lost answer is taken for a success), three-bytes (cuts the
amount). Exit status: 0 accepted, 1 refused.
"""

import datetime
import sys

from smartcard.Exceptions import CardConnectionException, NoCardException
from smartcard.System import readers


class Refused(Exception):
    pass


def hexed(data):
    return list(bytes.fromhex(data))


class Line:
    def __init__(self, name):
        self.connection = next(reader for reader in readers() if str(reader) == name).createConnection()
        self.connection.connect()

    def send(self, command, *good):
        data, sw1, sw2 = self.connection.transmit(command)
        if sw1 == 0x61:
            data, sw1, sw2 = self.connection.transmit([0x00, 0xC0, 0x00, 0x00, sw2])
        if sw1 == 0x6C:
            data, sw1, sw2 = self.connection.transmit(command[:4] + [sw2])
        if (sw1, sw2) not in (good or ((0x90, 0x00),)):
            raise Refused(f"{bytes(command).hex()}: {sw1:02X}{sw2:02X}")
        return data


def pay(amount, card_reader, psam_reader, fault):
    card, psam = Line(card_reader), Line(psam_reader)
    now = datetime.datetime.now()
    moment = hexed(now.strftime("%Y%m%d%H%M%S"))
    terminal = psam.send(hexed("00B0960006"))
    psam.send(hexed("00A4040006BDA8C9E8B2BF"))
    index = psam.send(hexed("00B0970001"))[0]

    card.send(hexed("00A4040009A0000000038698070100"))
    data = card.send(hexed("00B095001E"))
    city, enabled, serial, first, last = data[2:4], data[8], data[12:20], bytes(data[20:24]).hex(), bytes(data[24:28]).hex()
    today = now.strftime("%Y%m%d")
    if enabled == 0 or first > today or (last < today and fault != "ignores-expiry"):
        raise Refused("dates")
    if bytes(city) != bytes.fromhex("2144"):
        raise Refused("city")
    code = card.send(hexed("80CA000009"))
    paid = [0] + list(amount.to_bytes(4, "big"))[1:] if fault == "three-bytes" else list(amount.to_bytes(4, "big"))
    begun = card.send(hexed("805001020B") + [index] + paid + terminal + [0x0F])
    if len(begun) != 15:
        raise Refused("INITIALIZE")
    psam.send(hexed("80CA000009") + code)
    told = begun[11:15] + begun[4:6] + paid + [0x06] + moment + begun[9:11] + serial + city + hexed("FF0000000000")
    made = psam.send(hexed("80700000") + [len(told)] + told + [0x08])
    serial_of_terminal, mac1 = made[:4], made[4:8]
    try:
        done = card.send(hexed("805401000F") + serial_of_terminal + moment + mac1 + [0x08])
    except CardConnectionException:
        if fault == "thinks-so":
            return
        raise
    if fault != "trusts-mac2":
        psam.send(hexed("8072000004") + done[4:8])


if __name__ == "__main__":
    try:
        pay(int(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4] if len(sys.argv) > 4 else "")
    except (Refused, CardConnectionException, NoCardException) as refused:
        print(refused, file=sys.stderr)
        sys.exit(1)
