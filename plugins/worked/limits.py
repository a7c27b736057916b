"""Every limit, and what an author reads about it: the documentation shows `TABLE`.

A limit that cells meet has a row in the table, with its size and with what happens beyond it.
"""

from typing import Final

KIB, MIB, GIB = 2**10, 2**20, 2**30

# what a page may ask for

MAX_TIMEOUT: Final = 86_400
"""seconds that a site may let its cells ask for: a day"""
DEFAULT_TIMEOUT: Final = 30
"""seconds for a cell of a site that says nothing else"""
DEFAULT_MAX_TIMEOUT: Final = 600
"""seconds that a cell may ask for, unless the site says otherwise"""
DEFAULT_PAGE_TIMEOUT: Final = 1800
"""seconds for all cells of a page together, unless the site says otherwise"""
MAX_FRAMES: Final = 64
"""combinations of a sweep, or pictures of an animation"""
MAX_SWEEP_VALUE: Final = 60
"""characters of one value of a sweep"""
MAX_COLONS: Final = 100
"""colons of a value in prose that are tried: each costs reading all that stands before it"""
MAX_LINK_TEXT: Final = 200
"""characters of a link's text that are looked at"""
MAX_QUOTATIONS: Final = 20
"""quotations in quotations that are told apart; nobody reads more"""

MAX_PAGE: Final = 500_000
"""characters of the Markdown of one page"""
MAX_FRONT_MATTER: Final = 10_000
"""characters of what a page says of itself at its top"""
MAX_LINE: Final = 10_000
"""characters of one of its lines, outside fences"""
MAX_PARAGRAPH: Final = 40_000
"""characters between two empty lines"""
MAX_MARKDOWN_DEPTH: Final = 30
"""lists, boxes and quotations in each other, four columns of indentation for one"""
MAX_BRACKETS: Final = 100
"""brackets of one paragraph that nothing closes: each costs reading the rest of it"""
MAX_HEADINGS: Final = 1_000
"""headings of one page, for each of which the theme and the search do something"""
MAX_MARKS: Final = 200
"""`*` or `_` in a row"""
MAX_ELEMENTS: Final = 100
"""elements of HTML in a page's text that nothing closes"""
MAX_CONVERSION: Final = 20.0
"""seconds of processor time in which the text of one page is converted"""

# what its process may use

MAX_MEMORY: Final = 4 * GIB
"""bytes of address space"""
MAX_FILE_SIZE: Final = 256 * MIB
"""bytes of one file that it writes"""
MAX_OPEN_FILES: Final = 256
CPU_SLACK: Final = 3
"""seconds of processor time beyond the cells' own: the clock, which names a line, comes first"""
MAX_THREADS: Final = 64
MAX_DISK: Final = 512 * MIB
"""bytes in the page's folder"""
MAX_FILES: Final = 4096
"""files and folders in it"""
MAX_FOLDER_DEPTH: Final = 64
"""folders in folders that are looked at where the kernel does not count; more are refused"""
MAX_DESCRIPTOR: Final = 65_536
"""No worker has a file descriptor beyond."""

# what it may say

