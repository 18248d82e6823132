"""Figures and terms as people read them: one way to write a probability, bits, a count, a range and a wording."""

from collections.abc import Iterable, Sequence

from rich.text import Text

RELATIONS = {
    "identical": "the same text",
    "copy": "one is a copy of the other",
    "sibling": "two versions of a third text",
    "partial": "they share some passages",
    "same_event": "the same event in other words",
    "unrelated": "unrelated",
}
_MAX_LISTED = 10


def heading(title: str, width: int, rule: str = "━") -> Text:
    """The title in bold and a rule to the right edge: heavy for a section, light for what is inside it."""
    line = Text(f"{title} ", "bold")
    return line.append(rule * max(width - line.cell_len, 0), "not bold dim")


def share(p: float) -> str:
    """A probability with two decimals that never rounds to certainty.

    >>> [share(p) for p in (0.0, 0.0001, 0.934, 0.9999, 1.0)]
    ['0', '<0.01', '0.93', '>0.99', '1']
    """
    if p in (0.0, 1.0):
        return f"{p:.0f}"
    if p < 0.01:
        return "<0.01"
    return ">0.99" if p > 0.99 else f"{p:.2f}"


def signed(bits: float) -> str:
    """Bits with their sign and one decimal.

    >>> signed(3.14), signed(-0.5), signed(-0.01)
    ('+3.1', '−0.5', '0.0')
    """
    return "0.0" if abs(bits) < 0.05 else f"{bits:+.1f}".replace("-", "−")


def counted(n: int, noun: str) -> str:
    """A number and its noun, in the plural where it is not one.

    >>> counted(1, "sentence"), counted(1200, "word")
    ('1 sentence', '1,200 words')
    """
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s"


def places(indices: Iterable[int]) -> str:
    """Sentence numbers for people, from 1, runs joined.

    >>> places((0, 1, 2, 6))
    '1–3, 7'
    """
    runs: list[list[int]] = []
    for index in indices:
        if runs and runs[-1][-1] == index - 1:
            runs[-1].append(index)
        else:
            runs.append([index])
    return ", ".join(f"{run[0] + 1}–{run[-1] + 1}" if len(run) > 1 else f"{run[0] + 1}" for run in runs)


def listed(names: Sequence[str]) -> str:
    """The names with commas; beyond ten, how many more.

    >>> listed(["a", "b"]), listed(["x"] * 12)
    ('a, b', 'x, x, x, x, x, x, x, x, x, x and 2 more')
    """
    more = len(names) - _MAX_LISTED
    return ", ".join(names[:_MAX_LISTED]) + (f" and {more} more" if more > 0 else "")


def term(code: str) -> str:
    """A wording or kind as people write it.

    >>> term("back_translated"), term("verbatim"), term("doubled_word")
    ('back-translated', 'word for word', 'doubled word')
    """
    return {"back_translated": "back-translated", "verbatim": "word for word"}.get(code, code.replace("_", " "))
