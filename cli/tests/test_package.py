"""tongka package and verify, with OpenSSL's command line as the other side."""

import json
import os
import pathlib
import subprocess

import pytest

TONGKA = os.environ["TONGKA"]
SOFTHSM = "/usr/lib/softhsm/libsofthsm2.so"
PASS = "a pass phrase"


def call(*command, cwd, **more):
    return subprocess.run(list(map(str, command)), capture_output=True, text=True, cwd=cwd, **more)


def openssl(*command, cwd):
    done = call("openssl", *command, cwd=cwd)
    assert done.returncode == 0, done.stderr
    return done.stdout


def new_key(folder, name, kind):
    """An encrypted key, as `openssl genpkey` makes it."""
    openssl("genpkey", *kind, "-aes-256-cbc", "-pass", f"pass:{PASS}", "-out", f"{name}.key", cwd=folder)


def certificate(folder, name, subject, days, extensions, issuer=None, sm2=False):
    """`name`.pem over `name`.key, by `issuer` or by itself; valid from 30 days ago."""
    (folder / f"{name}.cnf").write_text(extensions)
    own = ["-sigopt", "distid:1234567812345678"] if sm2 else []
    seen = ["-vfyopt", "distid:1234567812345678"] if sm2 else []
    digest = "-sm3" if sm2 else "-sha256"
    openssl("req", "-new", "-key", f"{name}.key", "-passin", f"pass:{PASS}", "-subj", f"/CN={subject}", digest, *own,
            "-out", f"{name}.csr", cwd=folder)
    by = ["-CA", f"{issuer}.pem", "-CAkey", f"{issuer}.key"] if issuer else ["-key", f"{name}.key"]
    openssl("x509", "-req", "-in", f"{name}.csr", *by, "-passin", f"pass:{PASS}", "-extfile", f"{name}.cnf", "-days", days,
            digest, *own, *seen, "-set_serial", str(abs(hash(name)) % 10**9), "-out", f"{name}.pem", cwd=folder)


AUTHORITY = "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash\n"
SIGNS = ("basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\nsubjectKeyIdentifier=hash\n"
         "authorityKeyIdentifier=keyid\n")
STAMPS = SIGNS + "extendedKeyUsage=critical,timeStamping\n"
P256 = ("-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-pkeyopt", "ec_param_enc:named_curve")
SM2 = ("-algorithm", "SM2")


class Laboratory:
    """A run, a root, a laboratory's key, and what the tests do with them."""

    def __init__(self, folder):
        self.folder = folder
        ran = call(TONGKA, "run", "purchase-*", "--device", "sim:card", "--psam", "sim:psam", "--out", "run", "--lang", "en",
                   cwd=folder)
        assert ran.returncode in (0, 3), ran.stderr
        (folder / "pass").write_text(PASS)
        (folder / "pass").chmod(0o600)
        for name in ("root", "lab"):
            new_key(folder, name, P256)
        certificate(folder, "root", "Root", 3650, AUTHORITY)
        certificate(folder, "lab", "Laboratory", 365, SIGNS, "root")

    def package(self, out, *more, key="lab.key", cert="lab.pem", run="run"):
        return call(TONGKA, "package", run, "--key", key, "--cert", cert, "--out", out, *more,
                    *([] if "--pass-file" in more else ["--pass-file", "pass"]), cwd=self.folder)

    def made(self, out, *more, **which):
        done = self.package(out, *more, **which)
        assert done.returncode == 0, done.stderr
        return self.folder / out

    def verify(self, package, *more, trust="root.pem"):
        return call(TONGKA, "verify", package, "--trust", trust, "--lang", "en", *more, cwd=self.folder)

    def findings(self, package, *more, **which):
        done = self.verify(package, "--format", "json", *more, **which)
        assert done.returncode in (0, 1), done.stderr
        told = json.loads(done.stdout)
        assert told["good"] == (done.returncode == 0)
        return {(one["kind"], one["subject"]): one["text"]["en"] for one in told["findings"]}


@pytest.fixture(scope="module")
def laboratory(tmp_path_factory):
    return Laboratory(tmp_path_factory.mktemp("laboratory"))


def test_what_was_packed_is_found_good(laboratory):
    laboratory.made("good.tongka")
    done = laboratory.verify("good.tongka")
    assert done.returncode == 0, done
    assert "the package is what was signed" in done.stdout and "WRONG" not in done.stdout
    found = laboratory.findings("good.tongka")
    assert ("good", "documents/city-union.yaml") in found and "byte for byte" in found[("good", "run/")]
    assert ("warning", "timestamp.tsr") in found