MAX_MESSAGE: Final = 64 * MIB
"""bytes; a longer message is refused before it is read"""
MAX_SENT: Final = 2 * MAX_MESSAGE
"""bytes that one page may send in all"""
MAX_MESSAGES: Final = 100_000
"""messages in which it may send them: the smallest takes far more room in the build"""
MAX_HELD: Final = 256 * MIB
"""bytes of memory that all that a page sends may take, as estimated before it is read"""
ITEM_COST: Final = 48
"""bytes of memory for each list, object and comma of a message"""
MAX_PRINTED: Final = 1_000_000
"""characters that one cell may print"""
MAX_SHOWN: Final = 2_000_000
"""characters of one output that is text or numbers, and 16 for each number"""
MAX_OUTPUTS: Final = 64
"""things that one cell may show"""
MAX_DRAWING: Final = 2_000_000
"""characters of one drawing"""
MAX_SWEEP_DRAWINGS: Final = 2_000_000
"""characters of the drawings of all frames of a sweep or an animation together"""
MAX_DRAWING_DEPTH: Final = 60
"""elements of a drawing in each other"""
MAX_DRAWING_SIDE: Final = 20_000
"""points that a drawing is wide or high"""
MAX_PICTURE: Final = 4 * MIB
"""bytes of one picture of pixels"""
MAX_PIXELS: Final = 16_000_000
"""pixels of it: a browser takes four bytes for each"""
MAX_PICTURE_SIDE: Final = 16_000
"""pixels that it is wide or high"""
MAX_PAGE_PICTURES: Final = 16 * MIB
"""bytes of all pictures of a page together"""
MAX_VALUE: Final = 10_000
"""characters of one value in prose"""
MAX_HTML: Final = 1_000_000
"""characters of HTML that one object says of itself"""
MAX_HTML_DEPTH: Final = 60
"""elements of it in each other"""
MAX_HTML_OPEN: Final = 2_000
"""elements of it that are open before it is cleaned: `<td>` needs no end"""
MAX_MARKDOWN: Final = 100_000
"""characters of Markdown that one object says of itself"""
MAX_FORMULA: Final = 10_000
"""characters of TeX that one object says of itself"""
MAX_DEPENDENCIES: Final = 10_000
"""names of one kind that a page's results may depend on"""
MAX_DEPENDENCY_NAME: Final = 4096
"""characters of one such name"""

# what is said of a build

MAX_LOGGED: Final = 64 * KIB
"""characters of one problem or warning"""
MAX_LOGGED_LINE: Final = 2000
"""characters of one line of it"""
MAX_LOGGED_LINES: Final = 400
MAX_REPORTED: Final = 200
"""problems of one build that are said; the rest are counted"""
MAX_WARNINGS: Final = 50
"""warnings of one page that are said; the rest are counted"""

# what pages hand to each other, and to readers

MAX_EXPORTED: Final = 16 * MIB
"""characters that the values which one cell exports may take"""
MAX_IMPORTED: Final = MAX_MESSAGE * 3 // 4
"""bytes of values that one page may import: they go to its process in one message"""
MAX_EXPORT_DEPTH: Final = 32
"""lists in lists"""
MAX_EXPORT_BITS: Final = 4096
"""bits of a whole number"""
MAX_HANDED: Final = 256 * KIB
"""bytes that one cell hands to its element"""
MAX_PAGE_HANDED: Final = 512 * KIB
"""bytes that all cells of a page hand to theirs: they are in the page, as base64"""
MAX_ARRAYS: Final = 64
"""arrays that one cell hands to its element"""
MAX_AXES: Final = 8
"""axes of such an array"""
MAX_ARRAYS_DEPTH: Final = 8
"""lists and dicts in each other that hold such arrays"""
DEFAULT_VARIANTS: Final = 24
"""variants of a cell with a seed, unless the site says otherwise"""
MAX_VARIANTS: Final = 200
MAX_VARIANT: Final = 64 * KIB
"""bytes of data that one variant may have"""
MAX_ALL_VARIANTS: Final = MIB
"""bytes of data that all variants of a cell may have"""
MAX_CARRIED: Final = 8 * MIB
"""characters of data that one download carries; what does not fit is left out, and said to be"""

# how long the build waits

LOOK_PERIOD: Final = 0.05
"""seconds between two looks at what a page uses"""
LOOK_SHARE: Final = 4
"""A look that took long is followed by a pause of so many times its length."""
MAX_LOOK: Final = 16 * MIB
"""bytes of a list of what a process has mapped that are looked at"""
GRACE: Final = 2.0
"""seconds between a task's own alarm and the end of its process from outside"""
START: Final = 60.0
"""seconds until a new process must have taken its first job"""
LAST_WORD: Final = 1.0
"""seconds from the end of a page's pipe to that of its process, unless a cell has closed it"""
FAREWELL: Final = 5.0
"""seconds that the end of a pool waits for its processes and their folders to go"""


