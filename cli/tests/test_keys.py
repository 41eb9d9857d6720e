"""The key system on the command line: national keys, cities, custodians, a token; never a key or pass phrase in sight."""

import json
import os
import pathlib
import pty
import select
import shutil
import stat
import subprocess

import pytest

TONGKA = os.environ["TONGKA"]
SOFTHSM = "/usr/lib/softhsm/libsofthsm2.so"
ROLLING = {"DPK", "DLK", "DULK", "DUK"}


@pytest.fixture
def here(tmp_path):
    return Here(tmp_path)


class Here:
    """A folder with pass phrases, in which commands run."""

    def __init__(self, folder):
        self.folder = folder
        self.environment = {**os.environ, "LC_ALL": "C.UTF-8"}
        self.outputs = []
        for name in ("cn", "city", "one", "two", "three", "pin"):
            self.pass_file(name, "1234" if name == "pin" else f"secret words of {name}")

    def pass_file(self, name, text, mode=0o600):
        path = self.folder / f"{name}.pass"
        path.write_text(text + "\nsecond line\n")
        path.chmod(mode)
        return path

    def keys(self, *words):
        """Runs `tongka keys`; a word that ends in .pass or has /, or names a file, is taken in this folder."""
        return subprocess.run([TONGKA, "keys", *map(str, words)], capture_output=True, text=True, timeout=60,
                              cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL)

    def done(self, *words):
        ran = self.keys(*words)
        assert ran.returncode == 0, ran
        assert ran.stderr == ""
        assert "secret words" not in ran.stdout
        return ran.stdout

    def refused(self, *words, says):
        ran = self.keys(*words)
        assert ran.returncode == 2, ran
        assert ran.stdout == ""
        assert ran.stderr.count("\n") == 1, ran.stderr
        assert says in ran.stderr
        assert "secret words" not in ran.stderr

    def show(self, store, name):
        return json.loads(self.done("show", store, "--pass-file", f"{name}.pass", "--format", "json"))

    def states(self, store, name):
        return {key["name"]: key["state"] for key in self.show(store, name)}


@pytest.fixture
def national(here):
    assert here.done("new", "cn.keys", "--pass-file", "cn.pass") == (
        "cn.keys: 22 keys of CN; generation 1 is current, 2 prepared\n"
    )
    return here


def test_new_makes_every_kind_and_shows_check_values_alone(national):
    shown = national.show("cn.keys", "cn")
    assert len(shown) == 22
    assert {key["name"].split(".")[0] for key in shown} > ROLLING
    assert all(len(key["check_value"]) == 8 and set(key) == {"owner", "name", "algorithm", "state", "check_value", "made"}
               for key in shown)
    assert stat.S_IMODE((national.folder / "cn.keys").stat().st_mode) == 0o600
    text = national.done("show", "cn.keys", "--pass-file", "cn.pass")
    assert text.splitlines()[0].split() == ["owner", "name", "algorithm", "state", "check_value", "made"]


def test_sm4(here):
    here.done("new", "sm4.keys", "--algorithm", "sm4", "--pass-file", "cn.pass")
    assert {key["algorithm"] for key in here.show("sm4.keys", "cn")} == {"sm4"}


