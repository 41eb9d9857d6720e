"""The purse's cryptography (standards.md 5.1, 5.2) on python3-cryptography alone: nothing of Tongka is in here."""

from cryptography.hazmat.primitives.ciphers import Cipher, modes
from cryptography.hazmat.primitives.ciphers.algorithms import TripleDES


def _ecb(key, data):
    """One key of 8 bytes is single DES: triple DES with the same key three times."""
    encryptor = Cipher(TripleDES(key), modes.ECB()).encryptor()
    return encryptor.update(data) + encryptor.finalize()


def diversify(master, factor):
    return _ecb(master, factor) + _ecb(master, bytes(255 - byte for byte in factor))


def card_key(master, city, asn):
    """Master, then city, then card."""
    return diversify(diversify(master, city_factor(city)), asn)


def city_factor(city):
    return city + bytes.fromhex("FF0000000000")


def session_key(key, challenge):
    return _ecb(key, challenge)


def tac_key(key):
    return bytes(left ^ right for left, right in zip(key[:8], key[8:]))


def mac(key, message):
    """Single DES in CBC mode, padded with 80 00…, also where the message fills its last block."""
    padded = message + b"\x80"
    padded += bytes(-len(padded) % 8)
    block = bytes(8)
    for at in range(0, len(padded), 8):
        block = _ecb(key, bytes(a ^ b for a, b in zip(block, padded[at : at + 8])))
    return block[:4]
