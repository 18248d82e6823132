"""The mean of several runs' weights."""

import pytest
import torch

from models.tagger.average import UnlikeRunsError, mean_of


def test_each_weight_is_the_mean_of_the_runs() -> None:
    """Taken in single precision, kept in half."""
    runs = [
        {"a": torch.tensor([1.0, 2.0]).half(), "b": torch.tensor([[4.0]]).half()},
        {"a": torch.tensor([2.0, 4.0]).half(), "b": torch.tensor([[0.0]]).half()},
    ]
    mean = mean_of(runs)

    assert mean["a"].tolist() == [1.5, 3.0]
    assert mean["b"].tolist() == [[2.0]]
    assert {tensor.dtype for tensor in mean.values()} == {torch.float16}


def test_the_mean_of_one_run_is_the_run() -> None:
    """Nothing is lost on the way."""
    run = {"a": torch.randn(7, generator=torch.Generator().manual_seed(1)).half()}

    assert torch.equal(mean_of([run])["a"], run["a"])


@pytest.mark.parametrize("other", [{"a": torch.zeros(3)}, {"b": torch.zeros(2)}, {"a": torch.zeros(2), "b": torch.zeros(1)}])
def test_runs_of_unlike_models_are_refused(other: dict[str, torch.Tensor]) -> None:
    """Another shape or another name: the message says which."""
    with pytest.raises(UnlikeRunsError, match=r"runs differ in [ab]"):
        mean_of([{"a": torch.zeros(2)}, other])
