"""What readers load: an index of all questions, and a script for each with its variants."""

import json
from collections.abc import Mapping, Sequence
from typing import Final

from revise.papers.bank import BankQuestion, set_print

INDEX: Final = "assets/revise-questions.js"
FOLDER: Final = "assets/revise-questions"


def index_script(questions: Sequence[BankQuestion], cards: Mapping[str, tuple[int, str]]) -> str:
    """Write the index: what drawing and marking a paper needs, and nothing that takes long to load.

    Args:
        questions: of the site.
        cards: a page's address -> how many cards it has, and the id of the first one's element.
    """
    topics = {question.slug: question.topic for question in questions}
    index = {
        "version": 1,
        "print": set_print(questions),
        "topics": [{"slug": slug, "name": topics[slug]} for slug in sorted(topics)],
        "cards": {page: list(some) for page, some in sorted(cards.items())},
        "questions": [
            {
                "id": one.id,
                "slug": one.slug,
                "level": one.level,
                "minutes": one.minutes,
                "place": one.place,
                "variants": len(one.variants),
            }
            for one in sorted(questions, key=lambda one: one.id)
        ],
    }
    return f"globalThis.reviseQuestions = {_json(index)};\n"


def question_script(question: BankQuestion) -> str:
    """Write the variants of one question."""
    said = f"(globalThis.reviseVariants ??= {{}})[{_json(question.id)}]"
    return f"{said} = {_json(list(question.variants))};\n"


def question_path(question: BankQuestion) -> str:
    """Give the place of a question's script, from the site's root."""
    return f"{FOLDER}/{question.id}.js"


def _json(data: object) -> str:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").replace("</", "<\\/")
