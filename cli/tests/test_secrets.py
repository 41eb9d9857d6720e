"""No key reaches anything that a run writes: every output of the whole suite, on every profile, is searched for every
key in use - masters, those of city and card, session keys of transactions - in the forms in which one could be told."""

import base64
import json
import os
import pathlib
import subprocess

import pytest
import yaml
from cryptography.hazmat.primitives.ciphers import Cipher, modes
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from purse_crypto import city_factor, diversify

TONGKA = os.environ["TONGKA"]
PROFILES = sorted(path for path in (pathlib.Path(os.environ["TONGKA_SOURCES"]) / "testcases/profiles").glob("*.yaml")
                  if not path.name.endswith(".ics.yaml"))


def complement(data):
    return bytes(255 - byte for byte in data)


def sm4_diversify(master, factor):
    encryptor = Cipher(SM4(master), modes.ECB()).encryptor()
    return encryptor.update(factor + complement(factor)) + encryptor.finalize()


def keys_of(profile):
    """Each key that devices of the profile hold, and those between a master and a card's key."""
    content = yaml.load(profile.read_text(), Loader=yaml.BaseLoader)
    card = content["card"]
    asn, city = bytes.fromhex(card["asn"]), city_factor(bytes.fromhex(card["city"]))
    derive = sm4_diversify if profile.stem == "sm4" else diversify
    found = set()

    def take(named, value_key):
        for entry in named.values():
            text = entry if isinstance(entry, str) else entry[value_key]
            key = bytes.fromhex(text)
            found.add(key)
            of_city = derive(key, city)
            found.update({of_city, derive(of_city, asn), derive(key, asn)})

    take(card.get("master", {}), "value")
    take(card.get("keys", {}), "value")
    take(content["psam"]["keys"], "master")
    take(content["isam"]["keys"], "master")
    return found


def forms_of(key):
    text = key.hex()
    yield key
    for hexadecimal in (text, text.upper()):
        yield hexadecimal.encode()
        yield " ".join(hexadecimal[i : i + 2] for i in range(0, len(hexadecimal), 2)).encode()
    yield base64.b64encode(key).rstrip(b"=")[:-1]
    yield str(list(key)).encode()


def search(keys, outputs):
    """Which output holds which key; a key is told by its number, not by itself."""
    return [(name, number) for name, content in outputs.items() for number, key in enumerate(sorted(keys))
            if any(form in content for form in forms_of(key))]


@pytest.mark.parametrize("profile", PROFILES, ids=lambda path: path.stem)
def test_no_output_of_the_suite_holds_a_key(profile, tmp_path):
    ran = subprocess.run(
        [TONGKA, "run", "--device", "sim:card", "--psam", "sim:psam", "--isam", "sim:isam", "--profile", str(profile),
         "--out", str(tmp_path / "out")], capture_output=True)
    assert ran.returncode == 0, ran.stderr.decode()
    outputs = {"stdout": ran.stdout, "stderr": ran.stderr}
    outputs.update({path.name: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()})
    assert {"record.jsonl", "report.json", "report.html", "junit.xml"} <= set(outputs)
    assert search(keys_of(profile), outputs) == []


def test_the_search_finds_a_key_that_is_there():
    key = bytes(range(0x40, 0x50))
    for form in forms_of(key):
        assert search({key}, {"a": b"before" + form + b"after"}) == [("a", 0)]


def test_a_failing_run_and_decoded_exchanges_hold_no_key(tmp_path):
    profile = next(path for path in PROFILES if path.stem == "city-union")
    wrong = subprocess.run(
        [TONGKA, "run", "--device", "sim:card", "--psam", "sim:psam", "--isam", "sim:isam",
         "--deviation", "purchase-mac1-unchecked", "--out", str(tmp_path / "out")], capture_output=True)
    assert wrong.returncode == 1
    decoded = subprocess.run(
        [TONGKA, "apdu", "--device", "sim:blank", "--decode"], capture_output=True,
        input=b"80E03F000D38FFFFF0F001FFFFFFFFFFFFFF\n80E00000073F005001F0FFFF\n"
              b"80D401001539F0F0AA33" + b"4F28903FFDEC44516F603B9DC9EF9F12" + b"\n")
    assert decoded.stdout.count(b"9000") >= 3
    outputs = {"stdout": wrong.stdout, "stderr": wrong.stderr, "decoded": decoded.stdout, "told": decoded.stderr}
    outputs.update({path.name: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()})
    assert search(keys_of(profile), outputs) == []


@pytest.mark.parametrize("spoil", [lambda text: text.replace('"00112233445566778899AABBCCDDEEFF"', '"00112233445566778899AABBCCDDEE"'),
                                   lambda text: text.replace("00112233445566778899AABBCCDDEEFF", "0x112233445566778899AABBCCDDEEFF"),
                                   lambda text: text.replace("DPK.01:", "DPKK.01:")])
def test_an_error_about_a_key_does_not_show_it(spoil, tmp_path):
    original = next(path for path in PROFILES if path.stem == "city-union").read_text()
    spoilt = tmp_path / "spoilt.yaml"
    spoilt.write_text(spoil(original))
    ran = subprocess.run([TONGKA, "apdu", "--profile", str(spoilt)], capture_output=True, input=b"")
    assert ran.returncode == 2
    assert len(ran.stderr.splitlines()) == 1
    assert b"112233445566778899" not in ran.stderr + ran.stdout


def test_a_record_keeps_no_pin(tmp_path):
    ran = subprocess.run([TONGKA, "run", "--device", "sim:card", "--out", str(tmp_path / "out")], capture_output=True)
    assert ran.returncode in (0, 3)
    verified = [line for line in (tmp_path / "out" / "record.jsonl").read_text().splitlines() if '"00200000' in line]
    assert verified
    assert not any("0020000003123456" in line for line in verified)
    assert json.loads(verified[0])
