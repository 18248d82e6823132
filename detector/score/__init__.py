"""What was done to a wording: alone by rules, in a pair by what the swapped words say of each other."""

from detector.score.lone import Lone, score_alone
from detector.score.pair import judge
from detector.score.relation import own_sentences, settle

__all__ = ["Lone", "judge", "own_sentences", "score_alone", "settle"]
