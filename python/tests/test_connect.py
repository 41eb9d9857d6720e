import doctest

import pytest
import tongka


def test_a_simulated_card_answers():
    card = tongka.connect("sim:card")
    assert card.number.hex() == "2144000000000001"
    fci = card.transmit(bytes.fromhex("00A4040009A00000000386980701"))
    assert fci[0] == 0x6F and fci.endswith(b"\x90\x00")
    assert card.transmit(bytes.fromhex("805C000204")) == bytes(4) + b"\x90\x00"


def test_a_simulated_psam_speaks_t0():
    psam = tongka.connect("sim:psam")
    assert psam.transmit(bytes.fromhex("00A4040006BDA8C9E8B2BF"))[0] == 0x61


def test_what_is_wrong_is_said_in_one_line():
    with pytest.raises(RuntimeError, match="is no device: known are sim:card"):
        tongka.connect("usb:1")
    with pytest.raises(RuntimeError, match="cannot be read"):
        tongka.connect("sim:card", profile="/nowhere.yaml")


def test_the_examples_in_the_documentation_run():
    assert doctest.testmod(tongka).failed == 0
