"""Laws of the JSON, on the comparison made by hand and on made-up alignments and verdicts."""

import json
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from detector import types
from detector.errors import InputError
from detector.report.as_json import dumps, schema, scored, scored_line, to_json
from detector.types import (
    Alignment,
    Bead,
    Comparison,
    Document,
    Evidence,
    Flag,
    SegmentedDocument,
    Sentence,
    Span,
    Verdict,
    WordEdit,
    ordered,
)

ANY_TEXT = st.text(max_size=30) | st.text(st.characters(categories=["Cc", "Cf", "Cs"]), max_size=5)
SHARE = st.floats(0, 1)


def validate(value: Any, name: str) -> None:  # noqa: ANN401 - a JSON value
    Draft202012Validator({**schema(), "oneOf": [{"$ref": f"#/$defs/{name}"}]}).validate(value)


@st.composite
def verdicts(draw: st.DrawFn, document: Document) -> Verdict:
    p_genuine = draw(SHARE)
    p_spun = draw(st.floats(0, 1 - p_genuine))
    flag = st.builds(
        Flag,
        st.integers(1, len(document.text)).map(lambda end: Span(end - 1, end)),
        st.sampled_from(["spun", "back_translated", "mojibake"]),
        SHARE,
        st.sampled_from(["minor", "major", "critical"]),
        st.none() | ANY_TEXT,
        st.lists(st.tuples(st.just("some.code"), ANY_TEXT), max_size=2).map(tuple),
    )
    evidence = st.builds(Evidence, st.just(document.id), st.just("x"), st.floats() | ANY_TEXT, st.just(1.5), ANY_TEXT)
    return Verdict(
        p_genuine,
        p_spun,
        1 - p_genuine - p_spun,
        draw(st.sampled_from(["genuine", "spun", "back_translated", "unknown"])),
        draw(st.sampled_from(["rules", "fast", "full"])),
        draw(st.sampled_from([None, "en"])),
        draw(st.sampled_from([None, "pt"])),
        draw(st.sampled_from([(), ("mojibake",)])),
        tuple(draw(st.lists(flag, max_size=2))) if document.text else (),
        tuple(draw(st.lists(evidence, max_size=2))),
    )


@st.composite
def sides(draw: st.DrawFn, name: str) -> SegmentedDocument:
    texts = draw(st.lists(st.text(min_size=1, max_size=8) | st.just("\ud800\u202e"), max_size=4))
    spans, at = [], 0
    for text in texts:
        spans.append(Span(at, at + len(text)))
        at += len(text)
    return SegmentedDocument(Document(name, "".join(texts)), tuple(Sentence(i, s) for i, s in enumerate(spans)))


@st.composite
def alignments(draw: st.DrawFn) -> Alignment:
    source, target = draw(sides("a")), draw(sides("b"))
    n_links = draw(st.integers(0, min(len(source), len(target))))
    crossed = draw(st.permutations(range(n_links)))
    beads = []
    for i, j in enumerate(crossed):
        edit = WordEdit("swap", source.sentences[i].span, target.sentences[j].span)
        beads.append(Bead((i,), (j,), draw(SHARE), draw(st.sampled_from([None, "edited", "spun"])), (edit,)))
    beads += [Bead((i,), (), 0.0) for i in range(n_links, len(source))]
    beads += [Bead((), (j,), 0.0) for j in range(n_links, len(target))]
    return Alignment(source, target, ordered(beads), draw(st.sampled_from(["copy", "partial", "unrelated"])))


def test_schema_is_a_schema() -> None:
    """The schema is valid draft 2020-12."""
    Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("name", [
    "Span", "Document", "Sentence", "WordEdit", "Flag", "Evidence", "Verdict", "RankedDocument", "Ranking", "Bead", "Repair",
])  # fmt: skip
def test_schema_has_the_fields_of_the_noun(name: str) -> None:
    """Each noun stands in the schema with its own fields, all required and no others allowed."""
    noun = schema()["$defs"][name]

    assert list(noun["properties"]) == noun["required"]
    assert set(noun["properties"]) == {f.name for f in fields(getattr(types, name))}
    assert noun["additionalProperties"] is False


def test_comparison_is_as_the_schema_says(comparison: Comparison) -> None:
    """What is written of a comparison is valid, and has each field of the noun."""
    written = json.loads(dumps(comparison))

    validate(written, "Comparison")
    Draft202012Validator(schema()).validate(written)
    assert set(written) == {f.name for f in fields(comparison)} | {"segmented"}


def test_each_text_is_written_once(comparison: Comparison) -> None:
    """A sentence of a document that is in three alignments stands once in the JSON."""
    assert dumps(comparison).decode().count("Regulars left flowers") == 1


@given(alignments())
def test_alignment_is_as_the_schema_says(alignment: Alignment) -> None:
    """What is written of any alignment is valid, and its offsets give back the sentences."""
    written = json.loads(dumps(alignment))

    validate(written, "Aligned")
    texts = {d["id"]: d["text"] for d in written["documents"]}
    for side, whole in zip(written["segmented"], (alignment.source, alignment.target), strict=True):
        found = [texts[side["document"]][s["span"]["start"] : s["span"]["end"]] for s in side["sentences"]]
        assert found == [whole.text_of(i).replace("\ud800", "\ufffd") for i in range(len(whole))]


@given(st.data(), ANY_TEXT)
def test_verdicts_are_as_the_schema_says(data: st.DataObject, text: str) -> None:
    """What is written of any verdict, as a value or as a line, is valid and holds on one line where asked."""
    document = Document("x\ud800", text)
    verdict = data.draw(verdicts(document))
    line = dumps(scored_line(document, verdict, "signature"), indent=False)

    validate(json.loads(dumps(scored([document], [verdict], "signature"))), "Scored")
    validate(json.loads(line), "ScoredLine")
    assert line.count(b"\n") == 1


@pytest.mark.parametrize("path", [(), ("documents", 0), ("verdicts", 1, "flags", 0), ("alignments", 0, "beads", 1),
                                  ("ranking",), ("ranking", "evidence", 0)])  # fmt: skip
def test_a_wrong_field_is_refused(comparison: Comparison, path: tuple[str | int, ...]) -> None:
    """A field that no noun has is an error wherever it stands."""
    written = found = json.loads(dumps(comparison))
    for step in path:
        found = found[step]
    found["surprise"] = 1

    assert not Draft202012Validator(schema()).is_valid(written)


def test_bytes_are_stable(comparison: Comparison) -> None:
    """Equal values give equal bytes: keys are sorted."""
    written = dumps(comparison)

    assert written == dumps(replace(comparison))
    assert list(json.loads(written)) == sorted(json.loads(written))


def test_hidden_characters_are_escaped(comparison: Comparison) -> None:
    """A text that steers a terminal does not steer the one its JSON is printed on, and is read back whole."""
    written = dumps(comparison).decode()

    assert "\x1b" not in written
    assert "\u202e" not in written
    assert json.loads(written)["documents"][3]["text"] == comparison.documents[3].text


def test_two_documents_of_one_id_are_refused() -> None:
    """An alignment of two texts under one id cannot be written by id."""
    sides = [SegmentedDocument(Document("x", text), (Sentence(0, Span(0, 1)),)) for text in "ab"]
    alignment = Alignment(sides[0], sides[1], (Bead((0,), (0,), 1.0),), "copy")

    with pytest.raises(InputError, match="rename"):
        to_json(alignment)
