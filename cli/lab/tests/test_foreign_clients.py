"""PC/SC programs that know nothing of Tongka select the application of the virtual card."""

import pathlib
import sys

import pytest
from lab_process import Lab

CARD = "Tongka Card 00 00"
APPLICATION = "A00000000386980701"
SELECT = f"00A4040009{APPLICATION}"


@pytest.fixture(name="lab", scope="module")
def one_lab():
    with Lab() as lab:
        yield lab


def test_opensc_lists_the_readers(lab):
    lines = lab.run("opensc-tool", "-l").stdout.splitlines()
    with_card = [line.split("  ")[-1].strip() for line in lines if " Yes " in line]
    assert with_card == [CARD, "Tongka PSAM 00 00"]


def test_opensc_selects_the_application(lab):
    ended = lab.run("opensc-tool", "-r", CARD, "-s", SELECT)
    assert ended.returncode == 0, ended.stderr
    assert "SW1=0x90, SW2=0x00" in ended.stdout
    assert "84 09 A0 00 00 00 03 86 98 07 01" in ended.stdout


def test_scriptor_selects_the_application(lab, tmp_path):
    script = tmp_path / "select"
    script.write_text(SELECT + "\n")
    ended = lab.run("scriptor", "-r", CARD, str(script))
    assert "90 00 : Normal processing." in ended.stdout, ended.stderr
    assert "84 09 A0 00 00 00 03 86 98 07 01" in ended.stdout


def test_pyscard_selects_the_application(lab):
    script = f"""
from smartcard.System import readers
connection = [reader for reader in readers() if str(reader) == "{CARD}"][0].createConnection()
connection.connect()
data, sw1, sw2 = connection.transmit(list(bytes.fromhex("{SELECT}")))
print(f"{{sw1:02X}}{{sw2:02X}}", bytes(data).hex().upper())
uid, sw1, sw2 = connection.transmit([0xFF, 0xCA, 0x00, 0x00, 0x00])
print(f"{{sw1:02X}}{{sw2:02X}}", len(uid))
"""
    ended = lab.run(sys.executable, "-c", script)
    select, uid = ended.stdout.splitlines()
    assert select.startswith("9000 6F2E8409" + APPLICATION), ended.stderr
    assert uid == "9000 4"


def test_pyscard_loads_and_purchases_with_macs_of_its_own():
    """On a lab of its own: it spends."""
    here = pathlib.Path(__file__).parent
    profile = here.parents[2] / "testcases" / "profiles" / "city-union.yaml"
    with Lab() as lab:
        ended = lab.run(sys.executable, str(here / "purchase_client.py"), str(profile))
        assert ended.stdout == "balance 749\n", ended.stderr
        again = lab.run(sys.executable, str(here / "purchase_client.py"), str(profile))
        assert again.stdout == "balance 1498\n", again.stderr
