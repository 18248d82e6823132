"""How often each rule that reads one text alone fires on genuine documents, and how fast the rules are together.

Run as ``python -m benchmarks.quality.rules``. It reads the genuine documents of the development sets, which
lie beside the project in ``../shared/eval/genuine``, and exits with 1 where a rule fires on a larger share of them than
``detector.codes`` says. Speed is of the rules; cutting the text into sentences comes before and is not counted.
"""

import sys
import time
from collections import Counter
from collections.abc import Sequence

from benchmarks.quality.measures import SHARED, rows
from detector.codes import CODES
from detector.config import ScoreConfig
from detector.score import score_each
from detector.score.rules import find_all
from detector.text import segment
from detector.types import Document, SegmentedDocument

GENUINE = SHARED / "genuine"
_TOGETHER = 16


def genuine() -> list[SegmentedDocument]:
    """The genuine documents, cut into sentences, in the order of the files; none where the development sets are absent."""
    names = [f"genuine/{path.name.removesuffix('.jsonl.gz')}" for path in sorted(GENUINE.glob("*.jsonl.gz"))]
    return [segment(Document(row["id"], row["text"])) for name in names for row in rows(name)]


def fired_on(documents: Sequence[SegmentedDocument]) -> Counter[str]:
    """The number of documents in which each code has a flag, or evidence where it is the words that show it."""
    fired: Counter[str] = Counter()
    for document in documents:
        fired.update({code for flag in find_all(document) for code, _ in flag.reasons})
    for first in range(0, len(documents), _TOGETHER):
        lones = score_each(documents[first : first + _TOGETHER], ScoreConfig(depth="fast"))
        fired["name.broken"] += sum(any(e.code == "name.broken" for e in lone.findings.evidence) for lone in lones)
    return fired


def understated(fired: Counter[str], n_documents: int) -> list[str]:
    """The codes whose measured share of documents exceeds the registry's, in the registry's order."""
    rates = {code: entry.false_alarm_rate for code, entry in CODES.items()}
    return [code for code, rate in rates.items() if rate is not None and fired[code] / n_documents > rate]


def measure() -> dict[str, float]:
    """The share of genuine documents on which the worst of the rules of wording fires."""
    documents = genuine()
    fired = fired_on(documents)
    wording = [code for code, entry in CODES.items() if entry.sign in {"spun", "back_translated"}]
    return {"rules.worst_false_alarms": max(fired[code] for code in wording) / len(documents)}


def main() -> int:
    """Print the table; 1 where the registry says less than was measured, 2 where there is nothing to measure."""
    documents = genuine()
    if not documents:
        print(f"{GENUINE}: no *.jsonl.gz found; expected the genuine documents to measure on", file=sys.stderr)
        return 2
    n_documents, n_bytes = len(documents), sum(len(d.document.text.encode()) for d in documents)
    started = time.process_time()
    for document in documents:
        find_all(document)
    seconds = time.process_time() - started
    fired = fired_on(documents)
    print(f"{'code':24} {'documents':>9} {'share':>8} {'registry':>9} {'bits':>5}  says")
    for code, entry in CODES.items():
        if entry.false_alarm_rate is not None:
            share = f"{fired[code] / n_documents:8.3%} {entry.false_alarm_rate:9.3%}"
            print(f"{code:24} {fired[code]:9} {share} {entry.bits:5.1f}  {entry.says}")
    print(f"{n_documents:,} documents, {n_bytes / 1e6:.1f} MB: {n_documents / seconds:,.0f} documents and", end=" ")
    print(f"{n_bytes / 1e6 / seconds:.1f} MB per CPU-second")
    failures = understated(fired, n_documents)
    for code in failures:
        print(f"{code}: fires more often than registered; correct its `alarms` in detector/codes.py", file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
