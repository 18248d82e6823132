"""Two segmented documents become an alignment: which sentences correspond, which words changed, how the texts relate."""

from detector.align.align import align_documents

__all__ = ["align_documents"]
