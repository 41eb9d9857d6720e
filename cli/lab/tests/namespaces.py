"""Namespaces of a test's own (Python 3.11 has no os.unshare)."""

import ctypes
import os
import pathlib
import sys

CLONE_NEWNS, CLONE_NEWUSER, CLONE_NEWNET = 0x00020000, 0x10000000, 0x40000000


def new_namespaces(flags):
    """This process becomes root of a user namespace, and has a /run of its own."""
    libc = ctypes.CDLL(None, use_errno=True)
    uid, gid = os.getuid(), os.getgid()
    if libc.unshare(flags) != 0:
        sys.exit("namespaces are refused here")
    pathlib.Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
    pathlib.Path("/proc/self/uid_map").write_text(f"0 {uid} 1", encoding="ascii")
    pathlib.Path("/proc/self/gid_map").write_text(f"0 {gid} 1", encoding="ascii")
    libc.mount(b"tmpfs", b"/run", b"tmpfs", 0, None)
