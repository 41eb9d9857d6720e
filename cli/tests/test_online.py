"""docs/online.md with the real programs: a host that serves over TLS on loopback, terminals that load and log load SAMs in
and out, and OpenSSL's own client for a look at the certificates."""

import copy
import os
import re
import shutil
import signal
import socket
import sqlite3
import ssl
import subprocess

import pytest

TONGKA = os.environ["TONGKA"]
TERMINAL = "000000000009"
CARD = "2144000000000001"
ISAM = "21440000000000009001"


class Office:
    """A city with a card, a load SAM and an admitted terminal; certificates of two CAs."""

    def __init__(self, folder):
        self.folder = folder
        self.environment = {**os.environ, "LC_ALL": "C.UTF-8"}
        for name in ("cn", "city", "terminal"):
            (folder / f"{name}.pass").write_text(f"words of {name}\n")
            (folder / f"{name}.pass").chmod(0o600)
        self.done("keys", "new", "cn.keys", "--pass-file", "cn.pass")
        self.done("keys", "export", "cn.keys", "--city", "2144", "--pass-file", "cn.pass", "--out", "city.keys",
                  "--out-pass-file", "city.pass")
        self.city = ("--keys", "city.keys", "--pass-file", "city.pass")
        self.done("issue", "card", *self.city, "--asn", CARD, "--state", "card", "--accounts", "book")
        self.done("issue", "isam", *self.city, "--serial", ISAM, "--state", "isam")
        self.done("issuer", "admit-terminal", *self.city, "--accounts", "book", "--terminal", TERMINAL, "--out",
                  "terminal.keys", "--out-pass-file", "terminal.pass")
        self.done("issuer", "admit-isam", "--accounts", "book", "--serial", ISAM, "--limit", 20000, "--deposit", 50000)
        self.pay_in(CARD, 9000)
        for ca in ("ca", "other-ca"):
            self.openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout",
                         f"{ca}.key", "-out", f"{ca}.pem", "-days", "2", "-subj", f"/CN={ca}")
        for name, ca in (("host", "ca"), ("terminal", "ca"), ("stranger", "other-ca")):
            self.openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout",
                         f"{name}.key", "-out", f"{name}.csr", "-subj", f"/CN={name}")
            (folder / "names").write_text("subjectAltName=IP:127.0.0.1\n")
            self.openssl("x509", "-req", "-in", f"{name}.csr", "-CA", f"{ca}.pem", "-CAkey", f"{ca}.key", "-days", "2",
                         "-extfile", "names", "-out", f"{name}.pem")

    def openssl(self, *words):
        subprocess.run(["openssl", *words], check=True, capture_output=True, cwd=self.folder)

    def run(self, *words):
        return subprocess.run([TONGKA, *map(str, words)], capture_output=True, text=True, cwd=self.folder,
                              env=self.environment, stdin=subprocess.DEVNULL)

    def done(self, *words):
        ran = self.run(*words)
        assert ran.returncode == 0, (words, ran.stderr)
        return ran.stdout

    def pay_in(self, account, amount):
        with sqlite3.connect(self.folder / "book") as book:
            changed = book.execute("UPDATE accounts SET balance = balance + ? WHERE name = ?", (amount, account))
            assert changed.rowcount == 1
        book.close()

    def value(self, query):
        book = sqlite3.connect(self.folder / "book")
        try:
            return book.execute(query).fetchone()[0]
        finally:
            book.close()

    def serve(self, *more):
        return Host(self, more)

    def at(self, host, *, ca="ca.pem"):
        return ("--keys", "terminal.keys", "--pass-file", "terminal.pass", "--host", f"127.0.0.1:{host.port}", "--ca",
                ca, "--terminal", TERMINAL)

    def load(self, host, amount, *more, ca="ca.pem"):
        return self.run("terminal", "load", *self.at(host, ca=ca), "--amount", amount, "--state", "card", *more)


