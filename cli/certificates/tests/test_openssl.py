"""Both ways: OpenSSL's command line checks what we made, and we check what it made."""

import pytest

ID = "1234567812345678"
EXTENSIONS = """
[ca_root]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[ca_city]
basicConstraints = critical,CA:TRUE,pathlen:0
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[device]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
"""


def checks(office, certificate, issuer):
    """Whether OpenSSL finds the certificate right under this issuer. It gives the identifier to the first certificate of a
    chain alone, so each step is asked for by itself."""
    ran = office.openssl("verify", "-x509_strict", "-partial_chain", "-trusted", issuer, "-vfyopt", f"distid:{ID}", certificate,
                         check=False)
    return ran.returncode == 0


def signed_by(office, der, certificate, identifier=ID):
    """Whether the signature of a certificate or list is right, by `openssl pkeyutl` over the signed part of its DER."""
    office.path("whole.der").write_bytes(der)
    parts = office.openssl("asn1parse", "-inform", "DER", "-in", "whole.der").stdout.decode().splitlines()
    top = [int(line.split(":")[0]) for line in parts if "d=1 " in line]
    for part, out in ((0, "signed"), (2, "signature")):
        office.openssl("asn1parse", "-inform", "DER", "-in", "whole.der", "-strparse", top[part], "-noout", "-out", out)
    office.path("public").write_bytes(office.openssl("x509", "-in", certificate, "-noout", "-pubkey").stdout)
    ran = office.openssl("pkeyutl", "-verify", "-pubin", "-inkey", "public", "-rawin", "-digest", "sm3", "-in", "signed",
                         "-sigfile", "signature", "-pkeyopt", f"distid:{identifier}", check=False)
    return ran.returncode == 0


def test_openssl_takes_our_chain(chain):
    assert checks(chain, "city.pem", "root.pem")
    assert checks(chain, "card.pem", "city.pem")
    assert not checks(chain, "card.pem", "root.pem")
    chain.do("new-root", "--name", "root", "--key", "other.key", "--out", "other.pem", "--pass-file", "pass")
    assert not checks(chain, "city.pem", "other.pem")


def test_openssl_takes_the_signatures_of_root_and_lists(chain):
    """`openssl verify` and `openssl crl` have no way to give these the identifier."""
    root = chain.openssl("x509", "-in", "root.pem", "-outform", "DER").stdout
    city_list = chain.openssl("crl", "-in", "city.crl", "-outform", "DER").stdout
    assert signed_by(chain, root, "root.pem")
    assert signed_by(chain, city_list, "city.pem")
    assert not signed_by(chain, city_list, "root.pem")
    assert not signed_by(chain, city_list, "city.pem", "8765432187654321")


def test_openssl_reads_what_we_say(chain):
    text = chain.openssl("x509", "-in", "city.pem", "-noout", "-text").stdout.decode()
    for says in ("Signature Algorithm: SM2-with-SM3", "ASN1 OID: SM2", "CA:TRUE, pathlen:0", "Certificate Sign, CRL Sign",
                 "X509v3 Subject Key Identifier", "X509v3 Authority Key Identifier", "OU = city, serialNumber = 2144"):
        assert says in text
    text = chain.openssl("x509", "-in", "card.pem", "-noout", "-text").stdout.decode()
    assert "CA:FALSE" in text and "Digital Signature" in text
    chain.do("revoke", "--certificate", "card.pem", "--reason", "superseded", "--list", "city.crl", *chain.signs("city"))
    text = chain.openssl("crl", "-in", "city.crl", "-noout", "-text").stdout.decode()
    serial = chain.openssl("x509", "-in", "card.pem", "-noout", "-serial").stdout.decode().strip().partition("=")[2]
    for says in ("SM2-with-SM3", "X509v3 CRL Number: \n                2", f"Serial Number: {serial}", "Superseded",
                 "X509v3 Authority Key Identifier"):
        assert says in text


def test_openssl_opens_our_key_and_request(chain):
    shown = chain.openssl("pkey", "-in", "card.key", "-passin", "file:pass", "-noout", "-text").stdout.decode()
    assert "ASN1 OID: SM2" in shown
    assert chain.openssl("pkey", "-in", "card.key", "-passin", "pass:wrong", "-noout", check=False).returncode != 0
    structure = chain.openssl("asn1parse", "-in", "card.key").stdout.decode()
    assert "PBES2" in structure and "scrypt" in structure and "aes-256-cbc" in structure
    chain.openssl("req", "-in", "card.csr", "-noout", "-verify", "-vfyopt", f"distid:{ID}")