def test_tar_opens_it_and_openssl_checks_it(laboratory, tmp_path):
    laboratory.made("tar.tongka")
    done = call("tar", "-xf", laboratory.folder / "tar.tongka", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "run/record.jsonl").read_bytes() == (laboratory.folder / "run/record.jsonl").read_bytes()
    openssl("x509", "-inform", "DER", "-in", "certificates/01.der", "-pubkey", "-noout", "-out", "lab.pub", cwd=tmp_path)
    told = openssl("dgst", "-sha256", "-verify", "lab.pub", "-signature", "manifest.sig", "manifest.json", cwd=tmp_path)
    assert told == "Verified OK\n"
    for file in json.loads((tmp_path / "manifest.json").read_text())["files"]:
        assert (tmp_path / file["name"]).stat().st_size == file["bytes"]
        assert call("sha256sum", file["name"], cwd=tmp_path).stdout.split()[0] == file["sha256"].lower()


def test_sm2_with_sm3(laboratory, tmp_path):
    folder = laboratory.folder
    for name in ("sm2-root", "sm2-lab"):
        new_key(folder, name, SM2)
    certificate(folder, "sm2-root", "SM2 root", 3650, AUTHORITY, sm2=True)
    certificate(folder, "sm2-lab", "SM2 laboratory", 365, SIGNS, "sm2-root", sm2=True)
    laboratory.made("sm2.tongka", key="sm2-lab.key", cert="sm2-lab.pem")
    found = laboratory.findings("sm2.tongka", trust="sm2-root.pem")
    assert found[("good", "manifest.sig")].startswith("sm2-sm3")
    assert ("bad", "certificates/") in laboratory.findings("sm2.tongka")
    call("tar", "-xf", folder / "sm2.tongka", cwd=tmp_path)
    openssl("x509", "-inform", "DER", "-in", "certificates/01.der", "-pubkey", "-noout", "-out", "lab.pub", cwd=tmp_path)
    told = openssl("dgst", "-sm3", "-verify", "lab.pub", "-sigopt", "distid:1234567812345678", "-signature", "manifest.sig",
                   "manifest.json", cwd=tmp_path)
    assert told == "Verified OK\n"


def test_a_key_on_a_token(laboratory, tmp_path):
    folder = laboratory.folder
    (tmp_path / "tokens").mkdir()
    (tmp_path / "softhsm2.conf").write_text(f"directories.tokendir = {tmp_path}/tokens\nobjectstore.backend = file\n")
    environment = dict(os.environ, SOFTHSM2_CONF=str(tmp_path / "softhsm2.conf"))
    for command in (["softhsm2-util", "--init-token", "--free", "--label", "lab", "--pin", "1234", "--so-pin", "4321"],
                    ["softhsm2-util", "--import", "lab.p8", "--token", "lab", "--label", "sign", "--id", "01", "--pin", "1234"]):
        if "--import" in command:
            openssl("pkcs8", "-topk8", "-nocrypt", "-in", "lab.key", "-passin", f"pass:{PASS}", "-out", "lab.p8", cwd=folder)
        done = call(*command, cwd=folder, env=environment)
        assert done.returncode == 0, done.stderr
    (folder / "pin").write_text("1234")
    (folder / "pin").chmod(0o600)
    command = [TONGKA, "package", "run", "--key", f"pkcs11:token=lab?module-path={SOFTHSM}", "--pass-file", "pin", "--out"]
    done = call(*command, "token.tongka", "--cert", "lab.pem", cwd=folder, env=environment)
    assert done.returncode == 0, done.stderr
    assert laboratory.verify("token.tongka").returncode == 0
    done = call(*command, "other.tongka", "--cert", "root.pem", cwd=folder, env=environment)
    assert done.returncode == 2 and "no key that belongs to the certificate" in done.stderr
    assert not (folder / "other.tongka").exists()