class Host:
    def __init__(self, office, more):
        self.process = subprocess.Popen(
            [TONGKA, "issuer", "serve", *office.city, "--accounts", "book", "--listen", "127.0.0.1:0", "--certificate",
             "host.pem", "--key", "host.key", "--log", "host.log", *more],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=office.folder, env=office.environment)
        self.log = office.folder / "host.log"
        line = self.process.stdout.readline()
        match = re.fullmatch(r"listening on 127\.0\.0\.1:(\d+)\n", line)
        assert match, (line, self.process.poll())
        self.port = int(match[1])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
        self.process.communicate()

    def stop(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        _, errors = self.process.communicate(timeout=60)
        return self.process.returncode, errors


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return Office(tmp_path_factory.mktemp("made"))


@pytest.fixture
def office(made, tmp_path):
    """Made once, since keys are slow to open on purpose; each test has a copy."""
    office = copy.copy(made)
    office.folder = tmp_path / "office"
    shutil.copytree(made.folder, office.folder)
    return office


def test_loads_and_stops(office):
    with office.serve() as host:
        loaded = office.load(host, 5000)
        assert loaded.returncode == 0, loaded.stderr
        assert "new_balance      5000" in loaded.stdout
        poor = office.load(host, 5000)
        assert (poor.returncode, poor.stderr) == (1, "tongka terminal load: the account does not hold the amount\n")
        assert host.stop() == (0, "")
        log = host.log.read_text()
        assert f"load-request terminal {TERMINAL} sequence 2: done" in log
        assert f"load-request terminal {TERMINAL} sequence 5: the account does not hold the amount" in log
        tac = re.search(r"tac +(\w+)", loaded.stdout)[1]
        assert tac not in log
    with office.serve() as host:
        assert office.load(host, 4000).returncode == 0, "sequence numbers go on"
        assert host.stop(signal.SIGINT) == (0, "")


def test_a_host_that_is_killed_goes_on(office):
    with office.serve() as host:
        assert office.load(host, 1000).returncode == 0
        host.process.kill()
        host.process.wait()
        down = office.load(host, 1000, "--timeout", 5)
        assert down.returncode == 2
        assert re.fullmatch(r"tongka terminal load: the host gave no answer to line-check \(3 attempts\): host "
                            rf"127\.0\.0\.1:{host.port}: connect: Connection refused\n", down.stderr)
    with office.serve() as host:
        assert office.load(host, 1000).returncode == 0
        host.stop()
    assert office.value("SELECT sum(amount) FROM loads WHERE state = 'booked'") == 2000


def test_a_load_sam_logs_in_and_out(office):
    with office.serve() as host:
        logged_in = office.run("terminal", "isam-log-in", *office.at(host), "--state", "isam")
        assert logged_in.returncode == 0, logged_in.stderr
        assert "limit_amount     20000" in logged_in.stdout
        host.process.kill()
        host.process.wait()
    with office.serve() as host:
        logged_out = office.run("terminal", "isam-log-out", *office.at(host), "--state", "isam")
        assert logged_out.returncode == 0, logged_out.stderr
        assert "load_amount      0" in logged_out.stdout
        again = office.run("terminal", "isam-log-out", *office.at(host), "--state", "isam")
        assert (again.returncode, again.stdout) == (0, "the load SAM was logged out before\n")
        host.stop()
    assert office.value(f"SELECT balance FROM accounts WHERE name = '{ISAM}'") == 50000


def openssl_client(office, host, ca, *more):
    return subprocess.run(["openssl", "s_client", "-connect", f"127.0.0.1:{host.port}", "-CAfile", ca,
                           "-verify_return_error", "-verify_ip", "127.0.0.1", *more], capture_output=True, text=True,
                          cwd=office.folder, stdin=subprocess.DEVNULL, timeout=60)


def test_certificates(office):
    with office.serve() as host:
        shown = openssl_client(office, host, "ca.pem")
        assert shown.returncode == 0 and "Verify return code: 0 (ok)" in shown.stdout
        assert openssl_client(office, host, "other-ca.pem").returncode != 0
        assert openssl_client(office, host, "ca.pem", "-tls1_1").returncode != 0, "TLS 1.2 at least"
        wrong = office.load(host, 1, ca="other-ca.pem")
        assert wrong.returncode == 2
        assert "the certificate is not taken: unable to get local issuer certificate" in wrong.stderr
        assert wrong.stderr.count("\n") == 1
        host.stop()
    with office.serve("--ca", "ca.pem") as host:
        assert office.load(host, 1).returncode == 2, "without a certificate of its own"
        stranger = office.load(host, 1, "--certificate", "stranger.pem", "--key", "stranger.key")
        assert stranger.returncode == 2
        known = office.load(host, 1, "--certificate", "terminal.pem", "--key", "terminal.key")
        assert known.returncode == 0, known.stderr
        host.stop()


def test_rubbish_closes_the_line_alone(office):
    with office.serve() as host:
        for rubbish in (b"\xff\xff", b"\x00\x18" + bytes(24), b"\x00"):
            client = subprocess.Popen(["openssl", "s_client", "-quiet", "-connect", f"127.0.0.1:{host.port}", "-CAfile",
                                       "ca.pem"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                      stderr=subprocess.DEVNULL, cwd=office.folder)
            client.stdin.write(rubbish)
            client.stdin.flush()
            if len(rubbish) == 1:  # half a length: the line stays, and its end is no fault
                client.kill()
            assert client.communicate()[0] == b""
        assert office.load(host, 1).returncode == 0
        host.stop()
        assert "closed: a frame of 65537 bytes; it must have 26 to 512" in host.log.read_text()


def test_many_wrong_macs_close_the_line_alone(office):
    frame = bytes.fromhex("0018" "01" "0500" + TERMINAL + "00000001" "20261122120000" "00000000")
    with office.serve() as host:
        trust = ssl.create_default_context(cafile=office.folder / "ca.pem")
        with socket.create_connection(("127.0.0.1", host.port), timeout=60) as plain:
            with trust.wrap_socket(plain, server_hostname="127.0.0.1") as line:
                for _ in range(16):
                    line.sendall(frame)
                    assert line.recv(512)[-5] == 0x12  # the response code, before the MAC
                line.sendall(frame)
                assert line.recv(512) == b""
        assert office.load(host, 1).returncode == 0
        host.stop()
        assert "closed: 17 messages with a wrong MAC" in host.log.read_text()


def test_another_terminals_key_is_refused(office):
    office.done("issuer", "admit-terminal", *office.city, "--accounts", "book", "--terminal", "000000000010", "--out",
                "other.keys", "--out-pass-file", "terminal.pass")
    with office.serve() as host:
        other = office.run("terminal", "load", "--keys", "other.keys", "--pass-file", "terminal.pass", "--host",
                           f"127.0.0.1:{host.port}", "--ca", "ca.pem", "--terminal", TERMINAL, "--amount", 1, "--state",
                           "card")
        assert other.returncode == 2 and "the MAC of the reply is wrong" in other.stderr
        host.stop()
    assert office.value("SELECT sum(wrong_mac) FROM terminals") == 3
    unknown = office.run("terminal", "load", *office.city, "--host", "127.0.0.1:1", "--ca", "ca.pem", "--amount", 1,
                         "--state", "card")
    assert (unknown.returncode, unknown.stderr) == (
        2, "tongka terminal load: --keys must be the key file of one terminal (tongka issuer admit-terminal)\n")


def test_messages_are_printed_with_their_sources(office):
    printed = office.done("issuer", "messages")
    assert re.search(r"0508 isam-log-in +random +8 +bytes +single-source +F", printed)
    assert re.search(r"12 +wrong-mac", office.done("issuer", "messages", "--codes"))
