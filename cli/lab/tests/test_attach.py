"""Cards for a pcscd that is not the lab's: here one that this test starts, with vpcd listening, in a network namespace
of its own."""

import fcntl
import os
import pathlib
import signal
import socket
import struct
import subprocess

from lab_process import BUDGET, TONGKA
from namespaces import CLONE_NEWNET, CLONE_NEWNS, CLONE_NEWUSER, new_namespaces

PCSCD = "/usr/sbin/pcscd"
READER = "Virtual PCD 00 00"


def enter_namespaces():
    new_namespaces(CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWNS)
    with socket.socket() as any_socket:
        fcntl.ioctl(any_socket, 0x8914, struct.pack("16sh14x", b"lo", 0x1 | 0x40))  # SIOCSIFFLAGS, up and running


def in_namespaces(script, directory):
    """Runs a shell script beside a pcscd that was configured as vpcd's package does it."""
    (directory / "reader.conf.d").mkdir()
    (directory / "reader.conf.d" / "vpcd").write_text(pathlib.Path("/etc/reader.conf.d/vpcd").read_text("utf-8"), "utf-8")
    inner = f"""
{PCSCD} -f -c {directory}/reader.conf.d &
pcscd=$!
{script}
status=$?
kill $pcscd
wait $pcscd
exit $status
"""
    with subprocess.Popen(
        ["sh", "-c", inner],
        preexec_fn=enter_namespaces,
        env=os.environ | {"TONGKA": TONGKA},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as shell:
        try:
            return shell.communicate(timeout=BUDGET)[0], shell.returncode
        finally:
            if shell.poll() is None:
                os.killpg(shell.pid, signal.SIGKILL)


# Until pcscd's socket is there, and the reader; then the lab's lines, up to the last.
ATTACH = f"""
attach() {{
    until out=$("$TONGKA" lab --attach 127.0.0.1:35963 "$@" 2>&1); status=$?; [ "${{out#*refused}}" = "$out" ]; do :; done
    echo "$out"
    return $status
}}
"""


def test_plugs_a_card_in(tmp_path):
    script = ATTACH + f"attach --card city-union -- opensc-tool -r '{READER}' -s 00A4040009A00000000386980701"
    told, _ = in_namespaces(script, tmp_path)
    assert "SW1=0x90, SW2=0x00" in told, told


def test_reports_a_slot_that_is_taken(tmp_path):
    second = f'"$TONGKA" lab --attach 127.0.0.1:35963 --echo -- true; echo "second $?"; opensc-tool -r "{READER}" -a'
    told, _ = in_namespaces(ATTACH + f"attach --echo -- sh -c '{second}'", tmp_path)
    assert "the slot is taken by another card" in told, told
    assert "second 2" in told, told
    assert "3b:84:80:01" in told, "the first card must not suffer"


def test_has_a_control_socket(tmp_path):
    actions = '"$TONGKA" lab-control list; "$TONGKA" lab-control remove echo; "$TONGKA" lab-control insert echo'
    told, _ = in_namespaces(ATTACH + f"attach --echo -- sh -c '{actions}; \"$TONGKA\" lab-control list'", tmp_path)
    lines = told.splitlines()
    assert lines[0] == lines[-1] == "echo inserted 127.0.0.1:35963", told


def test_ends_with_the_reader(tmp_path):
    told, status = in_namespaces(ATTACH + "attach --echo -- sh -c 'kill -KILL $0; sleep 1000' $pcscd", tmp_path)
    assert "127.0.0.1:35963: the reader closed the connection" in told, told
    assert status == 2
