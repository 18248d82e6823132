"""Word vectors out of a sentence model: which words are near each other in meaning, and what a passage is about.

The model (all-MiniLM-L6-v2) reads each form alone; its states are averaged over all layers and over the form's pieces, and
reduced by principal components, each form weighing the root of its frequency, each component divided by the root of its
deviation. A number is rounded to one of fifteen levels, half a byte.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from transformers import AutoModel, AutoTokenizer

from detector.lm import DIMENSIONS

_BATCH = 256
_SOFTENING = 0.5  # of the principal components: 0 as they are, 1 whitened
_LEVEL = 0.4  # of a row's root mean square: one step of its whole numbers from -7 to 7

Floats = NDArray[np.float32]


def read_alone(folder: Path, forms: Sequence[str]) -> Floats:
    """What the model of a folder makes of each form read by itself. Shape ``(n_forms, width)``."""
    tokenizer: Any = AutoTokenizer.from_pretrained(folder, local_files_only=True)
    model: Any = AutoModel.from_pretrained(folder, local_files_only=True).eval()
    found = np.zeros((len(forms), int(model.config.hidden_size)), dtype=np.float32)
    order = sorted(range(len(forms)), key=lambda i: (len(forms[i]), forms[i]))
    for first in range(0, len(order), _BATCH):
        places = order[first : first + _BATCH]
        batch = tokenizer([forms[i] for i in places], padding=True, return_special_tokens_mask=True, return_tensors="pt")
        inside = (1 - batch.pop("special_tokens_mask"))[..., None]
        with torch.inference_mode():
            states = torch.stack(model(**batch, output_hidden_states=True).hidden_states[1:]).mean(dim=0)
        found[places] = ((states * inside).sum(dim=1) / inside.sum(dim=1)).numpy()
    return found


def _centred(rows: Floats, weight: Floats) -> Floats:
    return np.asarray(rows - np.average(rows, axis=0, weights=weight), dtype=np.float32)


def reduced(rows: Floats, weight: Floats) -> Floats:
    """The directions of the rows around their weighted mean, in their first components. Shape ``(n_forms, DIMENSIONS)``."""
    rows = _centred(rows, weight)
    rows = _centred(rows / np.linalg.norm(rows, axis=1, keepdims=True), weight)
    variance, axes = np.linalg.eigh((rows * weight[:, None]).T @ rows / weight.sum())
    kept = slice(-1, -DIMENSIONS - 1, -1)
    rows = np.asarray(rows @ (axes[:, kept] * variance[kept] ** (-_SOFTENING / 2)), dtype=np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def packed(rows: Floats) -> NDArray[np.uint8]:
    """Each number as a whole one from -7 to 7, plus eight, two a byte. Shape ``(n_forms, DIMENSIONS / 2)``."""
    steps = rows / (_LEVEL * np.sqrt((rows**2).mean(axis=1, keepdims=True)))
    levels = (np.clip(np.rint(steps), -7, 7) + 8).astype(np.uint8)
    return np.asarray(levels[:, 0::2] << 4 | levels[:, 1::2])
