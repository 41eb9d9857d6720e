"""`--state`: the same card in the next process, files that are refused, and a process killed at any moment."""

import os
import pathlib
import random
import signal
import subprocess
import time

import pytest
import yaml
from purse_crypto import card_key, mac, session_key, tac_key

TONGKA = os.environ["TONGKA"]
PROFILES = pathlib.Path(os.environ["TONGKA_SOURCES"]) / "testcases/profiles"
SELECT = "00A4040009A00000000386980701"
GET_BALANCE = "805C000204"
TERMINAL, DATE_TIME = "214400000001", "20261231235959"
KILLS = 200
JOURNAL_IN_USE = bytes.fromhex("D9D505F920A163D7")  # sqlite.org/fileformat2.html, the rollback journal


def keys_of_the_card():
    card = yaml.load((PROFILES / "city-union.yaml").read_text(), Loader=yaml.BaseLoader)["card"]
    city, asn = bytes.fromhex(card["city"]), bytes.fromhex(card["asn"])
    return {name: card_key(bytes.fromhex(key), city, asn) for name, key in card["master"].items()}


KEYS = keys_of_the_card()


class Apdu:
    """A `tongka apdu` that is talked to over pipes, with the application selected."""

    def __init__(self, state, *options):
        self.process = subprocess.Popen(
            [TONGKA, "apdu", "--device", "sim:card", "--state", state, *options],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.send(SELECT)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.returncode is None:
            self.process.communicate(timeout=60)

    def ask(self, command):
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()

    def answer(self):
        """Data of the next answer that was not read yet; None where the process is gone."""
        line = self.process.stdout.readline().rstrip("\n")
        assert line == "" or line.endswith("9000"), line
        return bytes.fromhex(line[:-4]) if line else None

    def send(self, command):
        self.ask(command)
        answer = self.answer()
        assert answer is not None, self.process.communicate()[1]
        return answer

    def kill(self):
        """What it still had answered."""
        self.process.send_signal(signal.SIGKILL)
        rest, told = self.process.communicate(timeout=60)
        assert (self.process.returncode, told) == (-signal.SIGKILL, "")
        return rest

    def load(self, amount):
        init = self.send(f"805000020B01{amount:08X}{TERMINAL}10")
        session = session_key(KEYS["DLK.01"], init[8:12] + init[4:6] + b"\x80\x00")
        mac2 = mac(session, bytes.fromhex(f"{amount:08X}02{TERMINAL}{DATE_TIME}"))
        self.send(f"805200000B{DATE_TIME}{mac2.hex()}04")

    def begin_purchase(self, amount):
        """DEBIT FOR PURCHASE with a right MAC1, and what the card must answer."""
        init = self.send(f"805001020B01{amount:08X}{TERMINAL}0F")
        serial = f"{int.from_bytes(init[4:6], 'big'):08X}"
        session = session_key(KEYS["DPK.01"], init[11:15] + init[4:6] + bytes.fromhex(serial[-4:]))
        of_purchase = f"{amount:08X}06{TERMINAL}"
        mac1 = mac(session, bytes.fromhex(of_purchase + DATE_TIME))
        tac = mac(tac_key(KEYS["DTK"]), bytes.fromhex(of_purchase + serial + DATE_TIME))
        mac2 = mac(session, bytes.fromhex(f"{amount:08X}"))
        return f"805401000F{serial}{DATE_TIME}{mac1.hex()}08", tac + mac2

    def proof_of(self, counter):
        """MAC2 and TAC of the last purchase if that was the counter after it; None where it was not booked."""
        self.ask(f"805A000602{counter:04X}08")
        line = self.process.stdout.readline().rstrip("\n")
        assert line == "9406" or line.endswith("9000"), line
        return None if line == "9406" else bytes.fromhex(line[:-4])

    def shown(self):
        """Balance, offline counter, and the amount and counter of the newest log record."""
        balance = int.from_bytes(self.send(GET_BALANCE), "big")
        counter = int.from_bytes(self.send(f"805001020B0100000000{TERMINAL}0F")[4:6], "big")
        record = self.send("00B201C417") if counter else bytes(23)
        return balance, counter, (record[5:9].hex(), int.from_bytes(record[0:2], "big"))


def run(*words, stdin=""):
    return subprocess.run([TONGKA, *map(str, words)], input=stdin, capture_output=True, text=True, timeout=60)


@pytest.fixture
def state(tmp_path):
    """The state of a card that was loaded and made one purchase."""
    path = tmp_path / "card"
    with Apdu(path) as card:
        card.load(1000)
        debit, wanted = card.begin_purchase(70)
        assert card.send(debit) == wanted
    return path


def test_the_next_process_finds_the_same_card(state):
    for _ in range(2):
        with Apdu(state) as card:
            assert card.shown() == (930, 1, ("00000046", 0))
    with Apdu(state) as card:
        debit, wanted = card.begin_purchase(30)
        assert card.send(debit) == wanted
    with Apdu(state) as card:
        assert card.shown() == (900, 2, ("0000001e", 1))
        assert card.send("805A000602000208") == wanted[4:] + wanted[:4]
    assert [path.name for path in state.parent.iterdir()] == ["card"]


def test_a_blank_card_stays_as_far_as_it_was_made(tmp_path):
    create = "80E03F000D38FFFFF0F001FFFFFFFFFFFFFF\n"
    blank = ("apdu", "--device", "sim:blank", "--state", tmp_path / "card")
    assert run(*blank, stdin=create).stdout == "9000\n"
    assert run(*blank, stdin=create).stdout == "6A86\n"


def test_a_run_leaves_its_devices_in_their_files(tmp_path):
    devices = ("--device", "sim:card", "--state", tmp_path / "card", "--psam", "sim:psam", "--psam-state", tmp_path / "psam")
    ran = run("run", "304-PUR-005", *devices, "--out", tmp_path / "out")
    assert ran.returncode == 0, ran
    with Apdu(tmp_path / "card") as card:
        assert card.shown()[1] > 0
    again = run("apdu", "--device", "sim:psam", "--state", tmp_path / "card")
    assert (again.returncode, again.stderr.count("\n")) == (2, 1)
    assert "belongs to card city-union" in again.stderr
    assert run("apdu", "--device", "sim:psam", "--state", tmp_path / "psam", stdin="00B0960006\n").stdout == "1122334455669000\n"


def cut(path):
    path.write_bytes(path.read_bytes()[:-1000])


def emptied(path):
    path.write_bytes(b"")


def altered(path):
    content = bytearray(path.read_bytes())
    content[content.index(bytes.fromhex("2144000000000001")) + 7] ^= 0x01  # the card's number
    path.write_bytes(content)


def newer(path):
    content = bytearray(path.read_bytes())
    content[60:64] = (2).to_bytes(4, "big")  # PRAGMA user_version
    path.write_bytes(content)


def another_file(path):
    path.write_text("profile: city-union\n")


def read_only(path):
    path.chmod(0o400)


@pytest.mark.parametrize("change, says", [
    (cut, "is damaged: "),
    (emptied, "is empty"),
    (altered, "is damaged: "),
    (newer, "is of version 2; this program knows versions up to 1"),
    (another_file, "is no state file"),
    (read_only, "is read-only"),
])
def test_a_file_that_is_not_right_is_refused_and_untouched(state, change, says):
    change(state)
    refused(state, says=says)


def test_the_card_of_another_profile_is_refused(state):
    refused(state, "--profile", "pboc", says="belongs to card city-union ")


def test_a_file_in_use_is_refused(state):
    with Apdu(state) as card:
        before = card.shown()
        refused(state, says="is in use already")
        assert card.shown() == before


def test_a_folder_that_is_not_there(tmp_path):
    ran = run("apdu", "--state", tmp_path / "no" / "card")
    assert (ran.returncode, ran.stdout, ran.stderr.count("\n")) == (2, "", 1)
    assert "No such file or directory" in ran.stderr
    assert not (tmp_path / "no").exists()


def test_a_real_card_has_no_state_file(tmp_path):
    ran = run("apdu", "--device", "pcsc:Reader", "--state", tmp_path / "card")
    assert (ran.returncode, ran.stderr.count("\n")) == (2, 1)
    assert "keeps its state by itself" in ran.stderr
    assert list(tmp_path.iterdir()) == []


def refused(path, *options, says):
    """One line, exit status 2, the file and its folder as they were."""
    def seen():
        return path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_mode, sorted(path.parent.iterdir())

    before = seen()
    ran = run("apdu", "--device", "sim:card", "--state", path, *options, stdin=SELECT)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.count("\n") == 1, ran.stderr
    assert f"{path}: {says}" in ran.stderr
    assert seen() == before


def test_killed_at_any_moment_it_is_as_answered_or_one_purchase_further(tmp_path):
    """Each process finds the card that the one before left, answers a random number of purchases, and is killed a random
    moment after it was given one more. On a disk, where a commit takes its time, many are killed in the middle of one;
    in /dev/shm hardly any."""
    path, journal = tmp_path / "card", tmp_path / "card-journal"
    chance = random.Random()
    with Apdu(path) as card:
        card.load(1_000_000)
        state = card.shown()
    takes = 0.01  # seconds for a debit, measured again and again
    seen = {"answered": 0, "further": 0, "not booked": 0, "while it wrote": 0}
    card = Apdu(path)
    for _ in range(KILLS):
        with card:
            for _ in range(chance.randrange(3)):
                debit, wanted, state = purchase_of(card, chance.randrange(1, 100), state)
                start = time.perf_counter()
                assert card.send(debit) == wanted
                takes = time.perf_counter() - start
            debit, wanted, further = purchase_of(card, chance.randrange(1, 100), state)
            card.ask(debit)
            end = time.perf_counter() + chance.uniform(0, 2 * takes)
            while time.perf_counter() < end:
                pass
            answered = card.kill().startswith(wanted.hex().upper())
        seen["while it wrote"] += journal.exists() and journal.read_bytes().startswith(JOURNAL_IN_USE)
        card = Apdu(path, "--seed", str(chance.randrange(1, 1000)))
        proof = card.proof_of(further[1])
        if proof is None:
            assert not answered, "an answer was given that is forgotten"
            seen["not booked"] += 1
        else:
            assert proof == wanted[4:] + wanted[:4]
            seen["answered" if answered else "further"] += 1
            state = further
        assert card.shown() == state
    with card:
        print(seen)
    assert seen["not booked"] and seen["answered"] + seen["further"], seen


def purchase_of(card, amount, state):
    """The debit, what it must answer, and what the card shows after it."""
    debit, wanted = card.begin_purchase(amount)
    balance, counter, _ = state
    return debit, wanted, (balance - amount, counter + 1, (f"{amount:08x}", counter))
