"""Writes what was trained as it is used: a graph with weights of eight bits, and the heads beside it."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import torch

from quotes.train.encoder.net import Lower, Upper, Whole

# What goes into the graph, or is learnt beside the rest and not asked for.
_LEFT_OUT = ("layers.", "marked.", "phrase.", "line.", "center", "scale", "told.")
_OPSET = 17


def write(folder: Path, lower: Lower, upper: Upper) -> None:
    """Write ``encoder.onnx`` and ``heads.npz``.

    Weights get seven of the eight bits, channel by channel: with all eight the sums of older processors
    overflow, and two machines would read differently.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic

    folder.mkdir(parents=True, exist_ok=True)
    whole = Whole(lower, upper).eval()
    length = 64
    example = (torch.zeros(1, length, dtype=torch.long), torch.zeros(1, length, 3, dtype=torch.long))
    with TemporaryDirectory() as name:
        full = Path(name) / "full.onnx"
        torch.onnx.export(
            whole,
            example,
            str(full),
            input_names=["ids", "marks"],
            output_names=["states"],
            dynamic_axes={"ids": {1: "pieces"}, "marks": {1: "pieces"}, "states": {1: "pieces"}},
            opset_version=_OPSET,
            dynamo=False,
        )
        quantize_dynamic(
            full,
            folder / "encoder.onnx",
            op_types_to_quantize=["MatMul"],
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
        )
    heads = {
        key: value.numpy().astype(np.float16)
        for key, value in upper.state_dict().items()
        if not key.startswith(_LEFT_OUT)
    }
    np.savez(folder / "heads.npz", **heads)
