"""`tongka certificates` as its users meet it: files in, files out, exit statuses, one clear line for what is wrong."""

import os
import pty
import subprocess
import termios

import pytest
from conftest import PASS_PHRASE, TONGKA


def test_from_a_root_to_a_card(chain):
    ran = chain.verify()
    assert ran.returncode == 0 and "card.pem: valid" in ran.stdout, ran
    assert chain.verify("city.pem").returncode == 0
    for name in ("root", "city", "card"):
        assert chain.path(f"{name}.key").stat().st_mode & 0o777 == 0o600
        assert chain.path(f"{name}.key").read_text().startswith("-----BEGIN ENCRYPTED PRIVATE KEY-----")
    shown = chain.run("show", "card.pem").stdout
    assert "subject: CN=card,serialNumber=2144000000000001,OU=card,C=CN" in shown
    assert "authority: no" in shown
    assert "kind: city" in chain.run("show", "city.csr").stdout
    assert "number: 1\n" in chain.run("show", "root.crl").stdout


def test_what_is_revoked_is_told(chain):
    chain.do("revoke", "--certificate", "card.pem", "--reason", "key-compromise", "--list", "city.crl", *chain.signs("city"))
    ran = chain.verify()
    assert ran.returncode == 1, ran
    assert "card.pem: not valid" in ran.stdout
    assert "OU=card,C=CN is revoked [revoked]: since " in ran.stdout and "key-compromise" in ran.stdout
    assert chain.verify(lists=()).returncode == 0
    assert "revocation was not looked at" in chain.verify(lists=()).stdout
    assert "已被撤销" in chain.verify("card.pem", "--lang", "zh").stdout
    chain.refused("revoke", "--certificate", "card.pem", "--list", "city.crl", *chain.signs("city"), says="is revoked already")
    chain.do("crl", "--list", "city.crl", *chain.signs("city"))
    shown = chain.run("show", "city.crl").stdout
    assert "number: 3\n" in shown and "revoked: 1\n" in shown


def test_without_a_list_nothing_is_called_valid(chain):
    ran = chain.run("verify", "card.pem", "--root", "root.pem", "--between", "city.pem")
    assert ran.returncode == 1 and ran.stdout.count("[list-missing]") == 2, ran
    ran = chain.verify("card.pem", "--at", "2099-01-01")
    assert ran.returncode == 1
    assert "[expired]" in ran.stdout and "[list-expired]" in ran.stdout


def test_lists_are_extended_by_several_at_once_and_nothing_is_lost(chain):
    names = [f"card{i}" for i in range(6)]
    for i, name in enumerate(names):
        chain.make(name, "card", f"21440000000001{i:02}", "city")
    running = [
        subprocess.Popen([TONGKA, "certificates", "revoke", "--certificate", f"{name}.pem", "--list", "city.crl",
                          *chain.signs("city")], cwd=chain.folder)
        for name in names]
    assert [process.wait(timeout=60) for process in running] == [0] * len(names)
    shown = chain.run("show", "city.crl").stdout
    assert f"number: {1 + len(names)}\n" in shown and f"revoked: {len(names)}\n" in shown


def test_der_is_read_as_pem_is(office):
    office.do("new-root", "--name", "root", "--key", "root.key", "--out", "root.pem", "--pass-file", "pass", "--form", "der")
    assert office.path("root.pem").read_bytes()[0] == 0x30 == office.path("root.key").read_bytes()[0]
    office.do("crl", "--new", "--list", "root.crl", *office.signs("root"), "--form", "der")
    assert office.run("verify", "root.pem", "--root", "root.pem", "--crl", "root.crl").returncode == 0
    assert "revocation list" in office.run("show", "root.crl").stdout


def test_pass_phrases_that_do_not_serve(chain):
    issue = ("issue", "--request", "card.csr", "--as", "card", "--out", "new.pem", "--issuer", "city.pem",
             "--issuer-key", "city.key")
    chain.write_pass_phrase("wrong", "another pass phrase")
    chain.refused(*issue, "--pass-file", "wrong", says="city.key: the pass phrase is wrong, or the key is damaged")
    chain.write_pass_phrase("open", PASS_PHRASE, 0o640)
    chain.refused(*issue, "--pass-file", "open", says="open: others than its owner may use it (mode 640): chmod 600 it")
    chain.refused(*issue, "--pass-file", "absent", says="absent: cannot be opened: No such file")
    chain.write_pass_phrase("empty", "")
    chain.refused(*issue, "--pass-file", "empty", says="empty: its first line, the pass phrase, is empty")
    chain.write_pass_phrase("short", "1234567")
    chain.refused("new-root", "--name", "r", "--key", "r.key", "--out", "r.pem", "--pass-file", "short",
                  says="needs 8 characters at least")
    chain.refused(*issue, says="there is no terminal to ask for the pass phrase of city.key", start_new_session=True)


