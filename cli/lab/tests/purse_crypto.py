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
    return _cbc(key, bytes(8), _padded(message))[:4]


def secure_messaging_mac(key, challenge, message):
    """Begins with the card's random number; a key of 16 bytes makes a retail MAC (ISO 9797-1 algorithm 3)."""
    left, right = key[:8], key[-8:]
    block = _cbc(left, challenge.ljust(8, b"\0"), _padded(message))
    if len(key) == 16:
        decryptor = Cipher(TripleDES(right), modes.ECB()).decryptor()
        block = _ecb(left, decryptor.update(block) + decryptor.finalize())
    return block[:4]


def external_authentication(key, challenge):
    return _ecb(key, challenge.ljust(8, b"\0"))


def _padded(message):
    padded = message + b"\x80"
    return padded + bytes(-len(padded) % 8)


def _cbc(key, block, message):
    for at in range(0, len(message), 8):
        block = _ecb(key, bytes(a ^ b for a, b in zip(block, message[at : at + 8])))
    return block
