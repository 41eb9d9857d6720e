"""docs/keys.md, from beginning to end: a national root makes two cities, each with a card and a PSAM; a card of one pays at
a PSAM of the other before, during and after a roll-over. With the roots in a file, and on a token (SoftHSM2)."""

import json
import os
import subprocess

import pytest

TONGKA = os.environ["TONGKA"]
SOFTHSM = "/usr/lib/softhsm/libsofthsm2.so"
CITIES = ("2144", "7100")
LOAD = 5000


class Office:
    """A folder with keys, devices and accounts, in which commands run."""

    def __init__(self, folder):
        self.folder = folder
        self.environment = {**os.environ, "LC_ALL": "C.UTF-8"}
        self.spent = {}
        for name in ("cn", "2144", "7100", "way"):
            path = folder / f"{name}.pass"
            path.write_text("1234\n" if name == "cn" else f"words of {name}\n")
            path.chmod(0o600)

    def run(self, *words):
        return subprocess.run([TONGKA, *map(str, words)], capture_output=True, text=True, cwd=self.folder,
                              env=self.environment, stdin=subprocess.DEVNULL)

    def done(self, *words):
        ran = self.run(*words)
        assert ran.returncode == 0, (words, ran.stderr)
        return ran.stdout

    def city_keys(self, city):
        return ("--keys", f"{city}.keys", "--pass-file", f"{city}.pass")

    def national_keys(self):
        return ("--keys", self.roots, "--pass-file", "cn.pass")

    def make_roots(self, roots):
        self.roots = roots
        self.done("keys", "new", roots, "--pass-file", "cn.pass")
        for city in CITIES:
            self.done("keys", "export", roots, "--city", city, "--pass-file", "cn.pass", "--out", f"{city}.keys",
                      "--out-pass-file", f"{city}.pass")

    def hand_down(self, city):
        later = f"later-{city}.keys"
        self.done("keys", "export", self.roots, "--city", city, "--pass-file", "cn.pass", "--out", later,
                  "--out-pass-file", "way.pass")
        self.done("keys", "import", f"{city}.keys", later, "--pass-file", f"{city}.pass", "--from-pass-file", "way.pass")
        self.done("keys", "destroy", later, "--yes")

    def issue(self, city, number):
        """A card with money in it, and a PSAM, of a city."""
        card, psam = f"card-{city}-{number}", f"psam-{city}-{number}"
        self.done("issue", "card", *self.city_keys(city), "--asn", f"{city}{number:012}", "--state", card,
                  "--accounts", f"{city}.accounts")
        self.done("terminal", "load", *self.city_keys(city), "--accounts", f"{city}.accounts", "--deposit", LOAD,
                  "--amount", LOAD, "--state", card)
        self.spent[card] = 0
        self.done("issue", "psam", *self.national_keys(), "--city", city, "--serial", f"{city}{number:016}",
                  "--terminal", f"{city}{number:08}", "--state", psam)

    def renew(self, city, number):
        return self.done("issue", "psam", *self.national_keys(), "--city", city, "--serial", f"{city}{number:016}",
                         "--terminal", f"{city}{number:08}", "--renew", "--device", "sim:psam",
                         "--state", f"psam-{city}-{number}")

    def pay(self, card, psam):
        paid = self.run("terminal", "purchase", "--amount", 1, "--state", card, "--psam-state", psam, "--format", "json")
        assert paid.returncode == 0, (card, psam, paid.stderr)
        record = json.loads(paid.stdout)
        assert record["mac2_right"]
        assert record["balance_before"] == LOAD - self.spent[card]
        self.spent[card] += 1
        return record

    def every_card_pays_at_every_psam(self, numbers):
        return {(card, psam): self.pay(card, psam)
                for card in self.spent for city in CITIES for number in numbers
                for psam in [f"psam-{city}-{number}"]}


def roots_in_a_file(office):
    return "cn.keys"


