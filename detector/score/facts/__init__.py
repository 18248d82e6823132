"""Facts on which two aligned texts disagree: number, unit, name, date, negation, gender, attribution, quotation."""

from detector.score.facts.compare import ChangedFact, changed_facts
from detector.score.facts.evidence import facts_beside
from detector.score.facts.people import is_masculine

__all__ = ["ChangedFact", "changed_facts", "facts_beside", "is_masculine"]
