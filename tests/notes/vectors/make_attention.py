"""Make attention layers, a squeeze and excitation and a ConvNeXt block with torch.

Run with any Python that has torch 2.13 and NumPy; torch is not a dependency of the tests:

    python tests/notes/vectors/make_attention.py
"""

from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional

HERE = Path(__file__).resolve().parent


def attention() -> dict[str, torch.Tensor]:
    """Give scaled dot-product attention, with and without a bias, and four heads with weights."""
    q, k, v = (torch.randn(7, 6) for _ in range(3))
    bias = torch.randn(7, 7)
    layer = nn.MultiheadAttention(8, 4, batch_first=True)
    x = torch.randn(1, 5, 8)
    for parameter in layer.parameters():
        nn.init.normal_(parameter)
    out, weights = layer(x, x, x, average_attn_weights=False)
    return {
        "q": q,
        "k": k,
        "v": v,
        "bias": bias,
        "out": functional.scaled_dot_product_attention(q, k, v),
        "biased": functional.scaled_dot_product_attention(q, k, v, attn_mask=bias),
        "x": x[0],
        "in_weight": layer.in_proj_weight,
        "in_bias": layer.in_proj_bias,
        "out_weight": layer.out_proj.weight,
        "out_bias": layer.out_proj.bias,
        "heads_out": out[0],
        "heads_weights": weights[0],
    }


def convnext_block(c: int) -> dict[str, torch.Tensor]:
    """Give a block of the authors' layers in their order, with random numbers in all of them."""
    taps = nn.Conv2d(c, c, 7, padding=3, groups=c)
    norm = nn.LayerNorm(c, eps=1e-6)
    up, down = nn.Linear(c, 4 * c), nn.Linear(4 * c, c)
    layers = {"taps": taps, "norm": norm, "up": up, "down": down}
    for layer in layers.values():
        nn.init.normal_(layer.weight)
        nn.init.normal_(layer.bias)
    scale = torch.randn(c)
    x = torch.randn(2, c, 8, 9)
    y = norm(taps(x).permute(0, 2, 3, 1))
    y = (scale * down(functional.gelu(up(y)))).permute(0, 3, 1, 2)
    found = {"block_x": x, "block_scale": scale, "block_out": x + y}
    for name, layer in layers.items():
        found[f"block_{name}_weight"] = layer.weight
        found[f"block_{name}_bias"] = layer.bias
    return found


def squeeze() -> dict[str, torch.Tensor]:
    x, first, second = torch.randn(3, 8, 5, 4), torch.randn(2, 8), torch.randn(8, 2)
    means = functional.adaptive_avg_pool2d(x, 1).flatten(1)
    weights = torch.sigmoid(functional.linear(functional.relu(means @ first.T), second))
    out = x * weights[:, :, None, None]
    return {"squeeze_x": x, "squeeze_first": first, "squeeze_second": second, "squeeze_out": out}


if __name__ == "__main__":
    torch.manual_seed(0)
    torch.set_default_dtype(torch.float64)
    found = {**attention(), **convnext_block(5), **squeeze()}
    arrays = {name: tensor.detach().numpy() for name, tensor in found.items()}
    np.savez_compressed(HERE / "attention.npz", **arrays)
