"""Contacts, antenna, and both: what PC/SC programs see of a card by its profile."""

import pathlib
import re
import sys

import pytest
from lab_process import Lab
from smartcard.ATR import ATR

HERE = pathlib.Path(__file__).parent
PROFILE = HERE.parents[2] / "testcases" / "profiles" / "city-union.yaml"
CARD = "Tongka Card 00 00"
SELECT = "00A4040009A00000000386980701"
SERIAL = "0123456789ABCDEF"
INTERFACES = {
    "contactless": "interface: contactless",
    "dual": "interface: dual\n  protocol: t1",
    "t0": "interface: contact\n  protocol: t0",
    "t1": "interface: contact\n  protocol: t1",
}
GET_UID, GET_HISTORICAL_BYTES = "FFCA000000", "FFCA010000"


@pytest.fixture(name="profile_of")
def profile_in_a_folder(tmp_path):
    def write(interface):
        text = PROFILE.read_text(encoding="utf-8")
        assert "  interface: contactless\n" in text
        path = tmp_path / f"{interface}.yaml"
        path.write_text(
            text.replace("  interface: contactless\n", f'  {INTERFACES[interface]}\n  chip_serial: "{SERIAL}"\n'), "utf-8"
        )
        return str(path)

    return write


def send(lab, *commands):
    """opensc-tool's view: the answers as data and status word."""
    words = [word for command in commands for word in ("-s", command)]
    ended = lab.run("opensc-tool", "-r", CARD, *words)
    assert ended.returncode == 0, ended.stderr
    answers = []
    for answer in ended.stdout.split("Received ")[1:]:
        status = re.search(r"SW1=0x(..), SW2=0x(..)", answer)
        lines = answer.splitlines()[1:]
        data = "".join("".join(re.findall(r"\b[0-9A-F]{2}\b", line[:48])) for line in lines if not line.startswith("Sending"))
        answers.append((data, status[1] + status[2]))
    return answers


def atr(lab):
    return lab.run("opensc-tool", "-r", CARD, "-a").stdout.strip().replace(":", "").upper()


@pytest.mark.parametrize("interface", ["contactless", "dual"])
def test_an_antenna_shows_the_pseudo_atr_the_uid_and_the_historical_bytes_of_the_ats(interface, profile_of):
    historical = "209000" + SERIAL
    with Lab("--card", profile_of(interface)) as lab:
        seen = ATR(list(bytes.fromhex(atr(lab))))
        assert bytes(seen.getHistoricalBytes()).hex().upper() == historical
        assert atr(lab).startswith("3B8B8001") and seen.checksumOK
        assert send(lab, GET_UID, GET_HISTORICAL_BYTES) == [(SERIAL[-8:], "9000"), (historical, "9000")]
        assert send(lab, "FFCA020000") == [("", "6A81")]


@pytest.mark.parametrize("interface", ["t0", "t1"])
def test_contacts_show_their_protocol_and_have_no_uid(interface, profile_of):
    with Lab("--card", profile_of(interface)) as lab:
        seen = ATR(list(bytes.fromhex(atr(lab))))
        assert (seen.isT0Supported(), seen.isT1Supported()) == (interface == "t0", interface == "t1")
        assert seen.checksumOK if seen.hasChecksum else interface == "t0"
        assert bytes(seen.getHistoricalBytes()).hex().upper() == "0081544B018660" + SERIAL[-12:]
        assert send(lab, GET_UID, GET_HISTORICAL_BYTES) == [("", "6A81"), ("", "6A81")]


@pytest.mark.parametrize("interface", INTERFACES)
def test_commands_are_answered_on_every_interface(interface, profile_of):
    with Lab("--card", profile_of(interface)) as lab:
        select, balance, unknown = send(lab, SELECT + "00", "805C000204", "80FF000000")
        assert select[1] == "9000" and select[0].startswith("6F2E8409A00000000386980701")
        assert balance == ("00000000", "9000")
        assert unknown == ("", "6D00")
        script = lab.directory / "script"
        script.write_text(f"{SELECT}\n805C000204\n")
        ended = lab.run("scriptor", "-r", CARD, str(script))
        script.unlink()
        assert "00 00 00 00 90 00 : Normal processing." in ended.stdout, ended.stdout + ended.stderr


@pytest.mark.parametrize("interface", ["dual", "t0", "t1"])
def test_a_blank_card_lives_its_life_on_every_interface(interface, profile_of):
    client = str(HERE / "new_card_client.py")
    with Lab("--card", profile_of(interface), "--blank") as lab:
        for words in (["personalise"], ["load", "1000"], ["enter"], ["leave", "300"], ["show"]):
            ended = lab.run(sys.executable, client, *words)
            assert ended.returncode == 0, ended.stderr
        assert '"balance": 700' in ended.stdout
