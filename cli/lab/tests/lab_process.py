"""A `tongka lab` in the background of a test."""

import contextlib
import os
import pathlib
import pwd
import signal
import socket
import subprocess
import tempfile
import time

TONGKA = os.environ["TONGKA"]
BUDGET = 60  # seconds that anything may take before a test fails


class Lab:
    """Stands when made; ended at the end of the `with`, if it is not already."""

    def __init__(self, *options):
        self.process = subprocess.Popen(
            [TONGKA, "lab", *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        self.told = []
        while line := self.process.stdout.readline():
            self.told.append(line.rstrip("\n"))
            if line.startswith("# Ctrl-C"):
                break
        else:
            raise RuntimeError(self.process.communicate(timeout=BUDGET)[1])
        self.environment = dict(
            line.removeprefix("export ").split("=", 1) for line in self.told if line.startswith("export ")
        )
        self.directory = pathlib.Path(self.environment["TONGKA_LAB"])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.end(signal.SIGTERM)
        self.process.stdout.close()
        self.process.stderr.close()

    def end(self, number):
        """Its exit status after that signal."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        self.process.wait(timeout=BUDGET)
        return self.process.returncode

    def processes(self):
        """The lab's own process and all that descend from it."""
        found, new = set(), {self.process.pid}
        while new:
            found |= new
            new = {child for parent in new for child in children(parent)} - found
        return found

    def ask(self, line):
        with socket.socket(socket.AF_UNIX) as control:
            control.settimeout(BUDGET)
            control.connect(str(self.directory / "control"))
            control.sendall(line.encode() + b"\n")
            return control.makefile().readline().rstrip("\n")

    def run(self, *command, timeout=BUDGET):
        return subprocess.run(
            command, env=os.environ | self.environment, capture_output=True, text=True, timeout=timeout, check=False
        )


def children(pid):
    try:
        tasks = list(pathlib.Path(f"/proc/{pid}/task").iterdir())
        return {int(child) for task in tasks for child in (task / "children").read_text().split()}
    except OSError:
        return set()


@contextlib.contextmanager
def folder_of_the_lab():
    """A folder in which a lab can write: one that root starts is another user by then."""
    with tempfile.TemporaryDirectory(prefix="tongka-test-") as name:
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            with contextlib.suppress(OSError):  # no such user in this user namespace, and none that the lab becomes
                os.chown(
                    name, int(os.environ.get("SUDO_UID", nobody.pw_uid)), int(os.environ.get("SUDO_GID", nobody.pw_gid))
                )
        yield pathlib.Path(name)


def wait_until(what):
    """Looks again and again, until it is so or the budget is spent."""
    end = time.monotonic() + BUDGET
    while not what():
        assert time.monotonic() < end, "not within the budget"
        time.sleep(0.01)


def is_running(pid):
    try:
        return pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def tongka(*words):
    return subprocess.run([TONGKA, *words], capture_output=True, text=True, timeout=BUDGET, check=False)
