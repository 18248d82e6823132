"""The rules on one text: cases as data, laws on any text, a bound on hostile text."""

import json
import time
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detector.codes import CODES
from detector.score.rules import (
    RULES,
    boilerplate,
    find_all,
    flagging,
    gender,
    habits,
    mojibake,
    offices,
    pivot_of,
    residue,
    senses,
    slots,
)
from detector.text import segment, words
from detector.types import MAX_FLAG_WORDS, Document, Flag, SegmentedDocument, Span

CASES = Path(__file__).parents[1] / "cases" / "rules"
KINDS = (
    "residue",
    "slots",
    "noun_phrases",
    "quotes",
    "boilerplate",
    "headlines",
    "mojibake",
    "truncation",
    "markup",
    "hidden",
    "foreign",
    "salad",
    "cut",
    "habits",
    "offices",
    "senses",
    "gender",
    "glued",
    "split",
    "ocr",
    "repetition",
)
TRACES = (
    "{dollars}", "{a|b c|d}", "%%x y%%", "[[old]]", "EE. UU.", "UU.", "U.S.", "EUA", "É.-U.", "¿What", ". city", ' "',
    " ”", "“", "The city", "to attend", "the. ", "Advertisement", "Read more", "...", "…", "â€™", "Ã©", "\ufffd",
    "\x92", "\n", ".", " ", "word", "Posted at 6:12 AM, Oct 3, 2019",
    "&amp;", "&#39;", "&amp;nbsp;", "<p>", "<br />", "\\u2019", "\\n", "%20", "u2019", "var x =", ".a { color: red; }", "[/b]",
    "\u200b", "\u00ad", "\u202e", "\ufeff", "\x08", "\uf0b7", "а", "Ο", "ｂ", "\U0001d41b", "\U0001f468\u200d",
    "el alcalde dijo que los vecinos de la zona", "и не только в том же", "市议会，", " the of the in a the ", " by .", " the. The",
    "3,5 percent", "80.000 people", "the 5 of May", "at 18h30", "on 1.2.2019", "on monday ", "the Mr. Lopez said", "«", "»so» ",
    "„", "OTAN", " también ", "5 de mayo", "12 Mio. ", "in Alemania.", "(ONU)", "United Nations ", "Exterior Ministry ",
    "she blamed himself", "Mrs. A and his husband", "found without life", "the past Monday", ", of 34 years,",
    "thecity ", "bythe atthe ", "saidMonday", "rash.The ", "t he o f ", "gov ernment ", "w h i c h ", "in- formation ", "wi11 ",
    "tlie ", "ancl ", "bv the ", "gov~ernment", "th^", "| . ' , ", "di erent ", "infor-\n mation", "\n12\n", "\nPage 1 of 2\n",
    "the ", "go go go ", "aaaaaaaaa", "!!!!!!!!!", "I said so. ",
)  # fmt: skip
TEXTS = st.text(max_size=120) | st.lists(st.sampled_from(TRACES), max_size=40).map("".join)
HOSTILE = (
    '"', "{", "{a|", "|", " .", "a. b. ", ". aaaa", ' "', " ”", "UU. ", "EE. ", "[[", "%%", "...", "â€", "Ã", "\ufffd ",
    "Advertisement\n", "share ", "Read more\n", "(Photo: ", "a-", "\n", " ", "The man. Man to see it.", "U.S. ", "©",
    "¿The ", "[[a b]] ", "{word} ", "by using ", "copyright ", "\x92", "\u201a\u00c4",
    "&amp;", "&", "&#&#5;", "nbsp;", "<", "<br>", "<a ", "<!--", "[a b=", '\\"a ', "\\/", "\\u2019 ", "a%20b ", "function(a,",
    "var a =", ".a{b:c;", ".a.a.a.a.a {", "{a, a: a> ", "<a b=c d ", "[a b=c ",
    "@media ", "width:1px;", "\u200b", "\u200ba ", "\u00ad", "\u200e", "\x01a", "а", "аbc ", "о ", "ｂｂｂｂ ",
    "que la de los ", "и в том ", "的", " the of", " a the", " the. ", " by .", "the  of ",
    "3,5 ", "1.000", "the 5 of ", "at 18h", "he years 20", "monday ", "The Mr. A ", "«", "«a ", "„a ", "5 de mayo ", "OTAN ",
    " Mio. ", "in Alemania ", "(ONU) ", "she himself ", "Mrs. A ", "his husband ", "Organization ", "US Ministry ", "speaker ",
    "life ", "years ", ", of 34 years ", "part of the ", "también the ",
    "the", "thecity ", "saidMonday ", "rash.The", "a.B", "t ", "t he ", "t h e ", "gov ernment ", "in- formation ", "- a",
    "0", "c1ty ", "1aaaa",
    "tlie ", "bv the ", "a~", "a~b ", "| . ' , ", "| ", "o ce ", "infor-\nmation ", "-\n", "\n12", "\n1 of 2\n", "the the ",
    "a b ", "a b c d e f ", "aaaaaaaB", "!", "!!!!!!!! ", "I said so. ", "One is so. Two is so. ",
)  # fmt: skip


