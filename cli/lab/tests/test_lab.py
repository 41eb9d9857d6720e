"""What `tongka lab` promises about processes, exit status and errors."""

import os
import pathlib
import signal
import subprocess

import pytest
from lab_process import BUDGET, TONGKA, Lab, children, is_running, tongka, wait_until
from namespaces import CLONE_NEWNS, CLONE_NEWUSER, new_namespaces

GET_BALANCE = "805C000204"


def all_gone(lab, processes):
    wait_until(lambda: not any(is_running(pid) for pid in processes))
    wait_until(lambda: not lab.directory.exists())


def test_tells_where_it_is():
    with Lab() as lab:
        assert (lab.directory / "control").is_socket()
        assert "# card: Tongka Card 00 00" in lab.told
        assert "# psam: Tongka PSAM 00 00" in lab.told
        listed = lab.run("opensc-tool", "-l").stdout
        assert "Tongka Card 00 00" in listed and "Tongka PSAM 00 00" in listed


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_leaves_nothing_after_a_signal(number):
    with Lab() as lab:
        processes = lab.processes()
        assert len(processes) == 3  # the lab, its keeper, pcscd
        assert lab.end(number) == 128 + number
        all_gone(lab, processes)


def test_leaves_nothing_when_it_is_killed():
    with Lab() as lab:
        processes = lab.processes()
        lab.end(signal.SIGKILL)
        all_gone(lab, processes)


def test_ends_when_its_keeper_is_killed():
    with Lab() as lab:
        processes = lab.processes()
        (keeper,) = children(lab.process.pid)
        os.kill(keeper, signal.SIGKILL)
        wait_until(lambda: lab.process.poll() is not None)
        assert lab.process.returncode == 2
        all_gone(lab, processes)


def test_ends_when_pcscd_is_killed():
    with Lab() as lab:
        processes = lab.processes()
        (keeper,) = children(lab.process.pid)
        (pcscd,) = children(keeper)
        os.kill(pcscd, signal.SIGKILL)
        wait_until(lambda: lab.process.poll() is not None)
        assert lab.process.returncode == 2
        assert lab.process.communicate()[1] == "tongka lab: pcscd ended\n"
        all_gone(lab, processes)


def test_a_signal_ends_the_command_and_what_it_left(tmp_path):
    # A shell that ignores SIGTERM, and a child of a shell that is gone.
    script = f"trap '' TERM; (sleep 1000 & echo $! >> {tmp_path}/pids); echo $$ >> {tmp_path}/pids; read forever"
    with subprocess.Popen([TONGKA, "lab", "--echo", "--", "sh", "-c", script], stdin=subprocess.PIPE) as lab:
        pids = tmp_path / "pids"
        wait_until(lambda: pids.exists() and pids.read_text().count("\n") == 2)
        processes = [int(pid) for pid in pids.read_text().split()]
        lab.send_signal(signal.SIGTERM)
        assert lab.wait(timeout=60) == 128 + signal.SIGTERM
        wait_until(lambda: not any(is_running(pid) for pid in processes))


@pytest.mark.parametrize(
    ("command", "status"),
    [
        (["true"], 0),
        (["sh", "-c", "exit 7"], 7),
        (["sh", "-c", "kill -KILL $$"], 137),
        (["/etc/passwd"], 126),
        (["/does/not/exist"], 127),
    ],
)
def test_gives_back_the_exit_status(command, status):
    assert tongka("lab", "--echo", "--", *command).returncode == status


def test_hands_the_command_its_words_as_they_are():
    assert tongka("lab", "--echo", "--", "printf", "%s|", "--card", "a b", "--", "-h").stdout == "--card|a b|--|-h|"


def test_several_stand_side_by_side():
    with Lab() as one, Lab("--echo") as two, Lab() as three:
        assert len({lab.directory for lab in (one, two, three)}) == 3
        one.ask("remove card")
        for lab, reader in ((two, "Tongka Echo 00 00"), (three, "Tongka Card 00 00")):
            answer = lab.run("opensc-tool", "-r", reader, "-s", GET_BALANCE)
            assert answer.returncode == 0, answer.stderr


