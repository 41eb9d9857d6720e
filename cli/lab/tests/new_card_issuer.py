"""Personalises a blank card over PC/SC, with keys and files of its own: FMCOS' commands (standards.md 3.1, 3.5), city
layout (3.3). Owes nothing to Tongka."""

import hashlib

from purse_crypto import external_authentication, secure_messaging_mac

AID = "A00000000386980701"
CITY = "2144"
ASN = "2144000000004711"
DIRECTORY = f"61114F09{AID}500450424F43"
CARD_DATA = f"{CITY}{CITY}0000FFFF{ASN}0101202601010000000000010100"
PUBLIC_DATA = f"{CITY}{CITY}0000FFFF01010001{ASN}20260101203612310101"
NO_RECORD = "012E" + "00" * 46

SELECT_MF = "00A40000023F00"
SELECT_APPLICATION = f"00A4040009{AID}"

ANYONE, NOBODY, AFTER_MASTER_KEY, AFTER_TERMINAL_KEY = "F0", "EF", "AA", "F2"
PLAIN, WRITTEN_WITH_MAC = "FF", "9B"  # which maintenance key protects lines: none; 00 on writing alone


def key(name):
    return hashlib.sha256(name.encode()).digest()[:16]


def counted_key(kind, name, next_state="FF"):
    return f"{kind}{ANYONE}{AFTER_MASTER_KEY}{next_state}33{key(name).hex()}"


def transaction_key(kind, name):
    return f"{kind}{ANYONE}{AFTER_MASTER_KEY}0100{key(name).hex()}"


def command(head, data):
    return f"{head}{len(data) // 2:02X}{data}"


def create(file_id, description):
    return command(f"80E0{file_id}", description)


def write_key(number, key_and_header):
    return command(f"80D401{number}", key_and_header)


MASTER_FILE = [
    create("3F00", f"38FFFF{AFTER_MASTER_KEY}{AFTER_MASTER_KEY}01FFFFFFFFFFFFFF"),
    create("0000", f"3F006001{AFTER_MASTER_KEY}FFFF"),
    write_key("00", counted_key("36", "DCMK")),
    create("0001", f"2C0040{ANYONE}{ANYONE}FF{PLAIN}"),
    command("00E20008", DIRECTORY),
    create("0005", f"A8001E{ANYONE}{ANYONE}FF{WRITTEN_WITH_MAC}"),
]
APPLICATION = [
    create("3F01", f"38FFFF{AFTER_MASTER_KEY}{AFTER_MASTER_KEY}95FFFF{AID}"),
    SELECT_APPLICATION,
    create("0000", f"3F01008F{AFTER_MASTER_KEY}FFFF"),
    write_key("00", counted_key("36", "DAMK")),
    write_key("01", counted_key("39", "UK", "02")),
    write_key("00", transaction_key("34", "DTK")),
    write_key("01", transaction_key("3E", "DPK")),
    write_key("01", transaction_key("3F", "DLK")),
    create("0002", f"2F0208{ANYONE}00FF18"),
    create("0015", f"A8001E{ANYONE}{ANYONE}FF{WRITTEN_WITH_MAC}"),
    create("0017", f"2C0150{ANYONE}{AFTER_TERMINAL_KEY}FF{PLAIN}"),
    create("0018", f"2E0A17{ANYONE}{NOBODY}FF{PLAIN}"),
    create("001A", f"2E0A17{ANYONE}{NOBODY}FF{PLAIN}"),
]


def authenticate(card, number, name):
    challenge = card.send("0084000004")
    card.send(command(f"008200{number}", external_authentication(key(name), challenge).hex()))


def write_with_mac(card, address, data, name):
    """UPDATE BINARY under secure messaging; gives the status word."""
    head = f"04D6{address}{len(data) // 2 + 4:02X}"
    challenge = card.send("0084000004")
    mac = secure_messaging_mac(key(name), challenge, bytes.fromhex(head + data))
    return card.exchange(head + data + mac.hex())[1]


def check(what, found, wanted):
    if found != wanted:
        raise SystemExit(f"{what}: {found}, not {wanted}")


def personalise(card):
    check("SELECT of a blank card", card.exchange(SELECT_APPLICATION)[1], "6A82")
    for each in MASTER_FILE:
        card.send(each)
    check("0005 without MAC", card.exchange(command("00D68500", CARD_DATA))[1], "6987")
    check("0005", write_with_mac(card, "8500", CARD_DATA, "DCMK"), "9000")
    for each in APPLICATION:
        card.send(each)
    check("0015 under another key", write_with_mac(card, "9500", PUBLIC_DATA, "DCMK"), "6988")
    check("0015", write_with_mac(card, "9500", PUBLIC_DATA, "DAMK"), "9000")
    check("a record without authentication of the terminal", card.exchange(command("00E200B8", NO_RECORD))[1], "6982")
    authenticate(card, "01", "UK")
    card.send(command("00E200B8", NO_RECORD))
    # The master control key of each directory comes last: from then on it is asked for.
    card.send(write_key("00", counted_key("39", "DACK", "AA")))
    one_key_more = write_key("02", transaction_key("3E", "DPK.02"))
    check("a key without authentication", card.exchange(one_key_more)[1], "6982")
    authenticate(card, "00", "DACK")
    card.send(one_key_more)
    card.send(SELECT_MF)
    card.send(write_key("00", counted_key("39", "DCCK", "AA")))
    check("a file without authentication", card.exchange(create("0006", "280010F0F0FFFF"))[1], "6982")
    check_contents(card)


def check_contents(card):
    """What everyone may read of the card, and which it must not say of itself differently."""
    card.send(SELECT_MF)
    check("DIR", card.send("00B2010C13").hex().upper(), DIRECTORY)
    check("0005", card.send("00B085001E").hex().upper(), CARD_DATA)
    fci = card.send(SELECT_APPLICATION + "00").hex().upper()
    check("FCI", fci, f"6F2E8409{AID}A5219F0C1E{PUBLIC_DATA}")
    check("0015", card.send("00B095001E").hex().upper(), PUBLIC_DATA)
