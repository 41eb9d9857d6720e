"""Card events of a lab's readers, as a PC/SC program sees them: in a process of its own, since libpcsclite reads
PCSCLITE_CSOCK_NAME once."""

import subprocess
import sys

SCRIPT = """
import sys
from smartcard import scard

_, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
for line in sys.stdin:
    verb, wanted, reader = line.rstrip("\\n").split(" ", 2)
    state = scard.SCARD_STATE_UNAWARE
    while True:
        result, states = scard.SCardGetStatusChange(context, 60000, [(reader, state)])
        if result != scard.SCARD_S_SUCCESS:
            sys.exit(scard.SCardGetErrorMessage(result))
        state = states[0][1] & ~scard.SCARD_STATE_CHANGED
        if verb == "events" or state & int(wanted):
            break
    print(state >> 16, flush=True)
"""
EMPTY, PRESENT = 0x10, 0x20  # SCARD_STATE_EMPTY, SCARD_STATE_PRESENT


class PcscWatch:
    def __init__(self, lab, monkeypatch):
        for name, value in lab.environment.items():
            monkeypatch.setenv(name, value)
        self._process = subprocess.Popen(
            [sys.executable, "-c", SCRIPT], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def _ask(self, line):
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def wait_for_absence(self, reader):
        self._ask(f"wait {EMPTY} {reader}")

    def wait_for_presence(self, reader):
        self._ask(f"wait {PRESENT} {reader}")

    def events(self, reader):
        return self._ask(f"events 0 {reader}")