def test_a_city_goes_through_a_roll_over(national):
    def export(out):
        return national.done("export", "cn.keys", "--city", "2144", "--out", out, "--pass-file", "cn.pass",
                             "--out-pass-file", "city.pass")

    assert export("2144.keys") == "2144.keys: 22 keys of 2144; generation 1 is current, 2 prepared\n"
    values = {key["name"]: key["check_value"] for key in national.show("cn.keys", "cn")}
    assert all(key["owner"] == "2144" and key["check_value"] != values[key["name"]]
               for key in national.show("2144.keys", "city"))

    rotated = national.done("rotate", "cn.keys", "--pass-file", "cn.pass")
    assert rotated == "cn.keys: 26 keys of CN; generation 2 is current, 1 retiring, 3 prepared\n"
    national.refused("rotate", "cn.keys", "--pass-file", "cn.pass", says="generation 1 of CN is still retiring")
    assert national.done("retire", "cn.keys", "--pass-file", "cn.pass").startswith("cn.keys: 22 keys of CN;")
    assert national.states("cn.keys", "cn")["DPK.01/01"] == "destroyed"

    national.done("rotate", "2144.keys", "--pass-file", "city.pass")
    national.done("retire", "2144.keys", "--pass-file", "city.pass")
    national.refused("rotate", "2144.keys", "--pass-file", "city.pass",
                     says="generation 3 is not prepared at 2144: import DPK.03/03")
    export("later.keys")
    imported = national.done("import", "2144.keys", "later.keys", "--pass-file", "city.pass", "--from-pass-file",
                             "city.pass")
    assert imported == "2144.keys: 22 keys of 2144; generation 2 is current, 3 prepared\n"
    national.refused("import", "2144.keys", "later.keys", "--pass-file", "city.pass", "--from-pass-file", "city.pass",
                     says="nothing to import")
    national.done("rotate", "2144.keys", "--pass-file", "city.pass")
    theirs = {key["name"]: key["check_value"] for key in national.show("2144.keys", "city")}
    national.done("rotate", "cn.keys", "--pass-file", "cn.pass")
    export("last.keys")
    ours = {key["name"]: key["check_value"] for key in national.show("last.keys", "city")}
    assert theirs["DPK.03/03"] == ours["DPK.03/03"]


def test_export_wants_a_city_and_another_pass_phrase(national):
    arguments = ["export", "cn.keys", "--out", "x.keys", "--pass-file", "cn.pass", "--out-pass-file"]
    national.refused(*arguments, "cn.pass", "--city", "2144", says="another pass phrase")
    national.refused(*arguments, "city.pass", "--city", "214", says="'214' is no owner of keys")
    national.refused(*arguments, "city.pass", "--city", "CN", says="four digits of a city")
    assert not (national.folder / "x.keys").exists()


def test_components_under_dual_control(here):
    each = [word for name in ("one", "two", "three") for word in ("--component-pass-file", f"{name}.pass")]
    made = here.done("new", "--components", "3", "--out", "safe", "--pass-file", "one.pass", "--pass-file", "two.pass",
                     "--pass-file", "three.pass")
    files = [f"safe/component-{i}-of-3.keys" for i in (1, 2, 3)]
    assert made.count("22 keys of CN") == 3
    imported = here.done("import", "cn.keys", "--components", *files, *each, "--pass-file", "cn.pass")
    assert imported == "cn.keys: 22 keys of CN; generation 1 is current, 2 prepared\n"

    second = ["import", "second.keys", "--pass-file", "cn.pass", "--components"]
    here.refused(*second, *files[:2], *each[:4], says="component 3 of 3 is missing")
    here.refused(*second, files[0], files[1], files[1], *each[:4], *each[2:4], says="component 2 was given twice")
    here.refused(*second, *files, *each[:4], says="3 components need 3 files of pass phrases")
    here.refused(*second, files[1], files[0], files[2], *each, says="component-2-of-3.keys: wrong pass phrase")
    here.done("components", "cn.keys", "--count", "2", "--out", "safe", "--pass-file", "cn.pass", *each[:4])
    here.done(*second, "safe/component-2-of-2.keys", "safe/component-1-of-2.keys", "--component-pass-file", "two.pass",
              "--component-pass-file", "one.pass")
    assert here.show("second.keys", "cn") == here.show("cn.keys", "cn")
    here.refused("new", "--components", "2", "--out", "same", "--pass-file", "one.pass", "--pass-file", "one.pass",
                 says="each custodian has their own")
    assert not (here.folder / "same").exists()