def size(count: int) -> str:
    """Write a number of bytes as authors read it: `256 MiB`."""
    for unit, name in ((GIB, "GiB"), (MIB, "MiB"), (KIB, "KiB")):
        if count >= unit and count % unit == 0:
            return f"{count // unit} {name}"
    return f"{count:,} bytes"


TABLE: Final = (
    (
        "Markdown of a page",
        f"{MAX_PAGE:,} characters, {MAX_FRONT_MATTER:,} in front matter, "
        f"{MAX_LINE:,} on a line, {MAX_PARAGRAPH:,} in a paragraph; "
        f"{MAX_MARKDOWN_DEPTH} lists, boxes or quotations in each other; {MAX_BRACKETS} open "
        f"brackets; {MAX_HEADINGS:,} headings; {MAX_CONVERSION:g} s to convert",
    ),
    ("time of a cell", f"`timeout`, {DEFAULT_TIMEOUT} s unless the site or the cell says so"),
    ("`timeout` of a cell", f"`max_timeout` of the site, {DEFAULT_MAX_TIMEOUT} s"),
    ("time of a page", f"`page_timeout` of the site, {DEFAULT_PAGE_TIMEOUT:,} s"),
    (
        "processor time of a page",
        f"the sum of its cells' limits, or that of the page, and {CPU_SLACK} seconds",
    ),
    ("memory of a page", f"{size(MAX_MEMORY)} of address space (not on macOS)"),
    ("one file", size(MAX_FILE_SIZE)),
    (
        "all files of a page",
        f"{size(MAX_DISK)}, {MAX_FILES:,} files and folders, {MAX_OPEN_FILES} open at once",
    ),
    ("threads", f"{MAX_THREADS}"),
    ("text that a cell prints", f"{MAX_PRINTED:,} characters"),
    ("outputs of a cell", f"{MAX_OUTPUTS}"),
    ("frames of a sweep or an animation", f"{MAX_FRAMES}"),
    ("a value in prose", f"{MAX_VALUE:,} characters"),
    (
        "what an object says of itself",
        f"{MAX_HTML:,} characters of HTML, {MAX_HTML_DEPTH} elements deep; {MAX_MARKDOWN:,} of "
        f"Markdown; {MAX_FORMULA:,} of TeX",
    ),
    (
        "one drawing",
        f"{MAX_DRAWING:,} characters, {MAX_DRAWING_DEPTH} elements deep, {MAX_DRAWING_SIDE:,} "
        "points wide or high",
    ),
    ("all drawings of a sweep or an animation", f"{MAX_SWEEP_DRAWINGS:,} characters"),
    (
        "one picture (PNG, JPEG, WebP)",
        f"{size(MAX_PICTURE)}, {MAX_PIXELS:,} pixels, {MAX_PICTURE_SIDE:,} on a side",
    ),
    ("all pictures of a page", size(MAX_PAGE_PICTURES)),
    ("values that a cell exports", f"{size(MAX_EXPORTED)} as text, {MAX_EXPORT_DEPTH} levels deep"),
    ("values that a page imports", size(MAX_IMPORTED)),
    (
        "arrays that a cell hands to its element",
        f"{MAX_ARRAYS} of at most {MAX_AXES} axes, {size(MAX_HANDED)}; {size(MAX_PAGE_HANDED)} "
        "of a page",
    ),
    (
        "data of a cell with variants",
        f"{size(MAX_VARIANT)} of a variant, {size(MAX_ALL_VARIANTS)} of all {MAX_VARIANTS}",
    ),
    (
        "all that a page sends to the build",
        f"{size(MAX_SENT)}, {MAX_MESSAGES:,} messages, and {size(MAX_HELD)} of memory there",
    ),
    ("files and modules that a page uses", f"{MAX_DEPENDENCIES:,} of each kind"),
    ("data in a download", f"{size(MAX_CARRIED)}; what does not fit is left out, and said to be"),
)
"""(what is limited, by how much)"""
