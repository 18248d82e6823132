"""Linear maps in eight bits, for processors on which oneDNN multiplies bytes faster than floats.

What comes in is quantised row by row when it comes, each row by its own largest value, so that the answer for a row depends on no
other row and one outlier costs no other row its precision. Weights are quantised once, each output by its own largest weight, to
seven bits: two products of seven and eight bits fit the sixteen bits in which processors without VNNI add them, larger ones are cut
off there. The sums are whole numbers and so exact.
"""

import platform

import torch
from torch import Tensor, nn

_MOST = 127
"""The largest of what comes in; it is stored in a byte without sign, from 1 to 255, 128 being zero."""
_ZERO = 128
_MOST_WEIGHT = 63
_LEAST = 1e-12
"""So that a row of zeros is divided by something."""


class Int8Linear(nn.Module):  # type: ignore[misc]  # torch is not read by mypy, its Module is Any
    """What a linear map does, but for rounding.

    >>> exact = nn.Linear(2, 1)
    >>> _ = exact.load_state_dict({"weight": torch.tensor([[6.3, 0.1]]), "bias": torch.tensor([1.0])})
    >>> round(float(Int8Linear(exact)(torch.tensor([[127.0, 64.0]]))), 2)
    807.5
    """

    def __init__(self, exact: nn.Linear) -> None:
        super().__init__()
        weight = exact.weight.detach()
        scale = weight.abs().amax(dim=1).clamp_min(_LEAST) / _MOST_WEIGHT
        self._weight = torch.ops.onednn.qlinear_prepack((weight / scale[:, None]).round().to(torch.int8), None)
        self._scale = scale
        self._zeros = torch.zeros(len(weight), dtype=torch.int32)
        self._bias = exact.bias.detach()
        self._centre = torch.full((weight.shape[1],), _ZERO + 0.5)  # half more, as conversion to bytes cuts off

    def forward(self, values: Tensor) -> Tensor:
        """Shapes ``(..., n_in)`` to ``(..., n_out)``."""
        rows = values.reshape(-1, values.shape[-1])
        scale = rows.abs().amax(dim=-1, keepdim=True).clamp_min_(_LEAST).div_(_MOST)
        quantised = torch.addcmul(self._centre, rows, scale.reciprocal()).to(torch.uint8)
        found = torch.ops.onednn.qlinear_pointwise(
            quantised, 1.0, _ZERO, self._weight, self._scale, self._zeros, None, 1.0, 0, torch.float32, "none", [], ""
        )
        return torch.addcmul(self._bias, found, scale).view(*values.shape[:-1], -1)


def int8_is_faster() -> bool:
    """True on x86 processors with AVX2 or more, where the product of bytes that torch has works as it does here.

    ``benchmarks/speed/tagger.py`` measures what is gained and what is rounded away. bfloat16 is no third choice: where a processor
    lacks instructions for it, it is computed far more slowly than float32, and where it has them, it has those for bytes too.
    """
    is_x86 = platform.machine().lower() in {"x86_64", "amd64"}
    return is_x86 and torch.backends.cpu.get_cpu_capability() in {"AVX2", "AVX512"} and _works()


def _works() -> bool:
    """True where a small product comes out right: torch promises nothing of these operations from one version to the next."""
    with torch.random.fork_rng(devices=[]):
        exact = nn.Linear(32, 8)
    values = torch.linspace(-1, 1, 64).view(2, 32)
    try:
        found = Int8Linear(exact)(values)
    except (AttributeError, RuntimeError, TypeError):
        return False
    return bool(torch.allclose(found, exact(values), atol=0.05))


def quantise(module: nn.Module) -> None:
    """Put an ``Int8Linear`` in the place of each linear map inside a module."""
    for name, child in list(module.named_children()):
        if isinstance(child, nn.Linear):
            setattr(module, name, Int8Linear(child))
        else:
            quantise(child)