def _segmented(text: str) -> SegmentedDocument:
    return segment(Document("0", text))


def _cases(kind: str) -> list[dict[str, object]]:
    loaded: list[dict[str, object]] = json.loads((CASES / f"{kind}.json").read_text(encoding="utf-8"))
    return loaded


def _all_cases() -> list[object]:
    return [pytest.param(kind, case, id=f"{kind}: {case['label']}") for kind in KINDS for case in _cases(kind)]


@pytest.mark.parametrize(("kind", "case"), _all_cases())
def test_a_rule_flags_what_the_case_says_and_nothing_else(kind: str, case: dict[str, object]) -> None:
    """The spans that the kind's rule flags are those of the case, in order; for a hard negative there are none."""
    segmented = _segmented(str(case["text"]))
    flags = sorted(import_module(f"detector.score.rules.{kind}").find(segmented), key=lambda flag: flag.span)

    assert [flag.span.of(segmented.document.text) for flag in flags] == case["expected"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_rule_has_cases_of_both_sorts(kind: str) -> None:
    """Each kind has at least 15 positives and 10 hard negatives."""
    positives = sum(bool(case["expected"]) for case in _cases(kind))

    assert positives >= 15
    assert len(_cases(kind)) - positives >= 10


def test_every_module_of_the_room_is_run() -> None:
    """Each kind with cases is a finder of RULES, and there is no other."""
    assert [f"detector.score.rules.{kind}" for kind in KINDS] == [find.__module__ for find in RULES]


@given(TEXTS)
@settings(deadline=None)
def test_flags_lie_inside_the_text(text: str) -> None:
    """No text raises, and every flag covers characters of the text."""
    assert all(0 <= flag.span.start < flag.span.end <= len(text) for flag in find_all(_segmented(text)))


@given(TEXTS)
@settings(deadline=None)
def test_flags_are_in_text_order(text: str) -> None:
    """``find_all`` sorts by span."""
    spans = [flag.span for flag in find_all(_segmented(text))]

    assert spans == sorted(spans)


@given(TEXTS)
@settings(deadline=None)
def test_flags_are_short(text: str) -> None:
    """A flag covers at most eight words."""
    for flag in find_all(_segmented(text)):
        assert len(words(text, flag.span.start, flag.span.end)) <= MAX_FLAG_WORDS


@given(TEXTS)
@settings(deadline=None)
def test_flags_bear_what_the_registry_says(text: str) -> None:
    """The kind and severity of a flag are those of its code, and each flag has one reason."""
    for flag in find_all(_segmented(text)):
        ((code, because),) = flag.reasons

        assert (flag.kind, flag.severity) == (CODES[code].kind, CODES[code].severity)
        assert because


@pytest.mark.parametrize("unit", HOSTILE)
def test_hostile_text_costs_no_more_than_its_length(unit: str) -> None:
    """Half a megabyte of one mark, a flag on each, takes under five CPU-seconds; growth by squares would take hours."""
    text = unit * (500_000 // len(unit.encode()))
    segmented = SegmentedDocument(Document("0", text), ())
    lines = _segmented(text[:50_000])
    started = time.process_time()
    find_all(segmented)
    find_all(lines)

    assert time.process_time() - started < 5.0


@pytest.mark.parametrize(
    ("text", "finder", "expected"),
    [
        ("Thousands of {dollars} were lost.", slots.find, "dollars"),
        ("Officials in EE. UU. agreed.", residue.find, "U.S."),
        ("She left the United States. UU. in May.", residue.find, "United States"),
        ("Exports dos EUA rose.", residue.find, "of the U.S."),
        ("The gates open at 9:30 a. M. daily.", residue.find, "a.m."),
        ("The cafÃ© on the quay is open.", mojibake.find, "café"),
        ("Carmen Mu\ufffdoz wrote it.", mojibake.find, None),
        ("The ship of the Harbour Service UU. It sank.", residue.find, None),
        ("The club lost to Almanya.", residue.find, "Germany"),
        ("The Exterior Ministry agreed.", offices.find, "Foreign Ministry"),
        ("The Mr. Lopez said so.", habits.find, "Mr. Lopez"),
        ("The child was found without life.", senses.find, None),
        ("She blamed himself for it.", gender.find, None),
    ],
)
def test_what_is_expected_is_said_where_it_is_certain(text: str, finder: object, expected: str | None) -> None:
    """The wording before is given where only one is possible, and left out elsewhere."""
    assert callable(finder)

    assert [flag.expected for flag in finder(_segmented(text))] == [expected]


@pytest.mark.parametrize(
    ("text", "pivot"),
    [
        ("The Harbour Service UU. It sank.", "es"),
        ("Exports dos EUA rose.", "pt"),
        ("Trade with the É.-U. grew.", "fr"),
        ("Sales rose to 12 Mrd. euros.", "de"),
        ("The firm moved to Inghilterra.", "it"),
        ("The club moved to Duitsland.", "nl"),
        ("The law holds from 3 marca 2019 on.", "pl"),
        ("The envoy flew from Москва to the talks.", "ru"),
        ("The club lost to Almanya.", "tr"),
        ("The money was meant pentru the schools of the county.", "ro"),
        ("The United Nations (ONU) agreed.", None),
        ("Prices rose by 3,5 percent.", None),
        ("Thousands of {dollars} were lost.", None),
        ("Exports dos EUA rose. Officials in EE. UU. agreed. The U.S. UU. did not.", "es"),
    ],
)
def test_residue_tells_the_pivot(text: str, pivot: str | None) -> None:
    """The pivot is the language of most of the residue; other flags tell none."""
    assert pivot_of(find_all(_segmented(text))) == pivot


@given(st.integers(1, 40), st.integers(0, 5))
def test_a_clipped_span_begins_where_it_began(n_words: int, start: int) -> None:
    """Clipping takes from the end only, at the end of a word, and takes nothing from eight words or fewer."""
    text = " " * start + " ".join(["word"] * n_words)
    kept = min(n_words, MAX_FLAG_WORDS)

    assert flagging.clipped(text, start, len(text)) == Span(start, start + 5 * kept - 1)


def test_a_clipped_flag_expects_nothing() -> None:
    """What stands for a whole span is not said of its first eight words."""
    text = "one two three four five six seven eight nine"
    flag = flagging.raised(text, "mojibake", 0, len(text), "because", probability=0.5, expected="anything")

    assert flag == Flag(Span(0, 39), "mojibake", 0.5, "major", None, (("mojibake", "because"),))


def test_the_site_is_told_from_the_article() -> None:
    """A whole line of the site is boilerplate; the same words in a sentence of the article are not."""
    assert boilerplate.is_boilerplate("All rights reserved.")
    assert not boilerplate.is_boilerplate("All rights reserved by the state were sold in May.")
