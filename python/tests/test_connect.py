"""Devices: opened, spoken to, closed."""

import threading

import pytest

import tongka

SELECT = bytes.fromhex("00A4040009A00000000386980701")


def test_a_simulated_card_answers():
    card = tongka.connect("sim:card")
    assert card.number.hex() == "2144000000000001"
    fci = card.transmit(SELECT)
    assert fci[0] == 0x6F and fci.endswith(b"\x90\x00")
    assert card.transmit(bytes.fromhex("805C000204")) == bytes(4) + b"\x90\x00"
    assert card.transmit(bytearray.fromhex("805C000204")) == card.transmit(memoryview(b"\x80\x5c\x00\x02\x04"))


def test_a_simulated_psam_speaks_t0():
    psam = tongka.connect("sim:psam")
    assert psam.protocol == "T=0"
    assert psam.transmit(bytes.fromhex("00A4040006BDA8C9E8B2BF"))[0] == 0x61
    assert psam.apdu(bytes.fromhex("00A4040006BDA8C9E8B2BF00"))[0] == 0x6F


def test_what_is_wrong_is_said_in_one_line():
    with pytest.raises(RuntimeError, match="is no device: known are sim:card"):
        tongka.connect("usb:1")
    with pytest.raises(tongka.Error, match="cannot be read"):
        tongka.connect("sim:card", profile="/nowhere.yaml")
    with pytest.raises(tongka.Error, match="wrong-mac"):
        tongka.connect("sim:card", deviation="no-such-fault-at-all-wrong-mac")
    with pytest.raises(ValueError, match="no role"):
        tongka.connect("sim:card", "reader")  # type: ignore[call-overload]


def test_a_closed_device_says_so():
    with tongka.connect("sim:card") as card:
        assert not card.closed
    assert card.closed and "closed" in repr(card)
    with pytest.raises(tongka.DeviceError, match="sim:card: the device was closed"):
        card.transmit(SELECT)


def test_a_refusal_tells_command_answer_and_reason():
    card = tongka.connect("sim:card")
    with pytest.raises(tongka.StatusError) as caught:
        card.ask("80 5C 00 03 04")
    assert caught.value.sw == 0x6A86 and caught.value.command == "805C000304" and caught.value.role == "card"


def test_a_pin_reaches_no_message():
    card = tongka.connect("sim:card")
    card.keep(10)
    card.select_application()
    with pytest.raises(tongka.StatusError) as caught:
        card.verify_pin(bytes.fromhex("987654"))
    assert "987654" not in str(caught.value) and "987654" not in caught.value.command
    assert "987654" not in repr(card.exchanges)
    card.close()
    with pytest.raises(tongka.DeviceError) as lost:
        card.verify_pin(bytes.fromhex("987654"))
    assert "987654" not in str(lost.value)


def test_exchanges_are_kept_as_many_as_asked_for():
    card = tongka.connect("sim:card")
    card.transmit(SELECT)
    assert card.exchanges == []
    card.keep(2)
    for _ in range(3):
        card.transmit(SELECT)
    card.balance()
    kept = card.exchanges
    assert [one.sw for one in kept] == ["9000", "9000"] and str(kept[1].decoded().command) == "GET BALANCE"
    assert [str(field.name) for field in kept[1].decoded().received] == ["balance"]


def test_a_torn_command_is_lost_and_the_card_whole():
    card = tongka.connect("sim:card")
    profile = tongka.load_profile()
    card.load(100, profile.key("DLK", 1))
    assert card.can_be_torn
    card.tear(1)
    with pytest.raises(tongka.DeviceError):
        card.load(100, profile.key("DLK", 1))
    card.reset()
    card.select_application()
    assert card.balance() in (100, 200)


def test_threads_take_turns():
    card = tongka.connect("sim:card")
    card.select_application()
    answers: list[bytes] = []

    def ask() -> None:
        answers.extend(card.transmit(bytes.fromhex("805C000204")) for _ in range(200))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [bytes(4) + b"\x90\x00"] * 800


def test_a_blank_card_is_issued():
    card = tongka.connect("sim:blank", "card")
    with pytest.raises(tongka.StatusError):
        card.select_application()
    tongka.issue_card(card, tongka.load_profile())
    card.reset()
    card.select_application()
    assert card.card_data().asn.hex() == "2144000000000001"