def roots_on_a_token(office):
    (office.folder / "tokens").mkdir()
    config = office.folder / "softhsm2.conf"
    config.write_text(f"directories.tokendir = {office.folder}/tokens\nlog.level = ERROR\n")
    office.environment["SOFTHSM2_CONF"] = str(config)
    subprocess.run(["softhsm2-util", "--init-token", "--free", "--label", "roots", "--pin", "1234", "--so-pin", "5678"],
                   check=True, capture_output=True, env=office.environment)
    return f"pkcs11:token=roots?module-path={SOFTHSM}"


@pytest.mark.parametrize("place", [roots_in_a_file, roots_on_a_token])
def test_no_card_stops_to_work(place, tmp_path):
    office = Office(tmp_path)
    office.make_roots(place(office))
    for city in CITIES:
        office.issue(city, 1)
    before = office.every_card_pays_at_every_psam([1])
    assert {record["key_index"] for record in before.values()} == {"01"}

    office.done("keys", "rotate", office.roots, "--pass-file", "cn.pass")
    for city in CITIES:
        office.hand_down(city)
        office.done("keys", "rotate", f"{city}.keys", "--pass-file", f"{city}.pass")
        office.issue(city, 2)
    during = office.every_card_pays_at_every_psam([1, 2])
    assert {psam[-1]: record["key_index"] for (_, psam), record in during.items()} == {"1": "01", "2": "02"}

    for city in CITIES:
        assert "pays with key index 02" in office.renew(city, 1)
    office.done("keys", "retire", office.roots, "--pass-file", "cn.pass")
    for city in CITIES:
        office.done("keys", "retire", f"{city}.keys", "--pass-file", f"{city}.pass")
        office.renew(city, 1)
        office.renew(city, 2)
        office.issue(city, 3)
    after = office.every_card_pays_at_every_psam([1, 2, 3])
    assert {record["key_index"] for record in after.values()} == {"02"}

    # A load goes on too: the old card's generation 2 serves.
    for city in CITIES:
        office.done("terminal", "load", *office.city_keys(city), "--accounts", f"{city}.accounts", "--deposit", 100,
                    "--amount", 100, "--state", f"card-{city}-1")


def test_what_cannot_be_issued_is_told_in_one_line(tmp_path):
    office = Office(tmp_path)
    office.make_roots("cn.keys")

    def refused(*words, says):
        ran = office.run(*words)
        assert (ran.returncode, ran.stderr.count("\n")) == (2, 1), ran
        assert says in ran.stderr

    refused("issue", "card", *office.city_keys("2144"), "--asn", "7100000000000001",
            says="the keys are those of city 2144, the card is of 7100")
    refused("issue", "psam", *office.city_keys("2144"),
            says="a PSAM holds the roots of the centre; these are the keys of city 2144")
    refused("issue", "isam", *office.national_keys(), says="an ISAM holds the keys of a city; these are the centre's")
    refused("issue", "card", *office.city_keys("2144"), "--asn", "2144", says="--asn must be 8 bytes, not 2")
    refused("issue", "card", "--keys", "2144.keys", "--pass-file", "way.pass", says="wrong pass phrase")
    refused("issue", "card", "--keys", "none.keys", "--pass-file", "way.pass", says="none.keys: ")
    office.issue("2144", 1)
    refused("issue", "card", *office.city_keys("2144"), "--asn", "2144000000000001", "--state", "card-2144-1",
            says="the card answered")
    refused("terminal", "load", *office.national_keys(), "--accounts", "2144.accounts", "--amount", 1,
            "--state", "card-2144-1", says="a load host works with a city's keys; these are the centre's")
    poor = office.run("terminal", "load", *office.city_keys("2144"), "--accounts", "2144.accounts", "--amount", 1,
                      "--state", "card-2144-1")
    assert (poor.returncode, poor.stderr) == (1, "tongka terminal load: the account does not hold the amount\n")
