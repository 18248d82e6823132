"""What knows English: how probable words are in their places, and which words stand for which."""

from detector.lm.ngrams import NGrams, load_ngrams
from detector.lm.substitutions import Relation, Substitutions, load_substitutions

__all__ = ["NGrams", "Relation", "Substitutions", "load_ngrams", "load_substitutions"]
