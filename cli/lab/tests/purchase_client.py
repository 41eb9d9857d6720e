#!/usr/bin/python3
"""A terminal that owes nothing to Tongka: selects, loads, purchases with MACs of its own, and purchases once more with
the PSAM, checking every MAC and TAC. To be run under `tongka lab` with the profile that the devices were made from:

    tongka lab -- purchase_client.py testcases/profiles/city-union.yaml
"""

import sys

import yaml

from pcsc_device import Device
from purse_crypto import card_key, city_factor, mac, session_key, tac_key

SELECT_CARD = "00A4040009A00000000386980701"
SELECT_PSAM = "00A4040006BDA8C9E8B2BF"
TERMINAL = bytes.fromhex("112233445566")
DATE = bytes.fromhex("20261231")
TIME = bytes.fromhex("235959")
EP_LOAD, EP_PURCHASE = b"\x02", b"\x06"


def check(what, found, wanted):
    if found != wanted:
        sys.exit(f"{what}: {found.hex().upper()}, not {wanted.hex().upper()}")


class Card:
    def __init__(self, device, keys):
        self.device = device
        device.send(SELECT_CARD)
        public = device.send("00B095001E")
        self.city, self.asn = public[2:4], public[12:20]
        self.keys = {name: card_key(bytes.fromhex(key), self.city, self.asn) for name, key in keys.items()}

    def balance(self):
        return int.from_bytes(self.device.send("805C000204"), "big")

    def load(self, amount):
        before = self.balance()
        amt = amount.to_bytes(4, "big")
        init = self.device.send(f"805000020B01{amt.hex()}{TERMINAL.hex()}10")
        old, counter, rand, mac1 = init[0:4], init[4:6], init[8:12], init[12:16]
        session = session_key(self.keys["DLK.01"], rand + counter + b"\x80\x00")
        check("MAC1 of load", mac1, mac(session, old + amt + EP_LOAD + TERMINAL))
        mac2 = mac(session, amt + EP_LOAD + TERMINAL + DATE + TIME)
        tac = self.device.send(f"805200000B{(DATE + TIME + mac2).hex()}04")
        new = (before + amount).to_bytes(4, "big")
        wanted = mac(tac_key(self.keys["DTK"]), new + counter + amt + EP_LOAD + TERMINAL + DATE + TIME)
        check("TAC of load", tac, wanted)
        check("balance after load", self.balance().to_bytes(4, "big"), new)

    def begin_purchase(self, amount, key_index, terminal):
        amt = amount.to_bytes(4, "big")
        init = self.device.send(f"805001020B{key_index:02X}{amt.hex()}{terminal.hex()}0F")
        return {"amt": amt, "terminal": terminal, "key": self.keys[f"DPK.{key_index:02X}"], "balance": init[0:4],
                "counter": init[4:6], "key_version": init[9:10], "algorithm": init[10:11], "rand": init[11:15]}

    @staticmethod
    def purchase_session(purchase, terminal_counter):
        return session_key(purchase["key"], purchase["rand"] + purchase["counter"] + terminal_counter[-2:])

    @staticmethod
    def mac1(purchase, session):
        return mac(session, purchase["amt"] + EP_PURCHASE + purchase["terminal"] + DATE + TIME)

    def complete_purchase(self, purchase, terminal_counter, mac1):
        """Checks what the card answers, and gives MAC2."""
        answer = self.device.send(f"805401000F{(terminal_counter + DATE + TIME + mac1).hex()}08")
        tac, mac2 = answer[0:4], answer[4:8]
        told = purchase["amt"] + EP_PURCHASE + purchase["terminal"] + terminal_counter + DATE + TIME
        check("TAC of purchase", tac, mac(tac_key(self.keys["DTK"]), told))
        check("MAC2 of purchase", mac2, mac(self.purchase_session(purchase, terminal_counter), purchase["amt"]))
        new = int.from_bytes(purchase["balance"], "big") - int.from_bytes(purchase["amt"], "big")
        check("balance after purchase", self.balance().to_bytes(4, "big"), new.to_bytes(4, "big"))
        after = (int.from_bytes(purchase["counter"], "big") + 1).to_bytes(2, "big")
        check("GET TRANSACTION PROVE", self.device.send(f"805A000602{after.hex()}08"), mac2 + tac)
        return mac2


def purchase_alone(card, amount):
    """The script is the terminal and the PSAM."""
    purchase = card.begin_purchase(amount, 1, TERMINAL)
    terminal_counter = bytes.fromhex("00000029")
    session = card.purchase_session(purchase, terminal_counter)
    card.complete_purchase(purchase, terminal_counter, card.mac1(purchase, session))


def purchase_with_psam(card, psam, amount):
    terminal = psam.send("00B0960006")
    psam.send(SELECT_PSAM)
    key_index = psam.send("00B0970001")[0]
    psam.send(f"80CA000009{card.device.send('80CA000009').hex()}")
    purchase = card.begin_purchase(amount, key_index, terminal)
    factors = card.asn + city_factor(card.city)
    data = (purchase["rand"] + purchase["counter"] + purchase["amt"] + EP_PURCHASE + DATE + TIME
            + purchase["key_version"] + purchase["algorithm"] + factors)
    answer = psam.send(f"80700000{len(data):02X}{data.hex()}08")
    terminal_counter, mac1 = answer[0:4], answer[4:8]
    check("MAC1 of the PSAM", mac1, card.mac1(purchase, card.purchase_session(purchase, terminal_counter)))
    psam.send(f"8072000004{card.complete_purchase(purchase, terminal_counter, mac1).hex()}")


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        keys = yaml.load(file, Loader=yaml.BaseLoader)["card"]["master"]
    card = Card(Device("Tongka Card 00 00"), keys)
    card.load(1000)
    purchase_alone(card, 1)
    purchase_with_psam(card, Device("Tongka PSAM 00 00"), 250)
    print(f"balance {card.balance()}")


main()
