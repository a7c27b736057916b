"""Bundles of made-up pages and packages."""

from worked.downloads.bundle import pack_bundle
from worked.exports.index import ImportedModule

SOURCES = {
    "tools": "from tools import pens\nfrom .ink import dark\n",
    "tools.__init__": "",
    "tools.pens": "import numpy as np\nfrom worked.palette import FG\n",
    "tools.ink": "dark = 1\n",
    "tools.unused": "never = 1\n",
}


def packed(*codes, imported_modules=(), values=None, files=None):
    return pack_bundle(
        codes,
        imported_modules=imported_modules,
        values=values or {},
        files=files or {},
        find=SOURCES.get,
    )


def needed(*code, values=()):
    return ImportedModule("notes.a", "docs/a.md", ("f",), values, "", code)
