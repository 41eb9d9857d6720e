"""A purse by typed commands, and the cryptography beneath them."""

import doctest
import importlib
import pkgutil

import pytest

import tongka


@pytest.mark.parametrize("name", ["city-union", "sm4"])
def test_a_load_and_a_purchase(name):
    profile = tongka.load_profile(name)
    card = tongka.connect("sim:card", profile=profile)
    psam = tongka.connect("sim:psam", profile=profile)
    load = card.load(1000, profile.key("DLK", 1), tac_key=profile.key("DTK"))
    assert load.balance == 1000
    paid = card.purchase(psam, 300)
    assert paid.balance_before == 1000 and card.balance() == 700
    tac = profile.key("DTK").tac_key().mac(
        (300).to_bytes(4, "big") + b"\x06" + paid.terminal + paid.terminal_serial.to_bytes(4, "big") + paid.moment
    )
    assert paid.tac == tac and tac.hex().upper() in repr(paid)


def test_a_load_under_another_key_is_refused():
    profile = tongka.load_profile()
    with pytest.raises(tongka.Error, match="MAC1 is wrong"):
        tongka.connect("sim:card").load(1, profile.key("DPK", 1))


def test_keys_are_derived_and_never_shown():
    profile = tongka.load_profile()
    master = tongka.Key("3des", bytes.fromhex("00112233445566778899AABBCCDDEEFF"))
    derived = master.diversify(profile.city_factor, profile.asn)
    assert derived == profile.key("DPK", 1) and derived != master and derived != 1
    assert repr(derived) == "<tongka.Key 3des, 16 bytes>"
    inverted = bytes(byte ^ 0xFF for byte in profile.city_factor)
    assert master.diversify(profile.city_factor).reveal() == master.encrypt(profile.city_factor + inverted)
    assert derived.decrypt(derived.encrypt(bytes(16))) == bytes(16)
    assert derived.unwrap(derived.wrap(b"abc")) == b"abc"
    with pytest.raises(tongka.Error) as caught:
        tongka.Key("3des", b"secret!")
    assert "secret" not in str(caught.value)
    with pytest.raises(ValueError, match="a factor has 7 bytes, not 8"):
        master.diversify(bytes(7))
    with pytest.raises(ValueError, match="no whole number of blocks"):
        master.encrypt(bytes(7))
    with pytest.raises(KeyError, match="DPK.09 of the card"):
        profile.key("DPK", 9)


def test_sm4_by_its_standard():
    # GB/T 32907-2016, A.1.
    key = tongka.Key("sm4", bytes.fromhex("0123456789ABCDEFFEDCBA9876543210"))
    plain = bytes.fromhex("0123456789ABCDEFFEDCBA9876543210")
    assert key.encrypt(plain).hex().upper() == "681EDF34D206965E86B3E94F536E4246"


def test_data_objects():
    [fci] = tongka.parse_tlv(bytes.fromhex("6F0A8403010203A503880101"))
    assert fci.tag == 0x6F and 0xA5 in fci and fci[0xA5][0x88].value == b"\x01"
    assert [inner.tag for inner in fci] == [0x84, 0xA5] and len(fci) == 2
    assert tongka.make_tlv(0x9F0C, b"\x01") == bytes.fromhex("9F0C0101")
    with pytest.raises(KeyError):
        fci[0x50]
    with pytest.raises(tongka.Error):
        tongka.parse_tlv(b"\x6f\x05\x01")


def test_commands_and_files_are_taken_apart():
    command = tongka.parse_command(bytes.fromhex("805001020B01000000641122334455660F"))
    assert (command.ins, command.ne, command.case, len(command.data)) == (0x50, 15, 4, 11)
    decoded = tongka.decode(bytes.fromhex("805C000204"), bytes.fromhex("000000649000"))
    assert decoded.command.en == "GET BALANCE" and decoded.received[0].meaning.en == "1.00 CNY"
    assert decoded.received[0].name.zh == "余额"
    card = tongka.connect("sim:card")
    card.select_application()
    fields = tongka.decode_file(0x15, card.read_binary(0x15))
    assert [field.meaning.en for field in fields if field.name.en == "city code"] == ["2144"]
    assert tongka.read_bcd(tongka.to_bcd(1234, 4)) == 1234


def test_the_examples_in_the_documentation_run():
    for found in pkgutil.iter_modules(tongka.__path__, "tongka."):
        assert doctest.testmod(importlib.import_module(found.name)).failed == 0, found.name
    assert doctest.testmod(tongka).failed == 0