def make_with_openssl(office, name, section, issuer, algorithm="SM2", issuer_algorithm="SM2"):
    """Key in clear, request and certificate by OpenSSL alone; without an issuer it signs itself."""
    kind = {"SM2": ("SM2",), "RSA": ("RSA", "-pkeyopt", "rsa_keygen_bits:2048")}
    signed = {"SM2": ("-sm3", "-sigopt", f"distid:{ID}"), "RSA": ("-sha256",)}
    request_checked = {"SM2": ("-vfyopt", f"distid:{ID}"), "RSA": ()}
    office.path("extensions").write_text(EXTENSIONS)
    office.openssl("genpkey", "-algorithm", *kind[algorithm], "-out", f"{name}.key")
    office.openssl("req", "-new", "-key", f"{name}.key", "-subj", f"/CN={name}", *signed[algorithm], "-out", f"{name}.csr")
    by = ("-CA", f"{issuer}.pem", "-CAkey", f"{issuer}.key", "-CAcreateserial") if issuer else ("-signkey", f"{name}.key")
    office.openssl("x509", "-req", "-in", f"{name}.csr", *by, "-days", 30, "-extfile", "extensions", "-extensions", section,
                   *signed[issuer_algorithm], *request_checked[algorithm], "-out", f"{name}.pem")


@pytest.fixture
def foreign(office):
    make_with_openssl(office, "root", "ca_root", None)
    make_with_openssl(office, "city", "ca_city", "root")
    make_with_openssl(office, "card", "device", "city")
    return office


def test_we_take_openssls_chain(foreign):
    ran = foreign.verify(lists=())
    assert ran.returncode == 0, ran
    der = bytearray(foreign.openssl("x509", "-in", "card.pem", "-outform", "DER").stdout)
    der[-1] ^= 1
    foreign.path("altered.pem").write_bytes(der)
    ran = foreign.verify("altered.pem", lists=())
    assert ran.returncode == 1 and "[bad-signature]" in ran.stdout, ran


def test_a_signature_under_another_identifier_is_wrong(foreign):
    foreign.openssl("x509", "-req", "-in", "card.csr", "-CA", "city.pem", "-CAkey", "city.key", "-days", 30, "-extfile",
                    "extensions", "-extensions", "device", "-sm3", "-sigopt", "distid:8765432187654321", "-vfyopt",
                    f"distid:{ID}", "-out", "other.pem")
    ran = foreign.verify("other.pem", lists=())
    assert ran.returncode == 1 and "CN=card has a wrong signature [bad-signature]" in ran.stdout, ran


@pytest.mark.parametrize("level", ["root", "city", "card"])
def test_rsa_in_the_chain_is_not_sm2(office, level):
    before = "RSA" if level == "root" else "SM2"
    for name, section, issuer in (("root", "ca_root", None), ("city", "ca_city", "root"), ("card", "device", "city")):
        algorithm = "RSA" if name == level else "SM2"
        make_with_openssl(office, name, section, issuer, algorithm, before)
        before = algorithm
    ran = office.verify(lists=())
    assert ran.returncode == 1, ran
    assert f"CN={level} is not an SM2 certificate [not-sm2]: its key is of another algorithm" in ran.stdout
    assert "[bad-signature]" not in ran.stdout


def test_we_issue_on_a_request_of_openssl(chain):
    chain.openssl("genpkey", "-algorithm", "SM2", "-out", "psam.clear")
    subject = "/C=CN/OU=psam/serialNumber=21440000000000000001/CN=PSAM"
    chain.openssl("req", "-new", "-key", "psam.clear", "-subj", subject, "-sm3", "-sigopt", f"distid:{ID}", "-out", "psam.csr")
    chain.do("issue", "--request", "psam.csr", "--as", "psam", "--out", "psam.pem", *chain.signs("city"))
    assert chain.verify("psam.pem").returncode == 0
    assert checks(chain, "psam.pem", "city.pem")


def test_we_sign_with_a_key_that_openssl_encrypted(foreign):
    foreign.path("root.key").rename(foreign.path("root.clear"))
    foreign.openssl("pkcs8", "-topk8", "-in", "root.clear", "-v2", "aes-256-cbc", "-scrypt", "-passout", "file:pass", "-out",
                    "root.key")
    foreign.do("crl", "--new", "--list", "root.crl", *foreign.signs("root"))
    foreign.refused("crl", "--new", "--list", "other.crl", "--issuer", "root.pem", "--issuer-key", "root.clear",
                    "--pass-file", "pass", says="root.clear: the private key is in clear")