def test_a_time_stamp(laboratory):
    folder = laboratory.folder
    new_key(folder, "tsa", P256)
    new_key(folder, "tsa-root", P256)
    certificate(folder, "tsa-root", "Stamp root", 3650, AUTHORITY)
    certificate(folder, "tsa", "Time stamps", 365, STAMPS, "tsa-root")
    (folder / "tsa.conf").write_text(
        "[tsa]\ndefault_tsa=here\n[here]\nserial=tsa.serial\ncrypto_device=builtin\nsigner_cert=tsa.pem\n"
        "signer_key=tsa.key\nsigner_digest=sha256\ndefault_policy=1.2.3.4.1\ndigests=sha256\naccuracy=secs:1\n"
        "ess_cert_id_chain=no\ness_cert_id_alg=sha256\n")
    (folder / "tsa.serial").write_text("01")
    laboratory.made("plain.tongka")
    assert call(TONGKA, "package", "plain.tongka", "--timestamp-query", "q.tsq", cwd=folder).returncode == 0
    openssl("ts", "-reply", "-config", "tsa.conf", "-section", "here", "-queryfile", "q.tsq", "-passin", f"pass:{PASS}",
            "-out", "r.tsr", cwd=folder)
    done = call(TONGKA, "package", "plain.tongka", "--timestamp", "r.tsr", "--out", "stamped.tongka", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert ("good", "timestamp.tsr") in laboratory.findings("stamped.tongka", "--timestamp-trust", "tsa-root.pem")
    assert ("warning", "timestamp.tsr") in laboratory.findings("stamped.tongka")
    assert ("bad", "timestamp.tsr") in laboratory.findings("stamped.tongka", "--timestamp-trust", "root.pem")
    # The response of one package in another.
    laboratory.made("second.tongka", "--include", "pass")
    done = call(TONGKA, "package", "second.tongka", "--timestamp", "r.tsr", "--out", "never.tongka", cwd=folder)
    assert done.returncode == 2 and "r.tsr: the time stamp is about something else" in done.stderr
    stamped = (folder / "stamped.tongka").read_bytes()
    at = stamped.index((folder / "r.tsr").read_bytes())
    size = (folder / "r.tsr").stat().st_size
    # Status and time, and the signature; between them are names of algorithms that nothing depends on.
    for offset in [*range(0, 150, 7), *range(size - 70, size, 7)]:
        altered = bytearray(stamped)
        altered[at + offset] ^= 0x04
        (folder / "altered.tongka").write_bytes(altered)
        found = laboratory.findings("altered.tongka", "--timestamp-trust", "tsa-root.pem", "--without-reports")
        assert ("bad", "timestamp.tsr") in found, offset


def test_a_certificate_that_expired_since_is_a_warning_and_one_before_is_not(laboratory):
    laboratory.made("old.tongka")
    found = laboratory.findings("old.tongka", "--at", "2090-01-01")
    assert "have expired since" in found[("warning", "certificates/")] and ("good", "certificates/") in found
    found = laboratory.findings("old.tongka", "--at", "2020-01-01")
    assert "still to come" in found[("bad", "manifest.json")]


def test_a_certificate_that_was_revoked(laboratory):
    folder = laboratory.folder
    (folder / "ca.cnf").write_text("[ca]\ndefault_ca=here\n[here]\ndatabase=index.txt\ncrlnumber=crlnumber\ndefault_md=sha256\n"
                                   "default_crl_days=30\n")
    (folder / "index.txt").write_text("")
    (folder / "crlnumber").write_text("01")
    signs = ("-config", "ca.cnf", "-cert", "root.pem", "-keyfile", "root.key", "-passin", f"pass:{PASS}")
    openssl("ca", *signs, "-gencrl", "-out", "empty.crl", cwd=folder)
    openssl("ca", *signs, "-revoke", "lab.pem", cwd=folder)
    openssl("ca", *signs, "-gencrl", "-out", "root.crl", cwd=folder)
    laboratory.made("revoked.tongka")
    assert laboratory.verify("revoked.tongka", "--crl", "empty.crl").returncode == 0
    found = laboratory.findings("revoked.tongka", "--crl", "root.crl")
    assert "CN=Laboratory: was revoked" in found[("bad", "certificates/")]


def test_a_chain_over_another_authority(laboratory):
    folder = laboratory.folder
    for name in ("middle", "branch"):
        new_key(folder, name, P256)
    certificate(folder, "middle", "Middle", 365, AUTHORITY, "root")
    certificate(folder, "branch", "Branch", 365, SIGNS, "middle")
    laboratory.made("branch.tongka", "--chain", "middle.pem", key="branch.key", cert="branch.pem")
    assert laboratory.verify("branch.tongka").returncode == 0
    laboratory.made("short.tongka", key="branch.key", cert="branch.pem")
    found = laboratory.findings("short.tongka")
    assert "CN=Branch: leads to no certificate that is trusted" in found[("bad", "certificates/")]


def test_who_may_not_sign(laboratory):
    """An authority's certificate without digitalSignature."""
    laboratory.made("authority.tongka", key="root.key", cert="root.pem")
    assert "not for signing" in laboratory.findings("authority.tongka")[("bad", "certificates/")]


def test_bad_input_is_told_in_a_line(laboratory, tmp_path):
    folder = laboratory.folder
    (tmp_path / "broken").write_bytes(b"x" * 2000)
    (folder / "wrong").write_text("another")
    (folder / "wrong").chmod(0o600)
    for told, done in [
        ("nowhere/record.jsonl", laboratory.package("x", run="nowhere")),
        ("key is not that of the certificate", laboratory.package("x", key="root.key")),
        ("lab.key: the pass phrase is wrong", laboratory.package("x", "--pass-file", "wrong")),
        ("no-such.pem", laboratory.package("x", cert="no-such.pem")),
        ("is not the suite that was run", laboratory.package("x", "--suite", tmp_path)),
        ("--key, --cert and --out", call(TONGKA, "package", "run", cwd=folder)),
        ("broken: ", call(TONGKA, "package", tmp_path / "broken", "--timestamp-query", "q", cwd=folder)),
        ("nowhere.tongka: cannot be read", laboratory.verify("nowhere.tongka")),
    ]:
        assert done.returncode == 2 and done.stderr.count("\n") == 1 and told in done.stderr, (told, done)
        assert not (folder / "x").exists()
    done = laboratory.verify(tmp_path / "broken")
    assert done.returncode == 1 and "cannot be relied on" in done.stdout
