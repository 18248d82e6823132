"""A summary is a passage of the whole article; an excerpt is not."""

from detector import align
from tests.align.stories import HAIL, INQUIRY, LIBRARY, SUMMARY, paragraph


def test_a_summary_is_one_passage_with_the_whole_article() -> None:
    """Where short stretches from all over a long article stand together, the passage is the article with the whole summary."""
    article, summary = "\n".join(INQUIRY), paragraph(SUMMARY)

    assert [(article, summary)] == [(a.of(article), b.of(summary)) for a, b in align(article, summary).passages()]


def test_a_summary_inside_another_text_is_found() -> None:
    """What stands around the summary is no part of the passage."""
    article, summary = "\n".join(INQUIRY), paragraph(SUMMARY)
    host = "\n".join([paragraph(HAIL), summary, paragraph(LIBRARY)])

    assert [(article, summary)] == [(a.of(article), b.of(host)) for a, b in align(article, host).passages()]


def test_an_excerpt_is_a_passage_with_what_it_was_taken_from() -> None:
    """Sentences that were taken together stand for themselves, not for the whole article."""
    article, excerpt = "\n".join(INQUIRY), "\n".join(INQUIRY[5:10])

    assert [(excerpt, excerpt)] == [(a.of(article), b.of(excerpt)) for a, b in align(article, excerpt).passages()]
