"""How the tagger is trained: what its batches hold, and that a run that was stopped goes on as if it had not been."""

import string
from pathlib import Path

import numpy as np
import pytest
import torch

from detector.lm import load_substitutions
from detector.lm.encoder import Shape
from detector.lm.word_pieces import WordPieces
from models.tagger import train as program
from models.tagger.samples import BACK, GENUINE, SHAPES, SPUN, Sampler, source, without_contractions
from models.tagger.train import TaggerModel, loss_of, pruned, train
from models.training.post_edits import PostEdit
from models.training.round_trips import RoundTrip
from models.training.spinner import Spinner

_SENTENCES = (
    "The council will vote on the new budget next week, said Mayor Marston.",
    "Residents of the city have waited for a decision since the spring.",
    "The company reported a profit for the third year and raised its forecast.",
    'A spokesman said: "We can\'t comment on the case while the police are looking into it."',
    "The river rose quickly, and several houses near the old bridge were flooded.",
)
_TEXT = " ".join(_SENTENCES * 6)
_SEED = 3
_LONGEST = 12
_N_SHAPES = len(SHAPES["edits"])


@pytest.fixture(scope="module")
def pieces(tmp_path_factory: pytest.TempPathFactory) -> WordPieces:
    """Single characters and the words of the texts."""
    known = sorted({w for w in _TEXT.lower().replace('"', " ").split() if w.isalpha()})
    single = [c for c in string.ascii_lowercase + "0" + string.punctuation if c not in known]
    path = tmp_path_factory.mktemp("pieces") / "pieces.txt"
    path.write_text("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", *single, *known, *(f"##{c}" for c in string.ascii_lowercase)]))
    return WordPieces(path)


@pytest.fixture(scope="module", params=tuple(SHAPES))
def sampler(request: pytest.FixtureRequest, pieces: WordPieces) -> Sampler:
    trips = [RoundTrip("1", _SENTENCES * 3, tuple(s.replace("said", "has said") for s in _SENTENCES * 3))]
    edits = [PostEdit("et-en.train.1", "He has drove the car.", "He drove the car.")]
    return Sampler(pieces, Spinner(load_substitutions()), [[source(_TEXT)]], trips, [edits], _SEED, request.param)


@pytest.mark.parametrize("number", range(_N_SHAPES))
def test_rows_come_in_pairs_of_which_only_a_spun_copy_has_altered_pieces(sampler: Sampler, number: int) -> None:
    batch = sampler.batch(number)
    shape = SHAPES[sampler.mixture][number]

    assert batch.ids.shape == (2 * (shape.spun + shape.back + shape.edited), shape.length)
    assert set(batch.kinds[0::2].tolist()) == {GENUINE}
    assert batch.kinds[1::2].tolist().count(BACK) == shape.back + shape.edited
    assert not batch.altered[batch.kinds != SPUN].any()
    assert batch.altered[batch.kinds == SPUN].any()
    assert not batch.altered[~batch.is_piece].any()


def test_a_batch_is_drawn_from_its_number_alone(sampler: Sampler) -> None:
    first = sampler.batch(5)
    sampler.batch(6)
    again = sampler.batch(5)

    assert np.array_equal(first.ids, again.ids)
    assert not np.array_equal(first.ids, sampler.batch(5 + _N_SHAPES).ids)


@pytest.mark.parametrize("number", range(_N_SHAPES))
def test_up_to_the_first_altered_piece_a_copy_is_its_source(sampler: Sampler, number: int) -> None:
    """A word that got another behind it is marked with it; words may go missing without a mark."""
    batch = sampler.batch(number)
    spun = np.flatnonzero(batch.kinds == SPUN).tolist()
    for row in spun:
        differs = np.flatnonzero(batch.ids[row] != batch.ids[row - 1])
        assert differs[0] <= np.flatnonzero(batch.altered[row])[0] + _LONGEST if batch.altered[row].any() else len(differs)
    assert spun


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They don't know.", "They do not know."),
        ("It's late; I'm tired.", "It is late; I am tired."),
        ("Can't they? They won't.", "Can not they? They will not."),
        ("The mayor's car and the dogs' home", "The mayor's car and the dogs' home"),
    ],
)
def test_contractions_are_written_out_and_possessives_left(text: str, expected: str) -> None:
    assert without_contractions(text) == expected


def _model(pieces: WordPieces) -> TaggerModel:
    torch.manual_seed(1)
    return TaggerModel(Shape(len(pieces), n_positions=256, width=32, inner=64, n_heads=2, n_layers=2))


def test_a_run_that_was_stopped_ends_as_one_that_was_not(
    pieces: WordPieces, sampler: Sampler, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = _model(pieces)
    train(whole, sampler, 8, tmp_path / "none.safetensors")

    monkeypatch.setattr(program, "_CHECKPOINT_SECONDS", 0.0)
    kept = program._checkpoint

    class Stopped(Exception):
        """The machine went away."""

    def stop_at_four(path: Path, model: TaggerModel, optimiser: torch.optim.Optimizer, step: int, run: dict[str, str]) -> None:
        kept(path, model, optimiser, step, run)
        if step == 4:
            raise Stopped

    monkeypatch.setattr(program, "_checkpoint", stop_at_four)
    with pytest.raises(Stopped):
        train(_model(pieces), sampler, 8, tmp_path / "kept.safetensors")
    monkeypatch.setattr(program, "_checkpoint", kept)
    with pytest.raises(program.OtherRunError, match="'steps': '8'"):
        train(_model(pieces), sampler, 9, tmp_path / "kept.safetensors")
    resumed = _model(pieces)
    train(resumed, sampler, 8, tmp_path / "kept.safetensors")

    for name, value in resumed.state_dict().items():
        assert torch.allclose(value, whole.state_dict()[name], atol=1e-6), name
    assert not list(tmp_path.iterdir())


def test_training_lowers_the_loss(pieces: WordPieces, sampler: Sampler, tmp_path: Path) -> None:
    model = _model(pieces)
    before = [loss_of(model, sampler.batch(k))[0].item() for k in range(4)]
    train(model, sampler, 60, tmp_path / "kept.safetensors")
    after = [loss_of(model, sampler.batch(k))[0].item() for k in range(4)]

    assert sum(after) < 0.9 * sum(before)


def test_the_vocabulary_keeps_what_a_text_can_need() -> None:
    vocabulary = ["[PAD]", "[unused3]", "[UNK]", "[CLS]", "[SEP]", "city", "##ing", "2016", "000", "##0", "を", "€", "café", "!"]

    assert {vocabulary[i] for i in pruned(vocabulary)} == {*vocabulary} - {"[unused3]", "2016", "を", "café"}
