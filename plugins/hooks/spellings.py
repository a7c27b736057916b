"""The other ways to write a word, a size or a number, so that the search finds each by any."""

import re
from collections.abc import Iterator
from unicodedata import name

END = r"(?=(?:e[drs]?|ers|ing|ations?|able)$)"
OUR = "behavi|col|fav|flav|harb|hon|lab|neighb|rig|vig"
DOUBLED = "cancel|channel|label|level|model|signal|total|travel|tunnel"
RULES = [
    (re.compile(pattern), other)
    for pattern, other in (
        # what stands before tells optimise, which has two spellings, from noise and pointwise
        (rf"(?<=\w\w\w)(?<![vw])(?<!no)(?<!pr)(?<![enr]c)(?<!prom)is{END}", "iz"),
        (rf"(?<=\w\w\w)(?<!s)iz{END}", "is"),
        (r"(?<=\w\w)lys(?=e[drs]?$|ing$)", "lyz"),
        (r"(?<=\w\w)lyz(?=e[drs]?$|ing$)", "lys"),
        (rf"^({OUR})our", r"\1or"),
        (rf"^({OUR})or(?=$|s$|ed|ing|able|hood|al)", r"\1our"),
        (r"^(cent|fib)re(?=s?$)", r"\1er"),
        (r"^(cent|fib)er(?=s?$)", r"\1re"),
        (r"^centr(?=ed$|ing$)", "center"),
        (r"^center(?=ed$|ing$)", "centr"),
        (rf"^({DOUBLED})l(?=ed$|ing$|ers?$)", r"\1"),
        (rf"^({DOUBLED})(?=ed$|ing$|ers?$)", r"\1l"),
        (r"^artef(?=act)", "artif"),
        (r"^artif(?=act)", "artef"),
        (r"^grey", "gray"),
        (r"^gray", "grey"),
        (r"(?<=\w\w)alogue(?=s?$)", "alog"),
        (r"(?<=\w\w)alog(?=s?$)", "alogue"),
    )
]
"""British to American, and back: a pattern in a word of small letters, and what takes its place."""
WORD = re.compile(r"[^\W\d_]+")
GREEK = re.compile("[α-ωΑ-Ω]")
SIZE = re.compile(r"\d+(?: × \d+)+")
GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?!\d|,\d)")
PLAIN = re.compile(r"(?<![\d.,])\d{5,}(?![\d.,])")


def spellings(text: str) -> Iterator[str]:
    """Respell words, spell Greek letters out, write 3 × 3 as 3x3, and numbers in the other way."""
    for word in dict.fromkeys(WORD.findall(text.lower())):
        for pattern, other in RULES:
            if pattern.search(word):
                yield pattern.sub(other, word)
    for letter in dict.fromkeys(GREEK.findall(text)):
        yield name(letter).split()[-1].lower()
    for size in dict.fromkeys(SIZE.findall(text)):
        yield size.replace(" × ", "x")
    for number in GROUPED.findall(text):
        yield number.replace(",", "")
    for number in PLAIN.findall(text):
        yield f"{int(number):,}".replace(",", " ")
