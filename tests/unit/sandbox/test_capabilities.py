"""What root gives up."""

import os
from pathlib import Path

import pytest

from worked.sandbox.capabilities import drop_capabilities
from worked.sandbox.syscalls import machine

pytestmark = pytest.mark.skipif(machine() < 0, reason="needs Linux")

READ_SEARCH = 1 << 2


def test_a_process_keeps_no_capability_but_that_of_reading():
    mine, theirs = os.pipe()
    child = os.fork()
    if not child:
        try:
            drop_capabilities()
            os.write(theirs, Path("/proc/self/status").read_bytes())
        finally:
            os._exit(0)
    os.close(theirs)
    with os.fdopen(mine, encoding="ascii") as file:
        status = dict(line.split(":", 1) for line in file)
    os.waitpid(child, 0)
    for name in ("CapPrm", "CapEff", "CapInh", "CapAmb"):
        assert int(status[name], 16) & ~READ_SEARCH == 0, name
