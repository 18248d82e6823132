"""The nouns as JSON: their fields by the same names, each text once.

A ``Comparison`` or ``Alignment`` is written as ``documents`` (which hold the texts), ``segmented`` (their sentences,
as offsets) and the rest, where an alignment names its documents by id. ``schema.json`` beside this module describes
all that is written (JSON Schema, draft 2020-12).
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson

from detector.errors import InputError
from detector.report.safe import safe_json
from detector.types import Alignment, Cleaned, Comparison, Document, SegmentedDocument, Verdict

_SURROGATE = re.compile("[\ud800-\udfff]")


@cache
def schema() -> dict[str, Any]:
    """The JSON Schema of what ``compare``, ``align``, ``score`` and ``clean`` write, one entry of ``$defs`` each."""
    found: dict[str, Any] = json.loads(Path(__file__).with_name("schema.json").read_text(encoding="utf-8"))
    return found


def to_json(value: object) -> Any:  # noqa: ANN401 - a JSON value: dict, list, str, number, bool or None
    """The value in dicts, lists, strings and numbers, under the field names of its type.

    A lone surrogate, which UTF-8 cannot hold and most readers refuse, becomes U+FFFD; all offsets stay true.

    Raises:
        InputError: Two different documents bear one id, or one document is split into sentences in two ways.
    """
    if isinstance(value, str):
        return _SURROGATE.sub("\ufffd", value)
    if isinstance(value, (tuple, list)):
        return [to_json(v) for v in value]
    if isinstance(value, (Comparison, Alignment)):
        return _comparison(value) if isinstance(value, Comparison) else _alignment(value)
    if isinstance(value, SegmentedDocument):
        return {"document": to_json(value.document.id), "sentences": to_json(value.sentences)}
    if is_dataclass(value):
        return {f.name: to_json(getattr(value, f.name)) for f in fields(value)}
    return value


def scored(documents: Sequence[Document], verdicts: Sequence[Verdict], signature: str) -> dict[str, Any]:
    """What ``score`` writes as one JSON value: the documents, a verdict each in the same order, the signature."""
    return {"documents": to_json(tuple(documents)), "verdicts": to_json(tuple(verdicts)), "signature": signature}


def scored_line(document: Document, verdict: Verdict, signature: str) -> dict[str, Any]:
    """What ``score`` writes as one line of JSON Lines: a document's id, the fields of its verdict, the signature."""
    return {"id": to_json(document.id), **to_json(verdict), "signature": signature}


def text_digest(text: str) -> str:
    """The SHA-256 of a text, in hexadecimal digits."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def cleaned(found: Sequence[Cleaned], signature: str) -> dict[str, Any]:
    """What ``clean`` writes as one JSON value: the documents with their cleaned texts and repairs, the signature."""
    return {"cleaned": [_cleaned(one) for one in found], "signature": signature}


def cleaned_line(found: Cleaned, signature: str) -> dict[str, Any]:
    """What ``clean`` writes as one line of JSON Lines: a document with its cleaned text and repairs, the signature.

    Read as input, the line is the cleaned document.
    """
    return {**_cleaned(found), "signature": signature}


def repairs_line(found: Cleaned, signature: str) -> dict[str, Any]:
    """What ``clean`` writes to its file of repairs: the same without the text, which the digests name."""
    return {"id": to_json(found.document.id), **_repairs(found), "signature": signature}


def dumps(value: object, *, indent: bool = True) -> bytes:
    """The value as UTF-8 JSON with sorted keys and a final line break; equal values give equal bytes.

    Characters that cannot be seen or that steer a terminal are written as escapes, so the bytes are safe to print.

    Args:
        value: A noun, or what ``to_json``, ``scored`` or ``scored_line`` made.
        indent: Two blanks a level; otherwise all on one line, as JSON Lines wants it.
    """
    options = orjson.OPT_SORT_KEYS | (orjson.OPT_INDENT_2 if indent else 0)
    written = orjson.dumps(value if isinstance(value, dict) else to_json(value), option=options)
    return safe_json(written.decode()).encode() + b"\n"


def _cleaned(found: Cleaned) -> dict[str, Any]:
    return {**to_json(found.document), "text": to_json(found.text), **_repairs(found)}


def _repairs(found: Cleaned) -> dict[str, Any]:
    digests = {"sha256_read": text_digest(found.document.text), "sha256_cleaned": text_digest(found.text)}
    return {**digests, "repairs": to_json(found.repairs)}


def _comparison(comparison: Comparison) -> dict[str, Any]:
    sides = [side for alignment in comparison.alignments for side in (alignment.source, alignment.target)]
    rest = {f.name for f in fields(comparison)} - {"documents", "alignments"}
    return {
        **_texts(comparison.documents, sides),
        "alignments": [_links(alignment) for alignment in comparison.alignments],
        **{name: to_json(getattr(comparison, name)) for name in rest},
    }


def _alignment(alignment: Alignment) -> dict[str, Any]:
    sides = [alignment.source, alignment.target]
    return {**_texts([side.document for side in sides], sides), **_links(alignment)}


def _links(alignment: Alignment) -> dict[str, Any]:
    return {
        "source": to_json(alignment.source.document.id),
        "target": to_json(alignment.target.document.id),
        "beads": to_json(alignment.beads),
        "relation": alignment.relation,
        "passages": [{"source": to_json(s), "target": to_json(t)} for s, t in alignment.passages()],
    }


def _texts(documents: Iterable[Document], sides: Iterable[SegmentedDocument]) -> dict[str, Any]:
    texts: dict[str, Document] = {}
    for document in documents:
        if texts.setdefault(document.id, document) != document:
            msg = f"two different documents bear the id {document.id!r}; expected an id each: rename one of them"
            raise InputError(msg)
    splits: dict[str, SegmentedDocument] = {}
    for side in sides:
        if splits.setdefault(side.document.id, side) != side:
            msg = f"{side.document.id!r} is split into sentences in two ways; expected one split in all its alignments"
            raise InputError(msg)
    return {"documents": to_json(tuple(texts.values())), "segmented": to_json(tuple(splits.values()))}
