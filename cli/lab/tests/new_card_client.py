#!/usr/bin/python3
"""An issuer, a loading machine and two gates that owe nothing to Tongka, for a card that was blank. To be run under
`tongka lab --blank`; the first word says what is done:

    personalise            files, keys, contents
    load AMOUNT            with MAC1, MAC2 and TAC
    enter                  a composite purchase of nothing, which leaves the entry in the card's record
    leave FARE             a composite purchase of the fare; the record says so
    torn-trips FARE        trips whose last command is torn after its first, second, … write, until none comes any more
    tear-leave FARE WRITE  the exit torn there; tells what was lost, and leaves the card torn
    recover LOST           finds out what became of it, in the words of tear-leave
    show                   balance, counters, newest records

The last four print JSON, one value a line.
"""

import json
import os
import socket
import sys

from new_card_issuer import SELECT_APPLICATION, authenticate, check, command, key, personalise
from pcsc_device import Device
from purse_crypto import mac, session_key, tac_key
from smartcard.Exceptions import CardConnectionException

READER = os.environ.get("READER", "Tongka Card 00 00")
TERMINAL = "214400000001"
DATE_TIME = "20261231235959"
LOAD, COMPOSITE = "02", "09"
ENTERED, LEFT = "01", "02"


def number(data):
    return int.from_bytes(data, "big")


def new_card():
    card = Device(READER)
    card.send(SELECT_APPLICATION)
    return card


def ask_lab(line):
    with socket.socket(socket.AF_UNIX) as control:
        control.connect(os.environ["TONGKA_LAB"] + "/control")
        control.sendall(line.encode() + b"\n")
        check(line, control.makefile().readline(), "ok\n")


def load(card, amount):
    before = card.send("805C000204")
    init = card.send(f"805000020B01{amount:08X}{TERMINAL}10")
    check("balance in INITIALIZE FOR LOAD", init[0:4], before)
    counter, rand, mac1 = init[4:6], init[8:12], init[12:16]
    session = session_key(key("DLK"), rand + counter + b"\x80\x00")
    of_load = f"{amount:08X}{LOAD}{TERMINAL}"
    check("MAC1 of load", mac1, mac(session, before + bytes.fromhex(of_load)))
    mac2 = mac(session, bytes.fromhex(of_load + DATE_TIME))
    tac = card.send(f"805200000B{DATE_TIME}{mac2.hex()}04")
    after = (number(before) + amount).to_bytes(4, "big")
    check("TAC of load", tac, mac(tac_key(key("DTK")), after + counter + bytes.fromhex(of_load + DATE_TIME)))
    check("balance after load", card.send("805C000204"), after)


def begin(card, amount, state):
    """INITIALIZE FOR CAPP PURCHASE and the record; all that the terminal must remember until it has the answer."""
    authenticate(card, "01", "UK")
    init = card.send(f"805003020B01{amount:08X}{TERMINAL}0F")
    counter, rand = init[4:6], init[11:15]
    terminal_serial = f"{0x290000 + number(counter):08X}"
    session = session_key(key("DPK"), rand + counter + bytes.fromhex(terminal_serial[-4:]))
    of_purchase = f"{amount:08X}{COMPOSITE}{TERMINAL}"
    record = f"012E000000{state}{DATE_TIME}{TERMINAL}{amount:08X}".ljust(96, "0")
    card.send(command("80DC01B8", record))
    mac1 = mac(session, bytes.fromhex(of_purchase + DATE_TIME))
    return {
        "debit": f"805401000F{terminal_serial}{DATE_TIME}{mac1.hex()}08",
        "mac2": mac(session, bytes.fromhex(f"{amount:08X}")).hex(),
        "tac": mac(tac_key(key("DTK")), bytes.fromhex(of_purchase + terminal_serial + DATE_TIME)).hex(),
        "balance": number(init[0:4]),
        "counter": number(counter),
        "amount": amount,
        "record": record,
    }


def tap(card, amount, state):
    purchase = begin(card, amount, state)
    check("TAC and MAC2", card.send(purchase["debit"]).hex(), purchase["tac"] + purchase["mac2"])
    check_booked(card, purchase)


def check_booked(card, purchase):
    check("balance", shown(card)["balance"], purchase["balance"] - purchase["amount"])
    check("counter", shown(card)["offline_counter"], purchase["counter"] + 1)
    check("log", shown(card)["log"], f"{purchase['counter']:04X}000000{purchase['amount']:08X}{COMPOSITE}{TERMINAL}{DATE_TIME}")
    check("record", shown(card)["record"], purchase["record"])


def tear(card, purchase, write):
    """Whether the power went before the answer came."""
    ask_lab(f"tear card after-write {write}")
    try:
        answer = card.send(purchase["debit"]).hex()
    except CardConnectionException:
        return True
    check("TAC and MAC2", answer, purchase["tac"] + purchase["mac2"])
    ask_lab("tear card off")
    return False


def recover(card, purchase, before):
    """As a terminal does that lost the answer (standards.md 7.6): 9000 and the MACs, or 9406 and all as it was."""
    data, status_word = card.exchange(f"805A000902{purchase['counter'] + 1:04X}08")
    if status_word == "9000":
        check("MAC2 and TAC", data.hex(), purchase["mac2"] + purchase["tac"])
        check_booked(card, purchase)
        return "booked"
    check("GET TRANSACTION PROVE", status_word, "9406")
    check("the card as it was", shown(card), before)
    return "not booked"


def torn_trips(card, fare):
    for write in range(1, 100):
        tap(card, 0, ENTERED)
        before = shown(card)
        purchase = begin(card, fare, LEFT)
        if not tear(card, purchase, write):
            check_booked(card, purchase)
            return
        card.close()
        ask_lab("insert card")
        card = new_card()
        found = recover(card, purchase, before)
        if found == "not booked":
            tap(card, fare, LEFT)
        print(json.dumps(found))


def tear_leave(card, fare, write):
    before = shown(card)
    purchase = begin(card, fare, LEFT)
    check("torn", tear(card, purchase, write), True)
    print(json.dumps({"purchase": purchase, "before": before}))


def shown(card):
    """Neither INITIALIZE writes anything, and a transaction that goes no further changes nothing."""
    log, status_word = card.exchange("00B201C417")
    loads = card.exchange("00B201D417")[0]
    return {
        "balance": number(card.send("805C000204")),
        "offline_counter": number(card.send(f"805003020B0100000000{TERMINAL}0F")[4:6]),
        "online_counter": number(card.send(f"805000020B0100000001{TERMINAL}10")[4:6]),
        "log": log.hex().upper() if status_word == "9000" else "",
        "load_log": loads.hex().upper(),
        "record": card.send("00B201B830").hex().upper(),
    }


def main():
    what, *words = sys.argv[1:]
    if what == "personalise":
        personalise(Device(READER))
        return
    card = new_card()
    if what == "load":
        load(card, int(words[0]))
    elif what == "enter":
        tap(card, 0, ENTERED)
    elif what == "leave":
        tap(card, int(words[0]), LEFT)
    elif what == "torn-trips":
        torn_trips(card, int(words[0]))
    elif what == "tear-leave":
        tear_leave(card, int(words[0]), int(words[1]))
    elif what == "recover":
        lost = json.loads(words[0])
        print(json.dumps(recover(card, lost["purchase"], lost["before"])))
    elif what == "show":
        print(json.dumps(shown(card)))


main()
