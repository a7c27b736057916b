"""Root's special rights, which a page's process gives up: even root is a plain user in it."""

import ctypes
from struct import pack, unpack
from typing import Final

from worked.sandbox.syscalls import Numbers, call

CAPGET: Final[Numbers] = (125, 90)
CAPSET: Final[Numbers] = (126, 91)

_VERSION: Final = 0x20080522
_DAC_READ_SEARCH: Final = 1 << 2
"""Reading what another user owns: notes that lie in such a folder could not be built otherwise, and
Landlock says what of it cells may read."""


def drop_capabilities() -> None:
    """Give up every capability for good but that of reading files; a plain user has none.

    Raises:
        OSError: the kernel refuses.
    """
    # struct __user_cap_header_struct, then twice struct __user_cap_data_struct
    head = ctypes.create_string_buffer(pack("=Ii", _VERSION, 0), 8)
    sets = ctypes.create_string_buffer(24)
    call(CAPGET, head, sets)
    _, permitted, *_ = unpack("=6I", sets.raw)
    kept = permitted & _DAC_READ_SEARCH
    call(CAPSET, head, ctypes.create_string_buffer(pack("=6I", kept, kept, 0, 0, 0, 0), 24))
