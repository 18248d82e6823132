"""What was done to a wording: alone by rules, in a pair by what the swapped words say of each other."""

from detector.score.further import opened
from detector.score.lone import Lone, score_alone, score_each
from detector.score.pair import judge
from detector.score.relation import own_sentences, settle

__all__ = ["Lone", "judge", "opened", "own_sentences", "score_alone", "score_each", "settle"]
