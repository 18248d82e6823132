"""The mean of the weights of several runs: ``make models`` takes it of a run on each mixture of ``samples.SHAPES``.

Runs that begin at the same weights end in one basin of the loss, so that their mean is a model too, and one that does better than
either on data unlike the training data (Wortsman et al. 2022, "Model soups"). It costs nothing at run time.
"""

import argparse
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from safetensors.torch import load_file, save_file
from torch import Tensor

from models.tagger.train import write_answers
from models.training.tables import write_digest


class UnlikeRunsError(ValueError):
    """The runs are of models of other shapes, or cut texts otherwise."""


def mean_of(runs: Sequence[Mapping[str, Tensor]]) -> dict[str, Tensor]:
    """The mean of each tensor, taken in float32, in half precision.

    Raises:
        UnlikeRunsError: The tensors are not of the same names and shapes.
    """
    shapes = [{name: tuple(tensor.shape) for name, tensor in run.items()} for run in runs]
    if any(other != shapes[0] for other in shapes[1:]):
        unlike = sorted({name for other in shapes[1:] for name, _ in other.items() ^ shapes[0].items()})
        msg = f"runs differ in {', '.join(unlike[:3])}; expected runs of one model with the same number of layers"
        raise UnlikeRunsError(msg)
    return {name: (sum(run[name].float() for run in runs) / len(runs)).half().contiguous() for name in runs[0]}


def main() -> None:
    """Read the runs, write their mean with its digest and recorded answers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("runs", type=Path, nargs="+", help="folders that train.py wrote")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    pieces = {(run / "pieces.txt").read_bytes() for run in given.runs}
    if len(pieces) > 1:
        msg = f"{', '.join(map(str, given.runs))}: their pieces.txt differ; expected runs that cut texts alike"
        raise UnlikeRunsError(msg)
    weights = mean_of([load_file(run / "weights.safetensors") for run in given.runs])
    given.out.mkdir(parents=True, exist_ok=True)
    save_file(weights, given.out / "weights.safetensors")
    if given.out.resolve() != given.runs[0].resolve():
        shutil.copyfile(given.runs[0] / "pieces.txt", given.out / "pieces.txt")
    write_digest(given.out / "weights.safetensors", given.out / "pieces.txt")
    write_answers(given.out)


if __name__ == "__main__":
    main()
