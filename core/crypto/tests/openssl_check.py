#!/usr/bin/env python3
"""Recomputes every vector in vectors/ with OpenSSL's command line alone, so that none rests on our C++.

Only `openssl enc` (ECB, one key) and `openssl dgst` do cryptography here; the rules that join the blocks are written
anew from standards.md 5.1 and 5.3. Single DES is taken as 3DES with the same key three times, because OpenSSL 3 keeps
DES itself in its legacy provider.
"""

import pathlib
import subprocess
import sys


def openssl(*arguments, data):
    return subprocess.run(["openssl", *arguments], input=data, capture_output=True, check=True).stdout


def ecb(algorithm, key, data):
    cipher, key = {"des": ("-des-ede3", key * 3), "3des": ("-des-ede", key), "sm4": ("-sm4-ecb", key)}[algorithm]
    return openssl("enc", cipher, "-K", key.hex(), "-nopad", data=data)


def block_size(algorithm):
    return 16 if algorithm == "sm4" else 8


def xor(a, b):
    return bytes(x ^ y for x, y in zip(a, b, strict=True))


def complement(data):
    return bytes(x ^ 0xFF for x in data)


def padded(data, size):
    return (data + b"\x80").ljust((len(data) + size) // size * size, b"\0")


def mac(algorithm, key, iv, data):
    size = block_size(algorithm)
    message = padded(data, size)
    blocks = [message[i:i + size] for i in range(0, len(message), size)]
    state = iv.ljust(size, b"\0")
    for block in blocks[:-1]:
        state = xor(state, block)
        state = ecb("des", key[:8], state) if algorithm == "3des" else ecb(algorithm, key, state)
    return ecb(algorithm, key, xor(state, blocks[-1]))[:4]


def diversify(algorithm, key, factors):
    for factor in factors.split(","):
        factor = bytes.fromhex(factor)
        key = ecb(algorithm, key, factor if algorithm == "des" else factor + complement(factor))
    return key


def session_key(algorithm, key, input):
    return ecb(algorithm, key, input + complement(input) if algorithm == "sm4" else input)


def tac_key(algorithm, key):
    return xor(key[:8], key[8:]) if algorithm == "3des" else key


def secure_messaging_encrypt(algorithm, key, data):
    size = block_size(algorithm)
    plain = bytes([len(data)]) + data
    return ecb(algorithm, key, padded(plain, size) if len(plain) % size else plain)


def external_authentication(algorithm, key, random):
    block = ecb(algorithm, key, random.ljust(block_size(algorithm), b"\0"))
    return xor(block[:8], block[8:]) if algorithm == "sm4" else block


FUNCTIONS = {
    "diversify": diversify,
    "encrypt": ecb,
    "external_authentication": external_authentication,
    "secure_messaging_encrypt": secure_messaging_encrypt,
    "secure_messaging_mac": lambda algorithm, key, challenge, data: mac(algorithm, key, challenge, data),
    "session_key": session_key,
    "sha256": lambda data: openssl("dgst", "-sha256", "-binary", data=data),
    "tac_key": tac_key,
    "transaction_mac": lambda algorithm, key, data: mac(algorithm, key, b"", data),
}


def vectors(path):
    """The blocks of `name = value` lines; blank lines part them, `#` starts a comment."""
    block = {}
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("#"):
            continue
        if line.strip():
            name, _, value = line.partition("=")
            block[name.strip()] = value.strip()
        elif block:
            yield block
            block = {}


def main():
    paths = sorted((pathlib.Path(__file__).parent / "vectors").glob("*.vec"))
    assert paths, "no vector files"
    wrong = 0
    for path in paths:
        blocks = list(vectors(path))
        assert blocks, f"{path.name} holds no vector"
        for block in blocks:
            name, expected = block.pop("id"), bytes.fromhex(block.pop("result"))
            inputs = {k: v if k in ("algorithm", "factors") else bytes.fromhex(v) for k, v in block.items()}
            result = FUNCTIONS[path.stem](**inputs)
            if result != expected:
                print(f"{path.name}: {name}: OpenSSL gives {result.hex().upper()}, the file says {expected.hex().upper()}")
                wrong += 1
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
