"""The system around the card: key stores, the reference terminal, clearing."""

import json
import subprocess
from datetime import date

import pytest

import tongka
from tongka.lab import find_program


@pytest.fixture(scope="module")
def centre(tmp_path_factory):
    """A national key centre, made by the command."""
    folder = tmp_path_factory.mktemp("keys")
    pass_file = folder / "pass"
    pass_file.write_text("open sesame\n")
    pass_file.chmod(0o600)
    made = [find_program(), "keys", "new", str(folder / "cn.keys"), "--pass-file", str(pass_file)]
    subprocess.run(made, check=True)
    return folder


@pytest.fixture
def store(centre):
    with tongka.KeyStore(str(centre / "cn.keys"), b"open sesame") as opened:
        yield opened


def test_a_store_gives_keys_of_cards_alone(centre, store):
    assert store.owner == "CN" and any(record.name == "DPK.01/01" for record in store.records)
    profile = tongka.load_profile()
    key = store.diversify("DPK.01/01", profile.city_factor, profile.asn)
    assert key.algorithm == "3des"
    with pytest.raises(tongka.Error):
        store.diversify("DPK.01/01")
    with pytest.raises(tongka.Error) as caught:
        tongka.KeyStore(str(centre / "cn.keys"), b"open barley")
    assert "barley" not in str(caught.value)
    store.close()
    with pytest.raises(tongka.Error, match="closed"):
        store.records


def test_devices_of_a_key_system_pay(store):
    profile = tongka.load_profile()
    card_profile = tongka.profile_with_keys(profile, store, "card")
    card = tongka.connect("sim:card", profile=card_profile)
    psam = tongka.connect("sim:psam", profile=tongka.profile_with_keys(profile, store, "psam"))
    card.load(100, card_profile.key("DLK", 1), tac_key=card_profile.key("DTK"))
    assert card.purchase(psam, 30).amount == 30 and card.balance() == 70


def test_the_terminal_takes_and_refuses():
    profile = tongka.load_profile()
    card, psam = tongka.connect("sim:card"), tongka.connect("sim:psam")
    terminal = tongka.Terminal(profile)
    noon = bytes.fromhex("20270101120000")
    refused = terminal.purchase(card, psam, 10, noon)
    assert not refused.accepted and refused.reason == "insufficient-balance" and refused.record == ""
    card.load(100, profile.key("DLK", 1))
    paid = terminal.purchase(card, psam, 10, noon)
    assert paid.accepted and json.loads(paid.record)["amount"] == 10
    assert len(terminal.records) == 1 and card.balance() == 90
    with pytest.raises(ValueError, match="a moment"):
        terminal.purchase(card, psam, 10, b"\x20\x27")


def test_a_purchase_cut_off_is_recovered():
    profile = tongka.load_profile()
    card, psam = tongka.connect("sim:card"), tongka.connect("sim:psam")
    card.load(100, profile.key("DLK", 1))
    terminal = tongka.Terminal(profile)
    card.tear(1, after=True)
    cut = terminal.purchase(card, psam, 10, bytes.fromhex("20270101120000"))
    assert cut.result == "unknown"
    card.reset()
    assert terminal.recover(card).result in ("accepted", "refused")
    card.select_application()
    assert card.balance() in (90, 100)


def test_a_day_is_settled(centre, store, tmp_path):
    (tmp_path / "cities").write_text("2144\n2000\n")
    make = [find_program(), "settle", "make", "--keys", str(centre / "cn.keys"), "--pass-file", str(centre / "pass")]
    make += ["--cities", str(tmp_path / "cities"), "--records", "200", "--date", "20240101", "--plant", "tac:3"]
    make += ["--out", str(tmp_path / "day")]
    subprocess.run(make, check=True)
    files = sorted((tmp_path / "day").rglob("FH*"))
    told: list[float] = []
    found = tongka.settle(files, store, tmp_path / "checked", last_day=date(2024, 1, 1), progress=told.append)
    assert found.records == found.accepted + found.set_aside and found.verdicts["tac"][0] == 3
    assert (found.out / "set-aside.csv").exists() and told[-1] == 1
    verdicts = [
        tongka.run("file-upload-tac", file=tmp_path / "day", keys=given)["file-upload-tac"].verdict
        for given in (None, store)
    ]
    assert verdicts[0] != "pass" and verdicts[1] in ("pass", "fail"), "keys are needed to tell"
    with pytest.raises(tongka.Error, match="is there already"):
        tongka.settle(files, store, tmp_path / "checked")
    with pytest.raises(tongka.Error):
        tongka.settle([tmp_path / "FHnowhere"], store, tmp_path / "other", layout="FH")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["checked", "cities", "day"]
