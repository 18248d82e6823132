"""Texts alone at depth ``fast``: are spun ones told from genuine ones, which words are flagged, and what did they stand for.

Run as ``python -m benchmarks.quality.spun [--write]``. Beside it, in the same run: word surprisal and unigram rarity of the same
language model and table, and the phrase list. AUC: spun against its own original. Every AUC a second time with quotes, casing,
spacing, contractions, figures and names normalised away on both sides. Words: function words left out, as the development sets
define it. ``spun_news`` comes from a spinner and a table that nothing here was made from or tuned to.
"""

import argparse
import json
import platform
import re
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from statistics import mean

import numpy as np

from benchmarks.quality.measures import SHARED, auc, average_precision, by_words, calibration_error, rows, spans
from detector import DetectorConfig, score_many
from detector.config import ScoreConfig
from detector.lm import load_piece_lm, load_pieces, load_substitutions
from detector.pipeline import signature
from detector.text import FUNCTION_WORDS, words
from detector.types import Span, Verdict

RESULTS = Path(__file__).with_name("spun.md")
_EVERY_WORD = DetectorConfig(score=ScoreConfig(flag_threshold=0.0))
_RATES = (0.3, 0.1, 0.05)
_N_PAN = 300
_CONTRACTED = {"n't": " not", "'re": " are", "'ve": " have", "'ll": " will", "'m": " am", "'d": " would"}
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][\w'’-]*")

Scores = list[float]


def normalised(text: str) -> str:
    """The text without what may tell a copy from its source by accident: quotes, case, blanks, contractions, figures, names."""
    text = re.sub(r"[“”\"„«»]", "", text.replace("’", "'").replace("‘", "'"))
    for short, full in _CONTRACTED.items():
        text = re.sub(rf"{short}\b", full, text)
    text = _NAME.sub("Smith", text)
    return " ".join(re.sub(r"\d", "0", text).lower().split())


def surprisal(text: str) -> tuple[float, Scores]:
    """Mean bits a word, and the bits of each word."""
    found = words(text)
    starts, ends = (np.array([w[k] for w in found], dtype=np.int64) for k in (0, 1))
    bits = load_piece_lm().of_spans(load_pieces().encode(text), starts, ends).tolist()
    return mean(bits) if bits else 0.0, bits


def rarity(text: str) -> tuple[float, Scores]:
    """Mean rarity (seven less the Zipf frequency) of content words, and that of each word."""
    table = load_substitutions()
    found = words(text)
    rare = [7.0 - table.zipf(w.form) for w in found]
    content = [value for w, value in zip(found, rare, strict=True) if w.form not in FUNCTION_WORDS]
    return mean(content) if content else 0.0, rare


def phrase_list(text: str) -> tuple[float, Scores]:
    """Share of words inside what the phrase rules write, and 1 for each such word."""
    copies = {tuple(copy.split()) for copy, _, _ in load_substitutions().phrases}
    longest = max(map(len, copies))
    found = words(text)
    hit = np.zeros(len(found))
    for i in range(len(found)):
        for n in range(1, longest + 1):
            if tuple(w.form for w in found[i : i + n]) in copies:
                hit[i : i + n] = 1
    return float(hit.mean()) if len(hit) else 0.0, hit.tolist()


def _of_verdict(text: str, verdict: Verdict) -> tuple[float, Scores]:
    """The probability of spun, and of each word the highest probability of a flag on it."""
    starts = [w.start for w in words(text)]
    found = np.zeros(len(starts))
    for flag in verdict.flags:
        if flag.kind == "spun":
            first, end = np.searchsorted(starts, (flag.span.start, flag.span.end))
            found[first:end] = np.maximum(found[first:end], flag.probability)
    return verdict.p_spun, found.tolist()


_OTHERS: Mapping[str, Callable[[str], tuple[float, Scores]]] = {
    "surprisal": surprisal,
    "rarity": rarity,
    "phrase list": phrase_list,
}


def readings(texts: Sequence[str], others: Sequence[str]) -> dict[str, list[tuple[float, Scores]]]:
    """What depth ``fast`` and some other ways say of each text and of its words."""
    verdicts = score_many(texts, config=_EVERY_WORD)
    return {
        "fast": [_of_verdict(text, verdict) for text, verdict in zip(texts, verdicts, strict=True)],
        **{name: [_OTHERS[name](text) for text in texts] for name in others},
    }


def _truth(text: str, altered: Sequence[Span]) -> tuple[list[bool], list[bool]]:
    """Of each word: whether it lies inside an altered span, and whether it is a content word."""
    found = words(text)
    inside = [any(w.start < s.end and s.start < w.end for s in altered) for w in found]
    return inside, [w.form not in FUNCTION_WORDS for w in found]


def _lemmas(wording: str) -> set[str]:
    table = load_substitutions()
    return {*table.lemmas_of(wording.lower()), wording.lower()}


def _expected(row: Mapping[str, object], verdict: Verdict) -> list[bool]:
    """For each flag of .5 or more that stands on an altered run: is the wording expected the original, inflection aside."""
    original = {(s["start"], s["end"]): s["original"] for s in row["spans"]}  # type: ignore[attr-defined] # JSON
    right = []
    for flag in verdict.flags:
        wanted = original.get((flag.span.start, flag.span.end))
        if flag.kind == "spun" and flag.probability >= 0.5 and wanted is not None:
            right.append(flag.expected is not None and not _lemmas(flag.expected).isdisjoint(_lemmas(wanted)))
    return right


def _at_even_prior(verdict: Verdict) -> float:
    """The probability that a text was spun, if as many were as were not: by what its words say."""
    bits = sum(-evidence.bits for evidence in verdict.evidence if evidence.code == "lone.spun")
    return float(1 / (1 + 2**-bits))


def of_spun_news(others: Sequence[str]) -> dict[str, dict[str, float]]:
    """The figures of ``spun_news``, by way and name."""
    found: dict[str, dict[str, float]] = {name: {} for name in ("fast", *others)}
    expected: list[bool] = []
    even: list[tuple[float, bool]] = []
    for rate in _RATES:
        chosen = [row for row in rows("wording/spun_news") if row["rate"] == rate]
        copies, originals = [row["text"] for row in chosen], [row["original"] for row in chosen]
        truth = [_truth(row["text"], spans(row["spans"])) for row in chosen]
        content = np.array([c for _, is_content in truth for c in is_content])
        altered = np.array([i for inside, _ in truth for i in inside])[content]
        bare = [readings([normalised(text) for text in texts], others) for texts in (copies, originals)]
        theirs = readings(originals, others)
        for name, said in readings(copies, others).items():
            at = f"news_{rate:.0%}"
            found[name][f"{at}_auc"] = auc([p for p, _ in said], [p for p, _ in theirs[name]])
            found[name][f"{at}_auc_normalised"] = auc([p for p, _ in bare[0][name]], [p for p, _ in bare[1][name]])
            values = np.array([value for _, of_words in said for value in of_words])[content]
            found[name][f"{at}_word_ap"] = average_precision(values.tolist(), altered.tolist())
        verdicts = list(score_many(copies))
        even += [(_at_even_prior(verdict), True) for verdict in verdicts]
        even += [(_at_even_prior(verdict), False) for verdict in score_many(originals)]
        found["fast"][f"news_{rate:.0%}_called_spun"] = mean(verdict.wording == "spun" for verdict in verdicts)
        flagged = [
            by_words(text, v.flags, spans(r["spans"]), ()) for text, v, r in zip(copies, verdicts, chosen, strict=True) if v.flags
        ]
        found["fast"][f"news_{rate:.0%}_word_precision"] = mean(p for p, _ in flagged) if flagged else 0.0
        expected += [right for row, verdict in zip(chosen, verdicts, strict=True) for right in _expected(row, verdict)]
    found["fast"]["news_expected_right"] = mean(expected)
    found["fast"]["news_calibration_error"] = calibration_error([p for p, _ in even], [spun for _, spun in even])
    return found


def of_the_rest(others: Sequence[str]) -> dict[str, dict[str, float]]:
    """The figures of the seeds, the genuine documents and PAN's random obfuscation, by way and name."""
    seeds = {path.name[:3]: (path.name, path.read_bytes().decode("utf-8")) for path in sorted((SHARED / "seeds").glob("0*.txt"))}
    genuine = [row["text"] for name in ("genuine/bbc_a", "genuine/modern_2016_17_a") for row in rows(name)]
    pan = list(islice(rows("wording/pan13_random"), _N_PAN))
    of_seeds = readings([text for _, text in seeds.values()], others)
    of_genuine = readings(genuine, others)
    copies, sources = (readings([row[side] for row in pan], others) for side in ("copy", "src"))
    found: dict[str, dict[str, float]] = {}
    for name, said in of_genuine.items():
        by_seed = dict(zip(seeds, (p for p, _ in of_seeds[name]), strict=True))
        found[name] = {
            "seed_000_above_003": float(by_seed["000"] > by_seed["003"]),
            "seed_000_above_genuine": mean(by_seed["000"] > p for p, _ in said),
            "pan13_random_auc": auc([p for p, _ in copies[name]], [p for p, _ in sources[name]]),
        }
    called = [verdict.wording for verdict in score_many(genuine)]
    found["fast"]["genuine_not_called_spun"] = mean(wording != "spun" for wording in called)
    marked = json.loads((SHARED / "seeds" / "spans.json").read_text(encoding="utf-8"))
    name, text = seeds["000"]
    verdict = next(score_many([text]))
    precision, recall = by_words(text, verdict.flags, spans(marked[name]["altered"]), spans(marked[name]["either"]))
    found["fast"] |= {"seed_000_word_precision": precision, "seed_000_span_recall": recall}
    return found


def tables(others: Sequence[str] = tuple(_OTHERS)) -> dict[str, dict[str, float]]:
    """All figures, by way and name."""
    news, rest = of_spun_news(others), of_the_rest(others)
    return {name: news[name] | rest[name] for name in news}


def measure() -> dict[str, float]:
    """The figures of depth ``fast`` by name, for the gate."""
    return {f"spun.{name}": value for name, value in tables(())["fast"].items()}


def page(found: Mapping[str, Mapping[str, float]]) -> str:
    """The table as Markdown, with what produced it."""
    names = list(found["fast"])
    lines = [
        "# Texts alone: spun or genuine",
        "",
        "Printed by `python -m benchmarks.quality.spun --write`; what each figure is: README.md.",
        "",
        f"- {signature(DetectorConfig())}",
        f"- Python {platform.python_version()}, numpy {version('numpy')}, {platform.machine()}",
        "",
        "| figure | " + " | ".join(found) + " |",
        "|---" * (len(found) + 1) + "|",
    ]
    lines += [
        f"| {name} | " + " | ".join(f"{way[name]:.3f}" if name in way else "–" for way in found.values()) + " |" for name in names
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Print the table; ``--write`` keeps it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help=f"write {RESULTS.name} beside this program")
    given = parser.parse_args()
    text = page(tables())
    print(text)
    if given.write:
        RESULTS.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
