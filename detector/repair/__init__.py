"""What is certain, mended: the flags of one text in, a list of repairs out that can be replayed and undone."""

from detector.repair.repair import repair

__all__ = ["repair"]
