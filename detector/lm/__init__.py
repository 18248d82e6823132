"""What knows English: how probable words are in their places, and which words stand for which."""

from detector.lm.gains import GainReader, Gains, load_gain_reader
from detector.lm.hub import HubModel, open_model
from detector.lm.known_names import KnownNames
from detector.lm.piece_lm import PieceLM, load_piece_lm
from detector.lm.pieces import BEGIN, Pieces, PieceText, load_pieces
from detector.lm.round_trip import RoundTrip, read_round_trip, round_trip_engine
from detector.lm.substitutions import DIMENSIONS, Relation, Substitutions, load_substitutions
from detector.lm.tagger import Tagger, Tags, load_tagger

__all__ = [
    "BEGIN",
    "DIMENSIONS",
    "GainReader",
    "Gains",
    "HubModel",
    "KnownNames",
    "PieceLM",
    "PieceText",
    "Pieces",
    "Relation",
    "RoundTrip",
    "Substitutions",
    "Tagger",
    "Tags",
    "load_gain_reader",
    "load_piece_lm",
    "load_pieces",
    "load_substitutions",
    "load_tagger",
    "open_model",
    "read_round_trip",
    "round_trip_engine",
]
