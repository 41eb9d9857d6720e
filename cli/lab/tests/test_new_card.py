"""A blank card's life, in the hands of programs that know nothing of Tongka: it is personalised, loaded, taken through
gates, torn, and found again in the next lab."""

import json
import pathlib
import signal
import sys

import pytest
from lab_process import BUDGET, Lab, folder_of_the_lab, is_running, tongka, wait_until
from purse_crypto import external_authentication, secure_messaging_mac

CLIENT = str(pathlib.Path(__file__).parent / "new_card_client.py")
BLANK = ("--card", "city-union", "--blank")
TERMINAL, DATE_TIME = "214400000001", "20261231235959"
LOADED, FARE = 10000, 300


def client(lab, *words):
    """What the client printed."""
    ended = lab.run(sys.executable, CLIENT, *map(str, words), timeout=4 * BUDGET)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return [json.loads(line) for line in ended.stdout.splitlines()]


def show(lab):
    (shown,) = client(lab, "show")
    return shown


def personalised(lab):
    client(lab, "personalise")
    client(lab, "load", LOADED)
    return lab


def log_of(counter, amount, kind):
    return f"{counter:04X}000000{amount:08X}{kind}{TERMINAL}{DATE_TIME}"


def record_of(state, amount):
    return f"012E000000{state}{DATE_TIME}{TERMINAL}{amount:08X}".ljust(96, "0")


def test_the_clients_secure_messaging_is_that_of_the_published_examples():
    """Vectors F and I of standards.md 5.4."""
    key = bytes.fromhex("00112233445566778899AABBCCDDEEFF")
    message = bytes.fromhex("84D400001C" "DCC0BB5793ABFCA2CA8C1624822F6E01A86A0B5CBED191DD")
    assert secure_messaging_mac(key, bytes.fromhex("5D72B3FD"), message).hex() == "8a9d4adb"
    key = bytes.fromhex("0102030405060708")
    assert external_authentication(key, bytes.fromhex("BB83BFF3")).hex() == "74b0047dd681d96c"


def test_a_blank_card_is_personalised_and_has_no_money():
    with Lab(*BLANK) as lab:
        client(lab, "personalise")
        assert show(lab) == {
            "balance": 0,
            "offline_counter": 0,
            "online_counter": 0,
            "log": "",
            "load_log": "",
            "record": "012E" + "00" * 46,
        }


def test_a_card_is_personalised_once():
    with Lab(*BLANK) as lab:
        client(lab, "personalise")
        ended = lab.run(sys.executable, CLIENT, "personalise")
        assert ended.returncode == 1
        assert ended.stderr == "SELECT of a blank card: 9000, not 6A82\n"


def test_it_is_topped_up():
    with Lab(*BLANK) as lab:
        client(lab, "personalise")
        client(lab, "load", 5000)
        client(lab, "load", 250)
        shown = show(lab)
        assert (shown["balance"], shown["online_counter"], shown["offline_counter"]) == (5250, 2, 0)
        assert shown["load_log"] == log_of(1, 250, "02")
        assert shown["log"] == ""


def test_it_is_tapped_in_and_out():
    with Lab(*BLANK) as lab:
        personalised(lab)
        client(lab, "enter")
        inside = show(lab)
        assert (inside["balance"], inside["offline_counter"]) == (LOADED, 1)
        assert inside["record"] == record_of("01", 0)
        assert inside["log"] == log_of(0, 0, "09")
        client(lab, "leave", FARE)
        outside = show(lab)
        assert (outside["balance"], outside["offline_counter"], outside["online_counter"]) == (LOADED - FARE, 2, 1)
        assert outside["record"] == record_of("02", FARE)
        assert outside["log"] == log_of(1, FARE, "09")


def test_a_fare_that_it_has_not_is_refused_and_the_entry_stays():
    with Lab(*BLANK) as lab:
        personalised(lab)
        client(lab, "enter")
        inside = show(lab)
        ended = lab.run(sys.executable, CLIENT, "leave", str(LOADED + 1))
        assert "answered 9401" in ended.stderr
        assert show(lab) == inside


def test_torn_at_any_write_of_the_exit_it_is_recovered():
    with Lab(*BLANK) as lab:
        personalised(lab)
        found = client(lab, "torn-trips", FARE)
        # Up to one write the old state is found, from that on the new one.
        booked = found.count("booked")
        assert found == ["not booked"] * (len(found) - booked) + ["booked"] * booked
        assert 1 <= booked < len(found)
        # Each trip is paid once, the last one without a tear.
        trips = len(found) + 1
        shown = show(lab)
        assert (shown["balance"], shown["offline_counter"]) == (LOADED - trips * FARE, 2 * trips)
        assert shown["log"] == log_of(2 * trips - 1, FARE, "09")
        assert shown["record"] == record_of("02", FARE)


def test_the_next_lab_finds_it_as_it_was():
    with folder_of_the_lab() as folder:
        state = ("--state", str(folder / "card"))
        with Lab(*BLANK, *state) as lab:
            personalised(lab)
            client(lab, "enter")
            before = show(lab)
            lab.end(signal.SIGTERM)
        assert [path.name for path in folder.iterdir()] == ["card"]
        # The file says what the card holds, and no longer how it was made.
        with Lab("--card", "city-union", *state) as lab:
            assert show(lab) == before
            client(lab, "leave", FARE)
            assert show(lab)["balance"] == LOADED - FARE


@pytest.mark.parametrize(("write", "found"), [(1, "not booked"), (12, "booked")])
def test_torn_and_the_lab_killed_the_next_lab_recovers_it(write, found):
    with folder_of_the_lab() as folder:
        options = (*BLANK, "--state", str(folder / "card"))
        with Lab(*options) as lab:
            personalised(lab)
            client(lab, "enter")
            (lost,) = client(lab, "tear-leave", FARE, write)
            processes = lab.processes()
            lab.end(signal.SIGKILL)
            wait_until(lambda: not any(is_running(pid) for pid in processes))
        with Lab(*options) as lab:
            assert client(lab, "recover", json.dumps(lost)) == [found]
            if found == "not booked":
                client(lab, "leave", FARE)
            assert show(lab)["balance"] == LOADED - FARE
            assert show(lab)["record"] == record_of("02", FARE)


def test_says_what_is_wrong_with_a_state_in_one_line(tmp_path):
    def refused(*options, says):
        ended = tongka("lab", *options, "--", "true")
        assert ended.returncode == 2
        assert ended.stderr.count("\n") == 1, ended.stderr
        assert says in ended.stderr

    with folder_of_the_lab() as folder:
        state = folder / "card"
        with Lab(*BLANK, "--state", str(state)):
            refused(*BLANK, "--state", str(state), says=f"{state}: is in use already")
        before = state.read_bytes()
        refused("--card", "pboc", "--state", str(state), says=f"{state}: belongs to card city-union ")
        refused("--psam", "city-union", "--psam-state", str(state), says=f"{state}: belongs to card city-union ")
        assert state.read_bytes() == before
        folder.chmod(0o555)
        refused(*BLANK, "--state", str(folder / "other"), says=f"{folder}/other: cannot be made: Permission denied")
        folder.chmod(0o755)
    refused(*BLANK, "--state", str(tmp_path / "no folder" / "card"), says="No such file or directory")
    refused("--echo", "--state", str(tmp_path / "card"), says="--state without a card")