def test_holds_many_cards():
    with Lab("--card", "city-union", "--card", "city-union", "--card", "city-union", "--echo") as lab:
        assert lab.told[2:6] == [
            "# card: Tongka Card 00 00",
            "# card2: Tongka Card 00 01",
            "# card3: Tongka Card B 00 00",
            "# echo: Tongka Echo 00 00",
        ]
        answer = lab.run("opensc-tool", "-r", "Tongka Echo 00 00", "-s", GET_BALANCE).stdout
        assert "00 00 00 00" in answer
        for reader in ("Tongka Card 00 00", "Tongka Card 00 01", "Tongka Card B 00 00"):
            answer = lab.run("opensc-tool", "-r", reader, "-s", "00A4040009A00000000386980701").stdout
            assert "SW1=0x90, SW2=0x00" in answer, reader


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--pcscd", "/does/not/exist"], "tongka lab: there is no pcscd at /does/not/exist: install it"),
        (["--pcscd", "/bin/false"], "tongka lab: pcscd ended"),
        (["--vpcd", "/does/not/exist"], "tongka lab: vpcd's driver /does/not/exist cannot be read"),
        (["--card", "nobodys"], 'tongka lab: there is no profile "nobodys"'),
        (["--card", "/etc/passwd"], "tongka lab: /etc/passwd:1:1:"),
        (["--dir", "/proc/lab"], "tongka lab: /proc/lab: "),
        (["--dir", "/tmp/" + "x" * 100], "too long for a Unix socket"),
        (["--attach", "nowhere"], 'tongka lab: "nowhere" is not HOST:PORT'),
        (["--attach", "127.0.0.1:1"], "tongka lab: connect to 127.0.0.1:1: Connection refused"),
        (["--attach", "127.0.0.1:1", "--echo", "--card", "city-union"], "tongka lab: --attach takes one device"),
        (["--card", "city-union"] * 17, "start a second lab"),
        (["--nonsense"], "--nonsense"),
    ],
)
def test_says_what_is_wrong_in_one_line(options, told):
    ended = tongka("lab", *options, "--", "true")
    assert ended.returncode == 2
    assert ended.stderr.count("\n") == 1
    assert told in ended.stderr


def refuse_namespaces():
    """As a container does: in a user namespace that may have no other inside, with the /run/pcscd that root makes."""
    new_namespaces(CLONE_NEWUSER | CLONE_NEWNS)
    pathlib.Path("/proc/sys/user/max_user_namespaces").write_text("0", encoding="ascii")


def test_does_without_namespaces_where_they_are_refused():
    ended = subprocess.run(
        [TONGKA, "lab", "--echo", "--", "opensc-tool", "-r", "Tongka Echo 00 00", "-s", GET_BALANCE],
        preexec_fn=refuse_namespaces,
        capture_output=True,
        text=True,
        timeout=BUDGET,
        check=False,
    )
    assert "SW1=0x90" in ended.stdout, ended
    assert ended.stderr.startswith("tongka lab: namespaces are refused here: ")
    assert ended.stderr.endswith("removal and tearing are not available\n")


def test_takes_no_directory_that_is_in_use():
    with Lab("--echo") as lab:
        ended = tongka("lab", "--echo", "--dir", str(lab.directory))
        assert ended.returncode == 2
        assert "not an empty directory" in ended.stderr
        assert lab.ask("list").startswith("ok echo inserted")


def test_leaves_a_given_directory_empty(tmp_path):
    ended = tongka("lab", "--echo", "--dir", str(tmp_path), "--", "sh", "-c", 'echo "$TONGKA_LAB"')
    assert ended.stdout == f"{tmp_path}\n", ended.stderr
    assert list(tmp_path.iterdir()) == []
