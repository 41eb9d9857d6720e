"""The control socket: removal, insertion, tearing."""

import socket
import sys

import pytest
from lab_process import Lab, tongka
from pcsc_watch import PcscWatch

SELECT = "00A4040009A00000000386980701"
GET_BALANCE = "805C000204"
CARD = "Tongka Card 00 00"
ECHO = "Tongka Echo 00 00"


def send(lab, reader, *commands):
    """With scriptor, which sends these commands and no others."""
    script = lab.directory / "script"
    script.write_text("".join(command + "\n" for command in commands))
    try:
        return lab.run("scriptor", "-r", reader, str(script)).stdout
    finally:
        script.unlink()


def test_lists_slots():
    with Lab() as lab:
        assert lab.ask("list") == f"ok card inserted {CARD}; psam inserted Tongka PSAM 00 00"


def test_removes_and_inserts(monkeypatch):
    with Lab() as lab:
        watch = PcscWatch(lab, monkeypatch)
        for _ in range(2):
            assert lab.ask("remove card") == "ok"
            watch.wait_for_absence(CARD)
            assert "card removed" in lab.ask("list")
            assert "psam inserted" in lab.ask("list")
            assert lab.ask("insert card") == "ok"
            watch.wait_for_presence(CARD)
            assert "90 00 : Normal" in send(lab, CARD, SELECT)


@pytest.mark.parametrize("leave", ["remove echo", "tear echo before-write 1"])
def test_a_change_is_seen_however_quick(monkeypatch, leave):
    with Lab("--echo") as lab:
        watch = PcscWatch(lab, monkeypatch)
        before = watch.events(ECHO)
        assert lab.ask(leave) == "ok"
        if leave.startswith("tear"):
            send(lab, ECHO, GET_BALANCE)
        assert lab.ask("insert echo") == "ok"
        # The number of insertions and removals, which PC/SC keeps in the upper half of a reader's state.
        assert watch.events(ECHO) == before + 2


def test_tears(monkeypatch):
    with Lab("--echo") as lab:
        watch = PcscWatch(lab, monkeypatch)
        assert lab.ask("tear echo after-write 2") == "ok"
        assert send(lab, ECHO, *[GET_BALANCE] * 3).count("90 00 : Normal") == 1
        watch.wait_for_absence(ECHO)
        assert lab.ask("list") == f"ok echo torn {ECHO}"
        assert lab.ask("insert echo") == "ok"
        watch.wait_for_presence(ECHO)
        assert "90 00 : Normal" in send(lab, ECHO, GET_BALANCE)


def test_a_program_that_switches_a_torn_card_off_is_no_removal():
    """It makes the reader look empty before pcscd has looked: a card put in then would not get power."""
    script = f"""
import os
import subprocess
from smartcard.Exceptions import CardConnectionException
from smartcard.System import readers
reader = [reader for reader in readers() if str(reader) == "{ECHO}"][0]
for _ in range(3):
    connection = reader.createConnection()
    connection.connect()
    subprocess.run([os.environ["TONGKA"], "lab-control", "tear", "echo", "after-write", "1"], check=True)
    try:
        connection.transmit(list(bytes.fromhex("{GET_BALANCE}")))
    except CardConnectionException:
        connection.disconnect()
    subprocess.run([os.environ["TONGKA"], "lab-control", "insert", "echo"], check=True)
"""
    with Lab("--echo") as lab:
        ended = lab.run(sys.executable, "-c", script)
        assert ended.returncode == 0, ended.stderr


def test_takes_a_cut_back():
    with Lab("--echo") as lab:
        assert lab.ask("tear echo before-write 1") == "ok"
        assert lab.ask("tear echo off") == "ok"
        assert "90 00 : Normal" in send(lab, ECHO, GET_BALANCE)


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("insert card", "error card is in its reader already"),
        ("remove isam", 'error there is no slot "isam"'),
        ("tear card", "error write: tear SLOT after-write N, tear SLOT before-write N, or tear SLOT off"),
        ("tear card after-write 0", 'error "0" is not the number of a write, counted from 1'),
        ("tear card after-write x", 'error "x" is not the number of a write, counted from 1'),
        ("", "error commands: "),
        ("set-clock 12:00", "error commands: "),
    ],
)
def test_refuses_in_words(line, answer):
    with Lab() as lab:
        assert lab.ask(line).startswith(answer)
        assert "card inserted" in lab.ask("list")


def test_lets_nobody_fill_its_memory():
    with Lab("--echo") as lab:
        with socket.socket(socket.AF_UNIX) as control:
            control.settimeout(60)
            control.connect(str(lab.directory / "control"))
            control.sendall(b"x" * 2000)
            assert control.makefile().readline() == "error the line is too long\n"
        assert lab.ask("list").startswith("ok ")


def test_serves_several_clients_at_once():
    with Lab("--echo") as lab, socket.socket(socket.AF_UNIX) as slow:
        slow.connect(str(lab.directory / "control"))
        slow.sendall(b"li")
        assert lab.ask("list").startswith("ok echo")
        slow.sendall(b"st\nlist\n")
        lines = slow.makefile()
        assert lines.readline() == lines.readline() == f"ok echo inserted {ECHO}\n"


def test_has_a_command_for_the_shell():
    with Lab("--echo") as lab:
        directory = str(lab.directory)
        assert tongka("lab-control", "--dir", directory, "list").stdout == f"echo inserted {ECHO}\n"
        assert tongka("lab-control", "--dir", directory, "remove", "echo").returncode == 0
        again = tongka("lab-control", "--dir", directory, "remove", "echo")
        assert again.returncode == 2
        assert again.stderr == "tongka lab-control: echo is not in its reader\n"
        assert lab.run("sh", "-c", '"$0" lab-control list', lab.process.args[0]).stdout.startswith("echo removed")
    gone = tongka("lab-control", "--dir", directory, "list")
    assert gone.returncode == 2
    assert gone.stderr.startswith("tongka lab-control: no lab at ")
    assert tongka("lab-control", "list").stderr.startswith("tongka lab-control: which lab?")


def test_without_namespaces_cards_stay():
    with Lab("--echo", "--no-namespaces") as lab:
        for line in ("remove echo", "insert echo", "tear echo after-write 1"):
            assert lab.ask(line) == "error not available: without namespaces a card stays in its reader"
        assert "90 00 : Normal" in send(lab, ECHO, GET_BALANCE)