def test_bad_input_is_one_clear_line(national):
    show = ["show", "cn.keys", "--pass-file"]
    national.refused(*show, "city.pass", says="cn.keys: wrong pass phrase, or the file was altered")
    national.refused(*show, "missing.pass", says="missing.pass: cannot be opened")
    national.pass_file("open", "secret words of cn", mode=0o640)
    national.refused(*show, "open.pass", says="open.pass: others than its owner may use it (mode 640)")
    national.pass_file("empty", "")
    national.refused(*show, "empty.pass", says="its first line, the pass phrase, is empty")
    national.refused("show", "cn.keys", says="there is no terminal to ask for the pass phrase of cn.keys")
    national.refused("new", "cn.keys", "--pass-file", "cn.pass", says="cn.keys: exists already")
    national.refused("show", "cn.pass", "--pass-file", "cn.pass", says="cn.pass: is no key file")
    whole = (national.folder / "cn.keys").read_bytes()
    (national.folder / "short.keys").write_bytes(whole[:312])
    national.refused("show", "short.keys", "--pass-file", "cn.pass", says=f"is cut off: 312 of {len(whole)} bytes")
    national.refused("retire", "cn.keys", "--pass-file", "cn.pass", says="have no retiring generation")
    national.refused("show", "pkcs11:token=x", "--pass-file", "pin.pass", says="names no module")
    assert (national.folder / "cn.keys").read_bytes() == whole


def test_destroy_asks_and_leaves_nothing(national):
    national.refused("destroy", "cn.keys", says="say --yes")
    national.refused("destroy", "cn.pass", "--yes", says="is no key file, and stays as it is")
    second = national.folder / "second-name"
    os.link(national.folder / "cn.keys", second)
    assert national.done("destroy", "cn.keys", "--yes") == "cn.keys: destroyed\n"
    assert not (national.folder / "cn.keys").exists()
    assert set(second.read_bytes()) == {0xFF}


def test_a_terminal_asks_and_does_not_show(here):
    main, terminal = pty.openpty()
    process = subprocess.Popen([TONGKA, "keys", "new", "typed.keys"], cwd=here.folder, env=here.environment,
                               stdin=terminal, stdout=terminal, stderr=terminal)
    os.close(terminal)
    shown = b""

    def wait_for(text):
        nonlocal shown
        while text not in shown:
            assert select.select([main], [], [], 30)[0], shown
            shown += os.read(main, 1000)

    wait_for(b"Pass phrase of typed.keys: ")
    os.write(main, b"typed by hand\n")
    wait_for(b"The same again: ")
    os.write(main, b"typed by hand\n")
    wait_for(b"22 keys of CN")
    assert process.wait(30) == 0
    os.close(main)
    assert b"typed by hand" not in shown
    here.pass_file("typed", "typed by hand")
    assert len(here.show("typed.keys", "typed")) == 22


def test_a_token_is_a_store_like_any_other(here):
    memory = pathlib.Path("/dev/shm")
    tokens = (memory if os.access(memory, os.W_OK) else here.folder) / f"tongka-tokens-{os.getpid()}"
    tokens.mkdir()
    try:
        config = here.folder / "softhsm2.conf"
        config.write_text(f"directories.tokendir = {tokens}\nobjectstore.backend = file\nlog.level = ERROR\n")
        here.environment["SOFTHSM2_CONF"] = str(config)
        subprocess.run(["softhsm2-util", "--init-token", "--free", "--label", "roots", "--pin", "1234", "--so-pin",
                        "5678"], env=here.environment, check=True, capture_output=True)
        token = f"pkcs11:token=roots?module-path={SOFTHSM}"
        made = here.done("new", token, "--pass-file", "pin.pass")
        assert made.endswith("22 keys of CN; generation 1 is current, 2 prepared\n")
        here.refused("new", token, "--pass-file", "pin.pass", says="token roots: holds keys of CN already")
        here.refused("show", token, "--pass-file", "cn.pass", says="token roots: logging in: the PIN is wrong")
        here.done("export", token, "--city", "2144", "--out", "2144.keys", "--pass-file", "pin.pass", "--out-pass-file",
                  "city.pass")
        here.done("rotate", token, "--pass-file", "pin.pass")
        here.done("retire", token, "--pass-file", "pin.pass")
        assert here.states(token, "pin")["DPK.01/01"] == "destroyed"
        here.done("destroy", token, "--yes", "--pass-file", "pin.pass")
        here.refused("show", token, "--pass-file", "pin.pass", says="token roots: holds no keys of ours")
    finally:
        shutil.rmtree(tokens)


