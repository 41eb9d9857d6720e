"""A folder with a root, a city and a card that the program made, and a way to call it there."""

import os
import subprocess

import pytest

TONGKA = os.environ["TONGKA"]
PASS_PHRASE = "a pass phrase of tests"


class Office:
    """The program and OpenSSL's command line, working in one folder."""

    def __init__(self, folder):
        self.folder = folder
        self.write_pass_phrase("pass", PASS_PHRASE)

    def write_pass_phrase(self, name, text, mode=0o600):
        (self.folder / name).write_text(text + "\n")
        (self.folder / name).chmod(mode)

    def path(self, name):
        return self.folder / name

    def run(self, *words, **more):
        return subprocess.run(
            [TONGKA, "certificates", *map(str, words)], cwd=self.folder, capture_output=True, text=True, timeout=60,
            stdin=subprocess.DEVNULL, env={**os.environ, "LC_ALL": "C.UTF-8"}, **more)

    def do(self, *words):
        ran = self.run(*words)
        assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", ""), ran

    def refused(self, *words, says, **more):
        """Exit status 2 and one line that has `says`; no pass phrase in it, no file more than before."""
        before = set(self.folder.iterdir())
        ran = self.run(*words, **more)
        assert (ran.returncode, ran.stdout, ran.stderr.count("\n")) == (2, "", 1), ran
        assert says in ran.stderr
        assert PASS_PHRASE not in ran.stderr
        assert set(self.folder.iterdir()) == before

    def openssl(self, *words, check=True, data=None):
        ran = subprocess.run(["openssl", *map(str, words)], cwd=self.folder, capture_output=True, timeout=60, input=data,
                             check=False)
        assert not check or ran.returncode == 0, ran
        return ran

    def signs(self, name):
        return ("--issuer", f"{name}.pem", "--issuer-key", f"{name}.key", "--pass-file", "pass")

    def make(self, name, kind, number, issuer, *more):
        self.do("request", "--kind", kind, "--number", number, "--name", name, "--key", f"{name}.key",
                "--out", f"{name}.csr", "--pass-file", "pass")
        self.do("issue", "--request", f"{name}.csr", "--as", kind, "--out", f"{name}.pem", *self.signs(issuer), *more)

    def make_chain(self):
        self.do("new-root", "--name", "root", "--key", "root.key", "--out", "root.pem", "--pass-file", "pass")
        self.make("city", "city", "2144", "root")
        self.make("card", "card", "2144000000000001", "city")
        for name in ("root", "city"):
            self.do("crl", "--new", "--list", f"{name}.crl", *self.signs(name))

    def verify(self, certificate="card.pem", *more, lists=("root.crl", "city.crl")):
        asked = ("--crl", *lists) if lists else ("--without-crl",)
        return self.run("verify", certificate, "--root", "root.pem", "--between", "city.pem", *asked, *more)


@pytest.fixture
def office(tmp_path):
    return Office(tmp_path)


@pytest.fixture
def chain(office):
    office.make_chain()
    return office
