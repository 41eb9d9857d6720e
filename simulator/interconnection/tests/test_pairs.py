"""Taps of the matrix, computed again with the openssl command alone (standards.md 5.1 to 5.3)."""

import json
import os
import subprocess

import pytest


def openssl(cipher, key, data):
    """In hexadecimal; ECB, or CBC from zeros."""
    command = ["openssl", "enc", "-e", "-nopad", "-" + cipher, "-K", key]
    if cipher.endswith("cbc"):
        command += ["-iv", "0" * (16 if "des" in cipher else 32)]
    return subprocess.run(command, input=bytes.fromhex(data), capture_output=True, check=True).stdout.hex().upper()


def inverted(data):
    return bytes(byte ^ 0xFF for byte in bytes.fromhex(data)).hex().upper()


def padded(data, block):
    data += "80"
    return data + "00" * (-(len(data) // 2) % block)


class TripleDes:
    def diversified(self, key, factor):
        return openssl("des-ede", key, factor + inverted(factor))

    def session(self, key, factor):
        return openssl("des-ede", key, factor)

    def tac_key(self, key):
        return bytes(a ^ b for a, b in zip(bytes.fromhex(key[:16]), bytes.fromhex(key[16:]))).hex().upper()

    def mac(self, key, data):
        return openssl("des-ede-cbc", key + key, padded(data, 8))[-16:-8]  # K, K: single DES


class Sm4:
    def diversified(self, key, factor):
        return openssl("sm4-ecb", key, factor + inverted(factor))

    session = diversified

    def tac_key(self, key):
        return key

    def mac(self, key, data):
        return openssl("sm4-cbc", key, padded(data, 16))[-32:-24]


@pytest.mark.parametrize("name, algorithm", [("3des", TripleDes()), ("sm4", Sm4())])
def test_every_code_is_what_openssl_computes(name, algorithm):
    printed = subprocess.run([os.environ["PRINT_PAIRS"], name], capture_output=True, check=True, text=True).stdout
    network = json.loads(printed)
    assert len(network["pairs"]) == 8  # 2 cities, 2 rounds
    roots = set()
    for pair in network["pairs"]:
        factors = pair["asn"][:4] + "FF0000000000", pair["asn"]
        purchase, tac = pair["root"], network["tac_root"]
        for factor in factors:
            purchase, tac = algorithm.diversified(purchase, factor), algorithm.diversified(tac, factor)
        session = algorithm.session(purchase, pair["random"] + pair["counter"] + pair["terminal_serial"][4:])
        transaction = pair["date_time"]
        assert pair["mac1"] == algorithm.mac(session, pair["amount"] + "06" + pair["terminal"] + transaction)
        assert pair["mac2"] == algorithm.mac(session, pair["amount"])
        assert pair["tac"] == algorithm.mac(
            algorithm.tac_key(tac), pair["amount"] + "06" + pair["terminal"] + pair["terminal_serial"] + transaction)
        roots.add(pair["root"])
    assert len(roots) == 2  # both generations were paid with