@pytest.mark.parametrize("command", ["new", "components", "import", "export", "rotate", "retire", "show", "destroy"])
def test_help_has_an_example(here, command):
    assert "Example: tongka keys " + command in here.done(command, "--help")


def test_a_mother_card_is_opened_by_its_authentication_card_once(national):
    pin = ("--pin-file", "pin.pass")
    cards = ("--mother-card", "mother", "--authentication-card", "opener")
    made = national.done("export", "cn.keys", "--city", "2144", "--pass-file", "cn.pass", *cards, *pin)
    assert made == "mother: 22 keys of 2144, opened by opener\n"
    national.refused("export", "cn.keys", "--city", "2144", "--pass-file", "cn.pass", *cards, *pin,
                     says="mother: there is such a file already")
    national.pass_file("other", "9999")
    take = ("import", "2144.keys", "--pass-file", "city.pass")
    national.refused(*take, *cards, "--pin-file", "other.pass", says="authentication card")
    national.refused(*take, "--mother-card", "opener", "--authentication-card", "mother", *pin, says="opener: ")
    assert "22 keys of 2144" in national.done(*take, *cards, *pin)
    national.refused("import", "again.keys", "--pass-file", "city.pass", *cards, *pin,
                     says="mother card: it has been emptied as often as it may be")

    # The same keys as in an exported file.
    national.done("export", "cn.keys", "--city", "2144", "--pass-file", "cn.pass", "--out", "file.keys",
                  "--out-pass-file", "one.pass")
    by_file = {key["name"]: key["check_value"] for key in national.show("file.keys", "one")}
    assert {key["name"]: key["check_value"] for key in national.show("2144.keys", "city")} == by_file


def test_one_key_from_outside(national):
    national.pass_file("even", "00112233445566778899AABBCCDDEEFF")
    national.pass_file("odd", "0123456789ABCDEFFEDCBA9876543210")
    take = ("import", "cn.keys", "--pass-file", "cn.pass", "--key")
    national.refused(*take, "DPK.05/05", "--value-file", "even.pass", says="byte 1 of key DPK.05/05 has even parity")
    national.refused(*take, "DPK.05/05", "--value-file", "odd.pass", "--check-value", "00000001",
                     says="key DPK.05/05 of CN has the check value 08D7B4FB, not 00000001")
    national.refused(*take, "DPK.01/01", "--value-file", "odd.pass", says="key DPK.01/01 of CN is here already")
    national.refused(*take, "DPX.01", "--value-file", "odd.pass", says="there is no key kind 'DPX'")
    national.refused(*take, "DPK.05/05", "--value-file", "one.pass", says="is not 16 bytes of hex")
    national.refused(*take, "DPK.05/04", "--value-file", "odd.pass", says="generation 1 is current, and what comes next")
    national.pass_file("weak", "0123456789ABCDEF0123456789ABCDEF")
    national.refused(*take, "DPK.05/05", "--value-file", "weak.pass", "--any-parity",
                     says="key DPK.05/05 of CN is weak, or its halves are the same")
    # The check value is what openssl enc -des-ede-ecb makes of zeros under this key.
    assert national.done(*take, "DPK.05/05", "--value-file", "odd.pass", "--check-value", "08D7B4FB") == (
        "cn.keys: key DPK.05/05, check value 08D7B4FB\n")