def typed_on_a_terminal(office, words, lines):
    """Exit status and all that the terminal showed, when each question is answered with the next line."""
    process, terminal = pty.fork()
    if process == 0:
        os.chdir(office.folder)
        os.execv(TONGKA, [TONGKA, "certificates", *words])
    shown = b""
    for line in lines:
        asked = shown.count(b": ")
        while shown.count(b": ") == asked:
            shown += os.read(terminal, 1000)
        while termios.tcgetattr(terminal)[3] & termios.ECHO:  # the question comes first, then the echo goes
            os.sched_yield()
        os.write(terminal, line.encode() + b"\n")
    try:
        while piece := os.read(terminal, 1000):
            shown += piece
    except OSError:  # Linux tells the end of a terminal so
        pass
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), shown.decode()


def test_a_pass_phrase_is_typed_unseen(office):
    words = ("new-root", "--name", "root", "--key", "root.key", "--out", "root.pem")
    status, shown = typed_on_a_terminal(office, words, [PASS_PHRASE, PASS_PHRASE])
    assert status == 0, shown
    assert "Pass phrase of root.key" in shown and PASS_PHRASE not in shown
    office.do("crl", "--new", "--list", "root.crl", *office.signs("root"))


def test_a_new_pass_phrase_that_was_typed_differently(office):
    words = ("new-root", "--name", "root", "--key", "root.key", "--out", "root.pem")
    status, shown = typed_on_a_terminal(office, words, [PASS_PHRASE, PASS_PHRASE + "x"])
    assert status == 2 and "the two pass phrases differ" in shown
    assert not office.path("root.key").exists()


def test_files_that_are_there_stay_as_they_are(chain):
    key, list_ = (chain.path(name).read_bytes() for name in ("root.key", "root.crl"))
    chain.refused("new-root", "--name", "r", "--key", "root.key", "--out", "r.pem", "--pass-file", "pass",
                  says="root.key: there is such a file already")
    chain.refused("issue", "--request", "card.csr", "--as", "card", "--out", "card.pem", *chain.signs("city"),
                  says="card.pem: File exists")
    chain.refused("crl", "--new", "--list", "root.crl", *chain.signs("root"), says="root.crl: File exists")
    chain.refused("crl", "--list", "none.crl", *chain.signs("root"), says="none.crl: No such file")
    assert (key, list_) == tuple(chain.path(name).read_bytes() for name in ("root.key", "root.crl"))


def test_what_may_not_be_issued(chain):
    out = ("--out", "new.pem")
    chain.refused("issue", "--request", "card.csr", "--as", "city", *out, *chain.signs("root"),
                  says="card.csr: asks for a card, not a city")
    chain.refused("issue", "--request", "city.csr", "--as", "city", *out, *chain.signs("city"),
                  says="is a city and cannot issue a city")
    chain.refused("issue", "--request", "card.csr", "--as", "card", *out, *chain.signs("city"), "--days", "9000",
                  says="goes beyond the issuer's validity")
    chain.refused("issue", "--request", "card.csr", "--as", "card", *out, *chain.signs("city"), "--from", "tomorrow",
                  says="--from: 'tomorrow' is not a time such as")
    chain.refused("issue", "--request", "card.csr", "--as", "card", *out, "--issuer", "city.pem", "--issuer-key",
                  "root.key", "--pass-file", "pass", says="the private key is not the one of 'CN=city")
    chain.refused("issue", "--request", "card.pem", "--as", "card", *out, *chain.signs("city"),
                  says="card.pem: PEM block 1 is a CERTIFICATE, not a CERTIFICATE REQUEST")
    chain.refused("revoke", "--certificate", "card.pem", "--list", "root.crl", *chain.signs("root"),
                  says="was not issued by 'CN=root")


def test_files_that_are_cut_off(chain):
    for name in ("card.pem", "root.crl"):
        whole = chain.path(name).read_text()
        chain.path("cut").write_text(whole[: len(whole) // 2])
        chain.refused("show", "cut", says="cut: PEM block 1 of 1 is cut off or damaged")
    chain.refused("verify", "cut", "--root", "root.pem", says="cut: PEM block 1 of 1 is cut off or damaged")
    chain.path("cut").write_bytes(b"")
    chain.refused("verify", "cut", "--root", "root.pem", says="cut: the file is empty")
    chain.path("noise").write_bytes(os.urandom(64).replace(b"0", b"1"))
    chain.refused("show", "noise", says="noise: neither a certificate, nor a request, nor a revocation list")


@pytest.mark.parametrize("name", ["", "new-root", "request", "issue", "revoke", "crl", "verify", "show"])
def test_help_has_an_example(office, name):
    ran = office.run(*filter(None, [name]), "--help")
    assert ran.returncode == 0 and "Example: tongka certificates" in ran.stdout
    assert "--pass " not in ran.stdout
